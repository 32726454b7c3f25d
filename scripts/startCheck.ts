import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Editor, launchBrowser, openEditor, type ScreenRecord } from '../test/support/editorDriver.ts';
import type { EditorServer } from '../test/support/editorLaunch.ts';
import { withProgress } from '../test/support/progress.ts';
import { sample } from './sample.ts';
import { startEditor } from './startBrowser.ts';

/** Milliseconds between keys: a quick typist. */
const keyInterval = 140;

/** Ghost text with fewer visible characters is not worth a Tab. */
const worthTaking = 6;

/** Does what a person would try first, and says what came of it. True if ghost text came, was taken and saved. */
export async function checkInBrowser(stop: Promise<void>): Promise<boolean> {
  const server = await startEditor();
  const browser = await launchBrowser();
  const checked = async (): Promise<boolean> => {
    const { file, line, column } = sample;
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
  const saved = await readFile(path.join(server.workspace, sample.file), 'utf8');
  const expected = plain(shown.typed + shown.ghost);
  const held = plain(saved).includes(expected);
  console.log(
    [
      `Typed:       ${shown.typed.split('\n').at(-1)}`,
      `Ghost text:  ${shown.ghost.replaceAll('\n', '\n             ')}`,
      `First ghost: ${Math.round(shown.afterMs)} ms after the key before it, to the frame that shows it`,
      `Screenshot:  ${picture}`,
      `Saved file:  ${held ? 'holds it' : 'does NOT hold it'} (${sample.file})`,
    ].join('\n'),
  );
  if (!held) console.log(saved);
  return held;
}

/** What was typed, and what stands on the screen then. */
interface Shown {
  readonly typed: string;
  readonly ghost: string;
  readonly afterMs: number;
}

/** Types key by key until ghost text stays on the screen; undefined if none comes to the end. */
async function typeUntilGhost(editor: Editor): Promise<Shown | undefined> {
  await editor.startRecording();
  for (const [at, character] of [...sample.text].entries()) {
    await editor.type(character);
    await editor.page.waitForTimeout(keyInterval);
    const isLast = at === sample.text.length - 1;
    const ghost = await settledGhost(editor, isLast ? 3000 : 0);
    if (ghost.trim().length < worthTaking) continue;
    const record = await editor.stopRecording();
    return { typed: sample.text.slice(0, at + 1), ghost, afterMs: timeToGhost(record) };
  }
  return undefined;
}

/** The ghost text once it has not changed for a moment; waits so many ms for it to come. */
async function settledGhost(editor: Editor, patienceMs: number): Promise<string> {
  const shown =
    patienceMs > 0 ? await editor.waitForGhost(isShown, patienceMs).catch(() => '') : await editor.ghost();
  if (!isShown(shown)) return '';
  for (let last = shown; ; ) {
    await editor.page.waitForTimeout(300);
    const now = await editor.ghost();
    if (now === last) return now;
    last = now;
  }
}

function isShown(ghost: string): boolean {
  return ghost.trim() !== '';
}

/** From the last key before the first ghost text to the frame in which that was seen, ms. */
function timeToGhost({ events }: ScreenRecord): number {
  const shown = events.findIndex((event) => event.kind === 'ghost' && isShown(event.text));
  const key = events.slice(0, shown).findLast((event) => event.kind === 'key');
  return (events[shown]?.time ?? Number.NaN) - (key?.time ?? Number.NaN);
}

/** Text as far as indentation does not matter: the editor adds it while one types. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
