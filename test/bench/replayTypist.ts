import { setTimeout as wait } from 'node:timers/promises';
import type { Editor } from '../support/editorDriver.ts';
import { logNormal, seeded } from './random.ts';
import type { Region } from './replayModel.ts';

/** Between keys within a line, and before the first key of a line: log-normal, ms. */
const keyMs = 140;
const keySpread = 0.4;
const lineMs = 450;
const lineSpread = 0.5;

/** A right suggestion is taken once it has been visible for this long, ms. */
const noticeMs = 300;

/** How often the typist looks at the screen, ms. */
const lookMs = 20;

/** What one region cost to type. Times are ms since the epoch. */
export interface Replay {
  /** Keys that the region takes without suggestions: an indented new line is one. */
  readonly characters: number;
  readonly keys: readonly number[];
  readonly accepts: readonly { readonly time: number; readonly characters: number }[];
  readonly wrongMs: number;
  readonly pauses: number;
  /** Pauses in which a right suggestion was on the screen within 300 and 600 ms. */
  readonly rightWithin300: number;
  readonly rightWithin600: number;
  /** Keys that were to take a suggestion, but it had just gone. */
  readonly missed: number;
}

/** Keys that a text takes: the editor indents new lines by itself. */
export function keysOf(text: string): number {
  return text.replace(/\n[ \t]*/g, '\n').length;
}

/** Now, ms since the epoch, as precise as the page's clock. */
export function epochNow(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Types a region with real keys and human pauses, taking suggestions that are right: whole by Tab, the first line alone by the key that is
 * bound to it. `moved` is told how far the text has come.
 */
export async function typeRegion(
  editor: Editor,
  { text, from, to }: Region,
  seed: number,
  moved: (at: number) => void,
): Promise<Replay> {
  const random = seeded(seed);
  const keys: number[] = [];
  const accepts: { time: number; characters: number }[] = [];
  let [wrongMs, pauses, rightWithin300, rightWithin600, missed] = [0, 0, 0, 0, 0];
  let rightSince: number | undefined;
  let at = from;
  while (at < to) {
    const isLineStart = /(^|\n)[ \t]*$/.test(text.slice(0, at));
    if (isLineStart) pauses += 1;
    const began = epochNow();
    const due =
      began + (isLineStart ? logNormal(random, lineMs, lineSpread) : logNormal(random, keyMs, keySpread));
    let taken = { length: 0, isWhole: true };
    let seenSoon = Number.POSITIVE_INFINITY;
    for (let last = began, now = began; now < due && taken.length === 0; last = now) {
      const ghost = await editor.ghost();
      now = epochNow();
      const usable = usablePart(ghost, text.slice(at, to));
      if (ghost.trim() !== '' && !usable.isWhole) wrongMs += now - last;
      if (usable.length === 0) rightSince = undefined;
      else {
        rightSince ??= now;
        seenSoon = Math.min(seenSoon, now - began);
        if (now - rightSince >= noticeMs) taken = usable;
      }
      await wait(Math.max(0, Math.min(lookMs, due - now)));
    }
    if (isLineStart && seenSoon <= 300) rightWithin300 += 1;
    if (isLineStart && seenSoon <= 600) rightWithin600 += 1;
    keys.push(epochNow());
    if (taken.length > 0) {
      const time = epochNow();
      rightSince = undefined;
      await editor.press(taken.isWhole ? 'Tab' : acceptLineKey);
      if (!(await arrives(editor, text.slice(0, at + taken.length)))) {
        missed += 1;
        continue;
      }
      accepts.push({ time, characters: keysOf(text.slice(at, at + taken.length)) });
      at += taken.length;
      moved(at);
      const indentation = taken.isWhole ? '' : (/^[ \t]+/.exec(text.slice(at, to))?.[0] ?? '');
      if (indentation !== '') await editor.page.keyboard.insertText(indentation);
      at += indentation.length;
      continue;
    }
    const key = /^\n[ \t]*/.exec(text.slice(at, to))?.[0] ?? text[at] ?? '';
    at += key.length;
    moved(at);
    await pressKey(editor, key);
  }
  const characters = keysOf(text.slice(from, to));
  return { characters, keys, accepts, wrongMs, pauses, rightWithin300, rightWithin600, missed };
}

/** The key that `keybindings` binds to taking a line. */
const acceptLineKey = 'Control+Alt+ArrowRight';

/** Key bindings of the typist. */
export const keybindings = [
  {
    key: 'ctrl+alt+right',
    command: 'editor.action.inlineSuggest.acceptNextLine',
    when: 'inlineSuggestionVisible',
  },
];

/** What a person would take of a ghost text: all of it, or its first line alone, or nothing. */
function usablePart(ghost: string, rest: string): { length: number; isWhole: boolean } {
  if (ghost.trim() === '') return { length: 0, isWhole: false };
  if (rest.startsWith(ghost)) return { length: ghost.length, isWhole: true };
  // Taking a line takes its line break as well.
  const line = `${ghost.split('\n', 1)[0]}\n`;
  return { length: line.trim() !== '' && rest.startsWith(line) ? line.length : 0, isWhole: false };
}

/** Whether the cursor soon stands where this text ends. */
async function arrives(editor: Editor, text: string): Promise<boolean> {
  const lines = text.split('\n');
  const expected = `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
  for (let look = 0; look < 40; look++) {
    if ((await editor.cursor()) === expected) return true;
    await wait(lookMs);
  }
  return false;
}

/** One key; a new line comes with its indentation, which the editor would have typed. */
async function pressKey(editor: Editor, key: string): Promise<void> {
  if (!key.startsWith('\n')) return editor.type(key);
  await editor.press('Enter');
  if (key.length > 1) await editor.page.keyboard.insertText(key.slice(1));
}
