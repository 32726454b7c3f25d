import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Editor, launchBrowser, openEditor, type ScreenRecord } from '../test/support/editorDriver.ts';
import type { EditorServer } from '../test/support/editorLaunch.ts';
import { withProgress } from '../test/support/progress.ts';
import { defaultSample } from './sample.ts';
import { startEditor } from './startBrowser.ts';

/** How long to wait for ghost text at the end of each piece that is typed, ms. */
const patience = 3000;

/** Does what a person would try first, and says what came of it. True if ghost text came, was taken and saved. */
export async function checkInBrowser(stop: Promise<void>): Promise<boolean> {
  const server = await startEditor();
  const browser = await launchBrowser();
  const checked = async (): Promise<boolean> => {
    const { file, line, column } = defaultSample;
    const editor = await withProgress('Open the workbench and wait for Foretype', async () => {
      const opened = await openEditor(browser, server, { file: `${file}:${line}:${column}` });
      await opened.waitForStatus(/Foretype/);
      return opened;
    });
    return check(editor, server);
  };
  try {
    return await Promise.race([checked(), stop.then(() => false)]);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function check(editor: Editor, server: EditorServer): Promise<boolean> {
  const shown = await typeUntilGhost(editor);
  const picture = await editor.screenshot('start-check');
  if (shown === undefined) {
    console.log(
      `No ghost text came.\nScreenshot: ${picture}\nStatus bar: ${(await editor.statusTexts()).join(' | ')}`,
    );
    return false;
  }
  await editor.press('Tab');
  await editor.save();
  const saved = await readFile(path.join(server.workspace, defaultSample.file), 'utf8');
  const expected = plain(shown.typed + shown.ghost);
  const held = plain(saved).includes(expected);
  console.log(
    [
      `Typed:       ${shown.typed.split('\n').at(-1)}`,
      `Ghost text:  ${shown.ghost.replaceAll('\n', '\n             ')}`,
      `Came after:  ${Math.round(shown.afterMs)} ms (from the key before it to the frame that shows it)`,
      `Screenshot:  ${picture}`,
      `Saved file:  ${held ? 'holds it' : 'does NOT hold it'} (${defaultSample.file})`,
    ].join('\n'),
  );
  if (!held) console.log(saved);
  return held;
}

/** Types piece by piece until ghost text stays on the screen. */
async function typeUntilGhost(
  editor: Editor,
): Promise<{ typed: string; ghost: string; afterMs: number } | undefined> {
  let typed = '';
  for (const piece of defaultSample.typed) {
    await editor.startRecording();
    await editor.type(piece, 90);
    typed += piece;
    const ghost = await settledGhost(editor);
    const record = await editor.stopRecording();
    if (ghost !== undefined) return { typed, ghost, afterMs: timeToGhost(record) };
  }
  return undefined;
}

/** The ghost text once it has stopped growing; undefined if none comes. */
async function settledGhost(editor: Editor): Promise<string | undefined> {
  const isShown = (ghost: string) => ghost.trim() !== '';
  try {
    let last = await editor.waitForGhost(isShown, patience);
    for (;;) {
      await editor.page.waitForTimeout(300);
      const now = await editor.ghost();
      if (now === last) return now;
      last = now;
    }
  } catch {
    return undefined;
  }
}

/** From the last key before the first ghost text to the frame in which that was seen, ms. */
function timeToGhost({ events }: ScreenRecord): number {
  const shown = events.findIndex((event) => event.kind === 'ghost' && event.text.trim() !== '');
  const key = events.slice(0, shown).findLast((event) => event.kind === 'key');
  return (events[shown]?.time ?? Number.NaN) - (key?.time ?? Number.NaN);
}

/** Text as far as indentation does not matter: the editor adds it while one types. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
