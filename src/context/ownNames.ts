import { differenceOf } from '../core/difference.ts';
import { lineStartAt } from '../core/snapshot.ts';
import { identifiersIn } from './words.ts';

/** Longer texts are not taken apart: a million characters take some 50 ms. */
const maxText = 1_000_000;
/** Longer lines, in characters, are not taken apart, as each key on them would do it anew. */
const maxLine = 10_000;

/** The identifiers of one text. */
export interface Names {
  has(name: string): boolean;
}

/** The identifiers of a text that changes: only the lines that changed are taken apart. */
export interface OwnNames extends Names {
  /** Brings the names to this text. */
  update(text: string): void;
}

/** Counts the identifiers of a text, none yet. */
export function createOwnNames(): OwnNames {
  let known = '';
  const counts = new Map<string, number>();

  function count(text: string, start: number, end: number, step: 1 | -1): void {
    for (const line of text.slice(start, end).split('\n')) {
      if (line.length > maxLine) continue;
      for (const name of identifiersIn(line)) {
        const sum = (counts.get(name) ?? 0) + step;
        if (sum > 0) counts.set(name, sum);
        else counts.delete(name);
      }
    }
  }

  return {
    has: (name) => counts.has(name),
    update(whole) {
      const text = whole.length > maxText ? '' : whole;
      const difference = differenceOf(known, text);
      if (difference === undefined) return;
      // A change may cut a name in two or join two, so whole lines are counted.
      const start = lineStartAt(known, difference.start);
      const newline = known.indexOf('\n', difference.oldEnd);
      const same = newline < 0 ? 0 : known.length - newline;
      count(known, start, known.length - same, -1);
      count(text, start, text.length - same, 1);
      known = text;
    },
  };
}
