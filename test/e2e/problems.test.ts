import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Script, startModelServer } from '../support/modelServer.ts';
import {
  askInBody,
  type Desk,
  expectAtMostOneNotification,
  keepPicturesOfFailures,
  openDesk,
  setKey,
} from './desk.ts';

const answer = 'return [];';
const well: Partial<Script> = { text: answer, fault: { kind: 'none' }, key: null, models: [] };

let desk: Desk;
let count = 0;

beforeAll(async () => {
  desk = await openDesk({ 'foretype.backend': 'cloud' });
  await setKey(desk, 'sk-test-0123456789');
});
afterAll(() => desk?.close());
keepPicturesOfFailures(() => desk);

/** Has the model asked in a function of a new name, with something wrong. */
async function askInTrouble(script: Partial<Script>): Promise<void> {
  await desk.tidy();
  count += 1;
  await askInBody(desk, desk.cloud, `export function trouble${count}(): readonly Supplier[] {`, {
    text: answer,
    ...script,
  });
}

/** The trouble is over: the next key brings ghost text and the status bar says that all is well. */
async function expectRecovery(): Promise<void> {
  desk.cloud.script(well);
  await desk.editor.press('Enter');
  await desk.editor.waitForGhost((ghost) => ghost === answer);
  await desk.editor.waitForStatus(/Foretype, Ready/);
}

test.each<{ what: string; script: Partial<Script>; words: RegExp }>([
  { what: 'a refused key', script: { key: 'sk-another' }, words: /key refused/ },
  { what: 'an unknown model', script: { models: ['some-other-model'] }, words: /unknown model/ },
  {
    what: 'a rate limit',
    script: { fault: { kind: 'status', status: 429, retryAfter: '1' } },
    words: /rate limited/,
  },
  { what: 'a server error', script: { fault: { kind: 'status', status: 500 } }, words: /server error/ },
  {
    what: 'a page of HTML in place of an answer',
    script: { fault: { kind: 'html' } },
    words: /unreadable answer|request refused/,
  },
])(
  '$what is named in the status bar, and when it is over the next key brings ghost text',
  async ({ what, script, words }) => {
    await askInTrouble(script);
    await desk.editor.waitForStatus(words);
    await desk.editor.screenshot(`problem-${what.replaceAll(/\W+/g, '-')}`);
    await expectAtMostOneNotification(desk);
    if (script.fault?.kind === 'status' && script.fault.status === 429)
      await desk.editor.page.waitForTimeout(1500);
    await expectRecovery();
  },
);

test('an unreachable server is named in the status bar, and when it is back the next key brings ghost text', async () => {
  const port = Number(new URL(desk.cloud.origin).port);
  await desk.tidy();
  await desk.cloud.close();
  await desk.editor.type('export function away(): readonly Supplier[] {', 20);
  await desk.editor.press('Enter');
  await desk.editor.waitForStatus(/offline/);
  await desk.editor.screenshot('problem-offline');
  await expectAtMostOneNotification(desk);
  const back = await startModelServer(well, { port });
  try {
    await desk.editor.press('Enter');
    await desk.editor.waitForGhost((ghost) => ghost === answer);
    await desk.editor.waitForStatus(/Foretype, Ready/);
  } finally {
    await back.close();
  }
});

test('in a document of 5 MB keys are taken at once and the status bar says why there is no ghost text', async () => {
  await desk.tidy();
  const line = 'export const value = { name: "value", size: 1, color: "blue" };\n';
  await writeFile(path.join(desk.workspace, 'src/large.ts'), line.repeat(Math.ceil(5_000_000 / line.length)));
  await desk.editor.open('src/large.ts', 1, 1);
  await desk.editor.type('const other = ');
  await desk.editor.page.waitForTimeout(1000);
  expect(await desk.editor.cursor()).toBe('1:15');
  await desk.editor.waitForStatus(/too large/);
  await desk.editor.screenshot('problem-large');
});
