import { afterAll, beforeAll, expect, test } from 'vitest';
import { askInBody, type Desk, keepPicturesOfFailures, openDesk } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk({ 'foretype.backend': 'builtin' });
});
afterAll(() => desk?.close());
keepPicturesOfFailures(() => desk);

const answer = 'return [];';

test('a team’s server is set up by its address and its key, says what it can do, and completes', async () => {
  await desk.tidy();
  desk.cloud.script({
    serve: ['chat'],
    owner: 'vllm',
    models: ['a-talker', 'team-coder'],
    key: 'sk-team',
    text: 'one, two, three, four, five, six',
  });
  await desk.editor.command('Foretype: Set Up Local Model');
  await desk.editor.pick('Enter an address');
  await desk.editor.answer(`${desk.cloud.origin}/v1/chat/completions`);
  await desk.editor.pick(desk.cloud.origin);
  await desk.editor.answer('sk-team');
  await desk.editor.page.getByText('recommended').first().waitFor();
  await desk.editor.screenshot('set-up');
  await desk.editor.pick('team-coder');
  await desk.editor.page
    .getByText('Foretype now completes with team-coder: chats and explains')
    .first()
    .waitFor();

  await desk.tidy();
  await askInBody(desk, desk.cloud, 'export function none(): readonly Supplier[] {', {
    text: answer,
    key: 'sk-team',
  });
  await desk.editor.waitForGhost((ghost) => ghost === answer);
  expect(desk.cloud.requests.at(-1)).toMatchObject({
    headers: { authorization: 'Bearer sk-team' },
    body: { model: 'team-coder' },
  });
});
