import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, inject } from 'vitest';
import { type Editor, launchBrowser, openEditor, type ScreenRecord } from '../support/editorDriver.ts';
import { launchEditor } from '../support/editorLaunch.ts';
import { type ModelServer, type Script, startModelServer } from '../support/modelServer.ts';

/** The file that the tests type into, and where: an empty line at its end. */
export const place = { file: 'src/suppliers.ts', line: 10, column: 1 } as const;

/** A person at an editor with the packaged extension, and two model servers: one in the cloud's place, one in the local server's. */
export interface Desk {
  readonly editor: Editor;
  readonly cloud: ModelServer;
  readonly local: ModelServer;
  /** Puts everything back: the file as it was, the cursor at `place`, servers that answer nothing. */
  tidy(): Promise<void>;
  /** The temporary copy of the sample workspace. */
  readonly workspace: string;
  /** The file on disk. */
  saved(): Promise<string>;
  close(): Promise<void>;
}

/** Answers nothing, at once, wherever it is asked. */
const silence: Partial<Script> = { text: '' };

/** Opens a desk, on the sample workspace or a folder of one's own that has the same files. */
export async function openDesk(
  settings: Readonly<Record<string, unknown>>,
  workspace?: (servers: { readonly cloud: string; readonly local: string }) => Promise<string>,
): Promise<Desk> {
  const cloud = await startModelServer(silence);
  const local = await startModelServer(silence);
  const folder = await workspace?.({ cloud: cloud.origin, local: local.origin });
  const server = await launchEditor({
    ...(folder === undefined ? {} : { workspace: folder }),
    extension: { kind: 'vsix', file: inject('vsix') },
    settings: {
      'foretype.cloud.endpoint': `${cloud.origin}/v1`,
      'foretype.local.endpoint': local.origin,
      'foretype.local.protocol': 'chat',
      ...settings,
    },
  });
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    await Promise.all([server.close(), cloud.close(), local.close()]);
  };
  try {
    const editor = await openEditor(browser, server, { file: `${place.file}:${place.line}:${place.column}` });
    await editor.waitForStatus(/Foretype/);
    const file = path.join(server.workspace, place.file);
    const original = await readFile(file, 'utf8');
    return {
      editor,
      cloud,
      local,
      workspace: server.workspace,
      async tidy() {
        for (const model of [cloud, local]) model.reset();
        await editor.press('Escape');
        await writeFile(file, original);
        await editor.command('File: Revert File');
        await editor.command('Notifications: Clear All Notifications');
        await editor.open(place.file, place.line, place.column);
      },
      saved: () => readFile(file, 'utf8'),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Types the head of a function, with the model silent, then Enter, with the model answering as scripted. */
export async function askInBody(
  { editor }: Desk,
  model: ModelServer,
  head: string,
  script: Partial<Script>,
): Promise<void> {
  await editor.type(head, 20);
  model.script(script);
  await editor.press('Enter');
}

/** Stores an API key by the command. */
export async function setKey({ editor }: Desk, key: string): Promise<void> {
  await editor.command('Foretype: Set API Key');
  // Not the palette's own input, which may still be closing; and nothing else before the key was looked at and taken.
  const title = editor.page.getByText('API key for').first();
  await title.waitFor();
  await editor.answer(key);
  await title.waitFor({ state: 'hidden' });
}

/** The ghost texts of a record in the order in which they appeared. */
export function ghostsOf(record: ScreenRecord): readonly string[] {
  return record.events.filter(({ kind }) => kind === 'ghost').map(({ text }) => text);
}

/** How often ghost text that was on the screen was gone for a frame or more before there was ghost text again. */
export function blanksIn(record: ScreenRecord): number {
  const shown = ghostsOf(record).map((ghost) => ghost.trim() !== '');
  const first = shown.indexOf(true);
  const last = shown.lastIndexOf(true);
  return shown.slice(first, last).filter((isShown) => !isShown).length;
}

/** At most one notification is shown, and it has one button beside those that close it. */
export async function expectAtMostOneNotification({ editor }: Desk, button?: string): Promise<void> {
  const shown = await editor.notifications();
  expect(shown.length).toBeLessThanOrEqual(1);
  for (const { buttons } of shown) {
    expect(buttons.length).toBe(1);
    if (button !== undefined) expect(buttons[0]).toBe(button);
  }
}

/** Keeps a picture of the screen of each test that fails. */
export function keepPicturesOfFailures(desk: () => Desk | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await desk()?.editor.screenshot(`failed ${task.name.replaceAll(/[^\w]+/g, ' ').slice(0, 80)}`);
  });
}

/** Waits until a model server has had no new request for a while, so that what comes then has a reason of its own. */
export async function quiet({ editor }: Desk, model: ModelServer): Promise<number> {
  for (;;) {
    const count = model.requests.length;
    await editor.page.waitForTimeout(800);
    if (model.requests.length === count) return count;
  }
}
