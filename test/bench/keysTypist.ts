import type { VirtualClock } from '../support/virtualClock.ts';
import { logNormal, percentile, seeded } from './random.ts';

/** What a typist sees and touches of a client. */
export interface Hands {
  readonly ghost: { readonly text: string; readonly replace: number } | undefined;
  onGhost: () => void;
  type(text: string): void;
  accept(length: number): void;
}

/** Between keys within a line: log-normal, ms. */
const keyMs = 140;
const keySpread = 0.4;

/** Before the first key of a line: log-normal, ms. */
const lineMs = 450;
const lineSpread = 0.5;

/** A right suggestion is taken once it has been visible for this long, ms. */
const noticeMs = 300;

/** What one text cost to type. */
export interface Tally {
  /** Keys that the text takes without suggestions, which is what its characters are counted as. */
  characters: number;
  keys: number;
  accepted: number;
  accepts: number;
  /** Milliseconds with ghost text on screen that the text does not go on with. */
  wrongMs: number;
  pauses: number;
  rightSoon: number;
  /** Milliseconds from taking a suggestion to the next on screen, right or not. */
  nextMs: number[];
  /** Ghost texts, and those among them that were wrong when they appeared. */
  ghosts: number;
  wrongGhosts: number;
  /** Keys that agreed with the ghost text, and those among them after which it was gone. */
  agreeing: number;
  lost: number;
}

/** Keys that a text takes without any suggestion: the editor indents new lines by itself. */
export function keysOf(text: string): number {
  return text.replace(/\n[ \t]*/g, '\n').length;
}

/** Types `text` from `from` to `to`, taking suggestions that are right. */
export async function typeOut(
  clock: VirtualClock,
  hands: Hands,
  text: string,
  from: number,
  to: number,
  seed: number,
): Promise<Tally> {
  const random = seeded(seed);
  const tally: Tally = {
    characters: keysOf(text.slice(from, to)),
    keys: 0,
    accepted: 0,
    accepts: 0,
    wrongMs: 0,
    pauses: 0,
    rightSoon: 0,
    nextMs: [],
    ghosts: 0,
    wrongGhosts: 0,
    agreeing: 0,
    lost: 0,
  };
  let at = from;
  let rightSince: number | undefined;
  let wrongSince: number | undefined;
  let acceptedAt: number | undefined;
  let pausedAt: number | undefined;
  let typing = false;
  const isRight = (ghost: string) => text.startsWith(ghost, at) && at + ghost.length <= to;
  const firstLine = (ghost: string) =>
    ghost.slice(0, ghost.indexOf('\n') < 0 ? undefined : ghost.indexOf('\n'));
  const usable = (ghost: string) => {
    if (isRight(ghost)) return ghost.length;
    const line = firstLine(ghost);
    return line.trim() !== '' && line !== ghost && isRight(line) ? line.length : 0;
  };
  hands.onGhost = () => {
    const now = clock.now();
    const { ghost } = hands;
    if (wrongSince !== undefined) {
      tally.wrongMs += now - wrongSince;
      wrongSince = undefined;
    }
    if (!ghost) {
      rightSince = undefined;
      return;
    }
    if (!isRight(ghost.text)) wrongSince = now;
    if (usable(ghost.text) > 0) rightSince ??= now;
    else rightSince = undefined;
    if (typing) return;
    tally.ghosts += 1;
    if (!isRight(ghost.text)) tally.wrongGhosts += 1;
    if (acceptedAt !== undefined) {
      tally.nextMs.push(now - acceptedAt);
      acceptedAt = undefined;
    }
    if (pausedAt !== undefined && rightSince !== undefined && now - pausedAt <= 600) {
      tally.rightSoon += 1;
      pausedAt = undefined;
    }
  };
  while (at < to) {
    const lineStart = /(^|\n)[ \t]*$/.test(text.slice(Math.max(0, at - 80), at));
    if (lineStart) {
      tally.pauses += 1;
      pausedAt = clock.now();
      if (rightSince !== undefined) {
        tally.rightSoon += 1;
        pausedAt = undefined;
      }
    }
    await clock.advance(
      lineStart ? logNormal(random, lineMs, lineSpread) : logNormal(random, keyMs, keySpread),
    );
    pausedAt = undefined;
    const { ghost } = hands;
    const taken =
      ghost && rightSince !== undefined && clock.now() - rightSince >= noticeMs ? usable(ghost.text) : 0;
    tally.keys += 1;
    typing = true;
    if (taken > 0) {
      tally.accepted += keysOf(text.slice(at, at + taken));
      tally.accepts += 1;
      at += taken;
      acceptedAt = clock.now();
      rightSince = undefined;
      typing = false;
      hands.accept(taken);
    } else {
      const key = /^\n[ \t]*/.exec(text.slice(at, Math.min(to, at + 100)))?.[0] ?? text[at] ?? '';
      const agrees = ghost !== undefined && ghost.text !== key && ghost.text.startsWith(key);
      at += key.length;
      hands.type(key);
      if (agrees) {
        tally.agreeing += 1;
        if (!hands.ghost) tally.lost += 1;
      }
    }
    typing = false;
  }
  return tally;
}

/** The figures of several texts, medians of nothing: sums over sums. */
export function figuresOf(
  tallies: readonly Tally[],
  requests: number,
  streamed: number,
): Record<string, string> {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const characters = sum((tally) => tally.characters);
  const accepted = sum((tally) => tally.accepted);
  const next = tallies.flatMap((tally) => tally.nextMs);
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  return {
    'keystrokes saved': share(characters - sum((tally) => tally.keys), characters),
    'requests / 100 characters': ((100 * requests) / characters).toFixed(2),
    'generated / accepted character': (streamed / accepted).toFixed(2),
    'accepted characters / request': (accepted / requests).toFixed(1),
    'wrong ghosts': share(
      sum((tally) => tally.wrongGhosts),
      sum((tally) => tally.ghosts),
    ),
    'wrong text, s / 100 characters': (sum((tally) => tally.wrongMs) / 10 / characters).toFixed(2),
    'right within 600 ms of a pause': share(
      sum((tally) => tally.rightSoon),
      sum((tally) => tally.pauses),
    ),
    'accept to next, p50 ms': percentile(next, 0.5).toFixed(0),
    'agreeing keys that kept the ghost': share(
      sum((t) => t.agreeing - t.lost),
      sum((t) => t.agreeing),
    ),
  };
}
