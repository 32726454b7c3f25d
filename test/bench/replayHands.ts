import type { Editor } from '../support/editorDriver.ts';
import { logNormal, seeded } from './random.ts';
import { acceptLineKey } from './replayDesk.ts';
import { type Look, lookAt, type Sight } from './replayScreen.ts';
import { now, type ReplayServer, type Seen } from './replayServer.ts';

/** Between keys within a line and before the first key of a line: log-normal, ms. */
const keyMs = 140;
const keySpread = 0.4;
const lineMs = 450;
const lineSpread = 0.5;

/** A right suggestion is taken once it has been visible for this long, ms. */
const noticeMs = 300;

/** One thing done with the hands. */
export interface Stroke {
  readonly key: string;
  readonly kind: 'typed' | 'taken' | 'line-taken' | 'mended' | 'moved';
  /** When the key was sent. */
  readonly at: number;
  /** Offset in the text reached before and after it, and characters that the editor had closed by itself. */
  readonly before: number;
  readonly after: number;
  readonly extra: string;
  readonly extraBefore: string;
  /** A thinking pause came before it. */
  readonly paused: boolean;
  /** The ghost text as it was decided. */
  readonly ghost: string;
}

/** All that happened. */
export interface Trace {
  readonly strokes: readonly Stroke[];
  readonly sights: readonly Sight[];
  readonly frames: number;
  readonly longestFrame: number;
  /** The document did not come out as it should. */
  readonly faults: readonly string[];
}

/** How many characters of `rest` a ghost text stands for, between which characters already present (`extra`) may stand; 0 if it is wrong. */
export function fitOf(ghost: string, rest: string, extra: string): number {
  const line = extra.split('\n')[0] ?? '';
  let at = 0;
  let used = 0;
  for (let of = 0; of < ghost.length; ) {
    if (ghost[of] === rest[at]) {
      of += 1;
      at += 1;
    } else if (used < line.length && line[used] === rest[at]) {
      used += 1;
      at += 1;
    } else return 0;
  }
  return at;
}

/** How much of a ghost text can be taken. */
export type Use = 'all' | 'line' | 'nothing';

/** What of a ghost text can be taken: all of it, its first line, or nothing. */
export function useOf(ghost: string, rest: string, extra: string): Use {
  if (ghost.trim() === '') return 'nothing';
  const whole = ghost.replace(/\n$/, '');
  if (fitOf(whole, rest, extra) > 0) return 'all';
  // VS Code takes the line with its end.
  const line = whole.slice(0, whole.indexOf('\n') + 1);
  return line.trim() !== '' && fitOf(line, rest, '') > 0 ? 'line' : 'nothing';
}

/** What is typed, and how. */
export interface Task {
  /** The text as it will be, and the part of it to type. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly seed: number;
  /** How many times slower than a person, for a machine with other work to do. */
  readonly slow: number;
}

/** How long the editor may take to say what a key did, ms. */
const patience = 4000;

/** Types the missing region, taking right suggestions. */
export async function typeRegion(editor: Editor, server: ReplayServer, task: Task): Promise<Trace> {
  const { text, from, to, slow } = task;
  const random = seeded(task.seed);
  const suffix = text.slice(to);
  const strokes: Stroke[] = [];
  const sights: Sight[] = [];
  const faults: string[] = [];
  let frames = 0;
  let longestFrame = 0;
  let standing: Standing = { at: from, extra: '', surplus: 0 };
  let since: number | undefined;
  let last = now();
  const look = async (): Promise<Look> => {
    const seen = await lookAt(editor.page);
    sights.push(...seen.sights);
    frames += seen.frames;
    longestFrame = Math.max(longestFrame, seen.longestFrame);
    return seen;
  };
  for (let left = (to - from) * 2 + 100; standing.at < to; left--) {
    if (left === 0) {
      faults.push('gave up: too many keys');
      break;
    }
    const paused = startsLine(text, standing.at) && strokes.at(-1)?.kind !== 'mended';
    const delay = paused ? logNormal(random, lineMs, lineSpread) : logNormal(random, keyMs, keySpread);
    const wait = last + delay * slow - now();
    if (wait > 0) await editor.page.waitForTimeout(wait);
    const { sights: fresh, ghost, popup } = await look();
    const rest = text.slice(standing.at, to);
    const use = useOf(ghost, rest, standing.extra);
    const ghosts = fresh.filter(({ kind }) => kind === 'ghost');
    const wrong = ghosts.findLastIndex((sight) => useOf(sight.text, rest, standing.extra) === 'nothing');
    if (use === 'nothing') since = undefined;
    else if (since === undefined || wrong >= 0) since = ghosts[wrong + 1]?.at ?? since ?? now();
    const take = since !== undefined && now() - since >= noticeMs * slow ? use : 'nothing';
    if (popup && take !== 'nothing') await editor.press('Escape');
    const plan = planOf(standing, take, rest, ghost, startsLine(text, standing.at));
    const before = server.seen.at(-1);
    last = now();
    await strike(editor, plan);
    let seen = await server.nextSeen(before, patience);
    if (seen && plan.kind === 'moved') seen = (await server.nextSeen(seen, 300)) ?? seen;
    if (!seen) faults.push(`nothing seen after ${plan.key} at ${standing.at}`);
    const from = standing;
    standing = placeOf(server.seen.at(-1), text, suffix, standing);
    if (
      plan.kind === 'typed' &&
      from.extra !== '' &&
      standing.extra === from.extra &&
      from.extra[0] === plan.key
    ) {
      // The editor forgot that it had closed this bracket itself.
      await editor.press('Delete');
      await server.nextSeen(seen, patience);
      standing = placeOf(server.seen.at(-1), text, suffix, standing);
      strokes.push({
        key: 'Delete',
        kind: 'mended',
        at: now(),
        before: standing.at,
        after: standing.at,
        extra: standing.extra,
        extraBefore: from.extra,
        paused: false,
        ghost: '',
      });
    }
    const took = plan.kind === 'taken' || plan.kind === 'line-taken';
    if (took) since = undefined;
    if (took && standing.surplus > 0)
      faults.push(
        `taken: ${JSON.stringify(ghost)}; came out: ${JSON.stringify(text.slice(from.at, standing.at))} and ${standing.surplus} more`,
      );
    strokes.push({
      ...plan,
      at: last,
      before: from.at,
      after: standing.at,
      extra: standing.extra,
      extraBefore: from.extra,
      paused,
      ghost,
    });
  }
  await look();
  return { strokes, sights, frames, longestFrame, faults };
}

interface Plan {
  readonly key: string;
  readonly kind: Stroke['kind'];
}

async function strike(editor: Editor, { key, kind }: Plan): Promise<void> {
  if (key.length === 1 && key !== '\n') await editor.page.keyboard.type(key);
  else await editor.press(key === '\n' ? 'Enter' : key);
  if (kind === 'moved') await editor.press('End');
}

function startsLine(text: string, at: number): boolean {
  return /(^|\n)[ \t]*$/.test(text.slice(Math.max(0, at - 80), at));
}

function planOf(
  { surplus, extra }: Standing,
  take: Use,
  rest: string,
  ghost: string,
  lineStart: boolean,
): Plan {
  if (surplus > 0) return { key: 'Backspace', kind: 'mended' };
  if (take === 'line') return { key: acceptLineKey, kind: 'line-taken' };
  // At indentation Tab indents, and does not take a suggestion that starts with as much of it or more.
  if (take === 'all') return { key: 'Tab', kind: ghost.startsWith('  ') ? 'typed' : 'taken' };
  if (lineStart && rest.startsWith('  ') && (ghost === '' || ghost.startsWith('  ')))
    return { key: 'Tab', kind: 'typed' };
  const closing = /^\n[ \t]*\S+/.exec(extra)?.[0];
  if (closing !== undefined && rest.startsWith(closing)) return { key: 'ArrowDown', kind: 'moved' };
  return { key: rest[0] ?? '', kind: 'typed' };
}

interface Standing {
  readonly at: number;
  /** What the editor has put after the caret that is not yet due. */
  readonly extra: string;
  /** Characters before the caret that do not belong there. */
  readonly surplus: number;
}

/** Where the document stands in the text that it is to become. */
function placeOf(seen: Seen | undefined, text: string, suffix: string, before: Standing): Standing {
  if (!seen) return before;
  const head = seen.text.slice(0, seen.caret);
  const tail = seen.text.slice(seen.caret);
  let same = 0;
  while (same < head.length && head[same] === text[same]) same++;
  const rest = head.slice(same);
  // Blanks on an empty line go away with the next Enter.
  const surplus = /^[ \t]*$/.test(rest) && text[same] === '\n' ? 0 : rest.length;
  return {
    at: same,
    extra: tail.endsWith(suffix) ? tail.slice(0, tail.length - suffix.length) : before.extra,
    surplus,
  };
}
