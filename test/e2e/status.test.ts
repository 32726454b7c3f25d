import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, openDesk, place, setKey } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk({ 'foretype.backend': 'cloud' });
  await setKey(desk, 'sk-test-0123456789');
});
afterAll(() => desk?.close());

const slow = { timeout: 240_000 };

/** Waits for words in the status bar and keeps a picture of them. */
async function seen(words: RegExp, name: string): Promise<void> {
  await desk.editor.waitForStatus(words);
  await desk.editor.screenshot(`status-${name}`);
}

/** Types a letter on a line of its own, for which the model is asked. */
async function ask(): Promise<void> {
  await desk.editor.open(place.file, place.line, place.column);
  await desk.editor.type('const x', 30);
  await desk.editor.page.waitForTimeout(1_500);
  await desk.editor.type('yz = ', 30);
}

/** A server that is well, and a person who says so by entering the key again. */
async function healed(): Promise<void> {
  desk.cloud.reset();
  await desk.tidy();
  await setKey(desk, 'sk-test-0123456789');
  await desk.editor.waitForStatus(/Foretype, Ready/);
}

test('while the model writes, the status says so', slow, async () => {
  await desk.tidy();
  desk.cloud.script({ text: 'const value = 1;', firstTokenMs: 3_000 });
  await ask();
  await seen(/The model is writing/, 'thinking');
  await healed();
});

const faults = [
  { name: 'rate-limited', status: 429, words: /Foretype: rate limited/ },
  { name: 'key-refused', status: 401, words: /Foretype: key refused/ },
  { name: 'server-error', status: 500, words: /Foretype: server error/ },
  { name: 'unknown-model', status: 404, words: /Foretype: unknown model/ },
] as const;

for (const { name, status, words } of faults) {
  test(`a server that answers ${status} shows as ${name}, and a new key puts it right`, slow, async () => {
    await desk.tidy();
    const code = status === 404 ? { code: 'model_not_found' } : {};
    desk.cloud.script({ text: '', fault: { kind: 'status', status, ...code }, faultTimes: null });
    await ask();
    await seen(words, name);
    await healed();
  });
}

test('paused, resumed, and off for a language, by the menu', slow, async () => {
  await desk.tidy();
  await desk.editor.command('Foretype: Show Menu');
  await desk.editor.page.waitForTimeout(500);
  await desk.editor.screenshot('status-menu');
  await desk.editor.pick('Pause…');
  await desk.editor.pick('For 1 hour');
  await seen(/Foretype: paused/, 'paused');
  await desk.editor.command('Foretype: Pause or Resume');
  await desk.editor.waitForStatus(/Foretype, Ready/);
  await desk.editor.command('Foretype: Show Menu');
  await desk.editor.pick('Turn Off for TypeScript');
  await seen(/Foretype: off for TypeScript/, 'language-off');
  await desk.editor.command('Foretype: Show Menu');
  await desk.editor.pick('Turn On for TypeScript');
  await desk.editor.waitForStatus(/Foretype, Ready/);
});

test('what the status says can be read in its tooltip, with links', slow, async () => {
  const item = desk.editor.page.locator('.statusbar-item', { hasText: 'Foretype' }).last();
  await item.hover();
  const hover = desk.editor.page.locator('.workbench-hover', { hasText: 'Backend' });
  await hover.waitFor();
  expect(await hover.locator('a').allInnerTexts()).toEqual(
    expect.arrayContaining(['Switch Backend', 'Dashboard']),
  );
  await desk.editor.screenshot('status-tooltip');
});

test('a server that is not there shows as offline', slow, async () => {
  await desk.tidy();
  // Nobody listens at this port, which is reserved for discarding.
  await desk.editor.setSettings({ 'foretype.cloud.endpoint': 'http://127.0.0.1:9/v1' });
  await ask();
  await seen(/Foretype: offline/, 'offline');
  await desk.editor.setSettings({});
  await healed();
});

test('a budget that is used up shows, and raising it puts it right', slow, async () => {
  await desk.tidy();
  desk.cloud.script({ text: 'const value = 1;' });
  await ask();
  await desk.editor.waitForGhost((ghost) => ghost !== '');
  await desk.editor.setSettings({ 'foretype.budget.daily': 0.000001 });
  await ask();
  await seen(/Foretype: over budget/, 'over-budget');
  await desk.editor.setSettings({});
  await healed();
});

test('the editor’s own switch for ghost text shows when it is off', slow, async () => {
  await desk.tidy();
  await desk.editor.setSettings({ 'editor.inlineSuggest.enabled': false });
  await seen(/Foretype: ghost text is off/, 'ghost-text-off');
  await desk.editor.setSettings({});
  await desk.editor.waitForStatus(/Foretype, Ready/);
});

test('without a key for the service the status says so', slow, async () => {
  await desk.tidy();
  // A service that is not on this machine; nothing is sent to it without a key.
  await desk.editor.setSettings({ 'foretype.cloud.endpoint': 'https://models.test/v1' });
  await desk.editor.page.waitForTimeout(1_500);
  await ask();
  await seen(/Foretype: no API key/, 'no-key');
});
