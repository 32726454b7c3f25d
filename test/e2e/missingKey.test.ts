import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  askInBody,
  type Desk,
  expectAtMostOneNotification,
  keepPicturesOfFailures,
  openDesk,
} from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  // The service's own address: there, a key is needed.
  desk = await openDesk({ 'foretype.backend': 'cloud', 'foretype.cloud.endpoint': '' });
});
afterAll(() => desk?.close());
keepPicturesOfFailures(() => desk);

test('without a key the status bar says so, one notification offers to set one, and another backend puts it right', async () => {
  await desk.tidy();
  await askInBody(desk, desk.cloud, 'export function keyless(): readonly Supplier[] {', {});
  await desk.editor.waitForStatus(/no API key/);
  await desk.editor.screenshot('problem-no-key');
  await expectAtMostOneNotification(desk, 'Set API Key');
  expect(desk.cloud.requests.length).toBe(0);

  await desk.editor.command('Foretype: Switch Backend');
  await desk.editor.pick('Local');
  await desk.tidy();
  await askInBody(desk, desk.local, 'export function local(): readonly Supplier[] {', { text: 'return [];' });
  await desk.editor.waitForGhost((ghost) => ghost === 'return [];');
  await desk.editor.waitForStatus(/Foretype, Ready/);
});
