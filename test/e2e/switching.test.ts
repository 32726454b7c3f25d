import { afterAll, beforeAll, expect, test } from 'vitest';
import { askInBody, type Desk, keepPicturesOfFailures, openDesk, setKey } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk({ 'foretype.backend': 'cloud' });
  await setKey(desk, 'sk-test-0123456789');
});
afterAll(() => desk?.close());
keepPicturesOfFailures(() => desk);

const answer = 'return [];';

test('switching the backend switches the server that is asked', async () => {
  await desk.tidy();
  await askInBody(desk, desk.cloud, 'export function none(): readonly Supplier[] {', { text: answer });
  await desk.editor.waitForGhost((ghost) => ghost === answer);
  expect(desk.local.requests.length).toBe(0);

  await desk.editor.command('Foretype: Switch Backend');
  await desk.editor.pick('Local');
  await desk.tidy();
  await askInBody(desk, desk.local, 'export function nobody(): readonly Supplier[] {', { text: answer });
  await desk.editor.waitForGhost((ghost) => ghost === answer);
  await desk.editor.screenshot('switched');
  expect(desk.cloud.requests.length).toBe(0);
  expect(desk.local.requests.length).toBeGreaterThan(0);
});

test('another model is chosen in the same place, and is the one that is asked', async () => {
  await desk.tidy();
  await desk.editor.command('Foretype: Switch Backend');
  await desk.editor.pick('Another Model in the Cloud');
  await desk.editor.page.getByText('for a million tokens read').first().waitFor();
  await desk.editor.screenshot('switch-model');
  await desk.editor.pick('gpt-4.1-mini');
  await askInBody(desk, desk.cloud, 'export function some(): readonly Supplier[] {', { text: answer });
  await desk.editor.waitForGhost((ghost) => ghost === answer);
  expect(desk.cloud.requests.at(-1)?.body).toMatchObject({ model: 'gpt-4.1-mini' });
});

test('Explain Selection streams Markdown into a panel beside the editor', async () => {
  await desk.tidy();
  await desk.editor.command('Foretype: Switch Backend');
  await desk.editor.pick('Local');
  desk.local.script({
    text: 'This keeps **suppliers** by their id.\n\n- `Map` holds them\n',
    tokensPerSecond: 60,
  });
  await desk.editor.open('src/suppliers.ts', 4, 1);
  await desk.editor.press('Shift+End');
  await desk.editor.command('Foretype: Explain Selection');
  const words = await desk.editor.waitInFrames('strong', 'suppliers');
  await desk.editor.waitInFrames('li', 'holds them');
  await desk.editor.screenshot('explain');
  expect(words).toContain('suppliers');
});
