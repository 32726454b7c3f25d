import { onceALine } from './once.ts';
import type { Place } from './place.ts';
import { scan } from './scan.ts';

/** What a line of an answer stands within: the end mark of a string or comment, and how many brackets are open and closed so far. */
export interface Standing {
  readonly inside: string | undefined;
  /** Brackets that the lines before it opened and left open. */
  readonly open: number;
  /** Brackets that they closed beyond their own. */
  readonly surplus: number;
}

/** A line with its line break, by the end mark of what it begins within. */
const scanLine = onceALine((line, place, inside: string | undefined) =>
  scan(`${line}\n`, place.language, inside),
);

/** Where each of the lines stands. What the last one holds is not looked at: it may be incomplete. */
export function standings(lines: readonly string[], place: Place): readonly Standing[] {
  const found: Standing[] = [];
  let state: Standing = { inside: place.inside, open: 0, surplus: 0 };
  for (const [index, line] of lines.entries()) {
    found.push(state);
    if (index === lines.length - 1) break;
    const scanned = scanLine(line, place, state.inside);
    const closed = Math.min(state.open, scanned.surplus.length);
    state = {
      inside: scanned.inside,
      open: state.open - closed + scanned.open.length,
      surplus: state.surplus + scanned.surplus.length - closed,
    };
  }
  return found;
}

/** Where a line below so many whole lines would stand. */
export function standingBelow(lines: readonly string[], place: Place): Standing {
  return standings([...lines, ''], place).at(-1) ?? { inside: place.inside, open: 0, surplus: 0 };
}
