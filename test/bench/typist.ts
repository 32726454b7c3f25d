import { logNormal, seeded } from './random.ts';

/** Between keys within a line and before the first key of a line: log-normal, ms. */
const keyMs = 140;
const keySpread = 0.4;
const lineMs = 450;
const lineSpread = 0.5;

/** A right suggestion is taken once it has been visible for this long, ms. */
const noticeMs = 300;

/** How long the editor may take to say what a key did, ms. */
const patience = 4000;

/** After so many keys that bring the text no further something is wrong that more keys will not mend. */
const mostVainKeys = 80;

/** A key for "accept the next line", which VS Code leaves unbound. */
export const acceptLineKey = 'Control+Alt+L';

/** A ghost text from some frame on, or a key. Times in ms. */
export interface Sight {
  readonly kind: 'ghost' | 'key';
  readonly at: number;
  readonly text: string;
}

/** What was seen since the last look. */
export interface Look {
  readonly sights: readonly Sight[];
  readonly ghost: string;
  /** The suggestion widget is open. */
  readonly popup: boolean;
  readonly frames: number;
  /** The longest time between two frames, ms: how well anything on this screen can be timed. */
  readonly longestFrame: number;
}

/** The document as the editor has it after a change. */
export interface Seen {
  readonly at: number;
  /** When the report was sent, and when it arrived: how late anything on the wire is here. */
  readonly sentAt: number;
  readonly arrivedAt: number;
  readonly version: number;
  readonly text: string;
  readonly caret: number;
}

/** One thing to do with the hands. */
export interface Plan {
  /** A character, or a key by its name; `End` follows upon a move. */
  readonly key: string;
  readonly kind: 'typed' | 'taken' | 'line-taken' | 'mended' | 'moved';
}

/** Where somebody sits to type: a real editor, or one in virtual time. */
export interface Seat {
  now(): number;
  wait(ms: number): Promise<void>;
  look(): Promise<Look>;
  strike(plan: Plan): Promise<void>;
  /** Closes the suggestion widget. */
  dismiss(): Promise<void>;
  /** The document after the last change. */
  last(): Seen | undefined;
  /** The document as soon as it or the caret is another than `before`; undefined after so many ms. */
  nextSeen(before: Seen | undefined, ms: number): Promise<Seen | undefined>;
}

/** One thing done with the hands. */
export interface Stroke extends Plan {
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
export interface TypedTrace {
  readonly strokes: readonly Stroke[];
  readonly sights: readonly Sight[];
  readonly frames: number;
  readonly longestFrame: number;
  /** The document did not come out as it should. */
  readonly faults: readonly string[];
}

/** Keys that a text takes without any suggestion: the editor indents new lines by itself. */
export function keysOf(text: string): number {
  return text.replace(/\n[ \t]*/g, '\n').length;
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
type Use = 'all' | 'line' | 'nothing';

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

/** Types the missing part, taking right suggestions. */
export async function typeRegion(seat: Seat, task: Task): Promise<TypedTrace> {
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
  let last = seat.now();
  let vain = 0;
  let furthest = from;
  const look = async (): Promise<Look> => {
    const seen = await seat.look();
    sights.push(...seen.sights);
    frames += seen.frames;
    longestFrame = Math.max(longestFrame, seen.longestFrame);
    return seen;
  };
  while (standing.at < to && vain < mostVainKeys) {
    const paused = startsLine(text, standing.at) && strokes.at(-1)?.kind !== 'mended';
    const delay = paused ? logNormal(random, lineMs, lineSpread) : logNormal(random, keyMs, keySpread);
    const wait = last + delay * slow - seat.now();
    if (wait > 0) await seat.wait(wait);
    const { sights: fresh, ghost, popup } = await look();
    const rest = text.slice(standing.at, to);
    const use = useOf(ghost, rest, standing.extra);
    const ghosts = fresh.filter(({ kind }) => kind === 'ghost');
    const wrong = ghosts.findLastIndex((sight) => useOf(sight.text, rest, standing.extra) === 'nothing');
    if (use === 'nothing') since = undefined;
    else if (since === undefined || wrong >= 0) since = ghosts[wrong + 1]?.at ?? since ?? seat.now();
    const take = since !== undefined && seat.now() - since >= noticeMs * slow ? use : 'nothing';
    if (popup && take !== 'nothing') await seat.dismiss();
    const plan = planOf(standing, take, rest, ghost, startsLine(text, standing.at));
    const before = seat.last();
    last = seat.now();
    await seat.strike(plan);
    let seen = await seat.nextSeen(before, patience);
    if (seen && plan.kind === 'moved') seen = (await seat.nextSeen(seen, 300)) ?? seen;
    if (!seen) faults.push(`nothing seen after ${plan.key} at ${standing.at}`);
    const was = standing;
    standing = placeOf(seat.last(), text, suffix, standing);
    const took = plan.kind === 'taken' || plan.kind === 'line-taken';
    if (took) since = undefined;
    if (took && standing.surplus > 0)
      faults.push(
        `taken: ${JSON.stringify(ghost)}; came out: ${JSON.stringify(text.slice(was.at, standing.at))} and ${standing.surplus} more`,
      );
    const common = { before: was.at, extra: standing.extra, extraBefore: was.extra };
    strokes.push({ ...plan, ...common, at: last, after: standing.at, paused, ghost });
    if (
      plan.kind === 'typed' &&
      plan.key !== '\n' &&
      was.extra !== '' &&
      standing.extra === was.extra &&
      was.extra[0] === plan.key
    ) {
      // The editor forgot that it had closed this bracket itself.
      const present = seat.last();
      await seat.strike({ key: 'Delete', kind: 'mended' });
      await seat.nextSeen(present, patience);
      standing = placeOf(seat.last(), text, suffix, standing);
      strokes.push({
        ...{ key: 'Delete', kind: 'mended', at: seat.now(), before: was.at, after: standing.at },
        ...{ extra: standing.extra, extraBefore: was.extra, paused: false, ghost: '' },
      });
    }
    vain = standing.at > furthest ? 0 : vain + 1;
    furthest = Math.max(furthest, standing.at);
  }
  if (standing.at < to) faults.push(`gave up at ${standing.at} of ${from} to ${to}`);
  await look();
  return { strokes, sights, frames, longestFrame, faults };
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
  // Taking what begins deeper than it should mends the indentation as well.
  if (surplus > 0 && !(lineStart && take === 'all')) return { key: 'Backspace', kind: 'mended' };
  if (take === 'line') return { key: acceptLineKey, kind: 'line-taken' };
  const indented = /^(?: {2}|\t)/;
  // At indentation Tab indents, and does not take a suggestion that starts with as much of it or more.
  if (take === 'all') return { key: 'Tab', kind: lineStart && indented.test(ghost) ? 'typed' : 'taken' };
  if (lineStart && indented.test(rest) && (ghost === '' || indented.test(ghost)))
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
