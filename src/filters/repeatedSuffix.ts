import { distance } from 'fastest-levenshtein';
import { cutTo, type Filter, indentOf, isBlank, linesOf } from './piece.ts';
import { columnOf, type Place } from './place.ts';

/** How many lines below the caret are looked at. */
const linesAhead = 40;

/** So many repeated lines are a repetition even where the answer then goes on differently. */
const enough = 4;

/** Ends the answer where it begins to repeat what follows the caret. */
export const repeatedSuffix: Filter = {
  name: 'repeated suffix',
  reason: 'only-repeats',
  apply(piece, place) {
    const below = place.below.filter((line) => !isBlank(line)).slice(0, linesAhead);
    if (below.length === 0) return piece;
    const { lines, open } = linesOf(piece);
    const all = open === undefined ? lines : [...lines, open];
    const from = isBlank(place.linePrefix) ? 0 : 1;
    for (let k = from; k < all.length; k++) {
      const run = follow(all, k, below, open !== undefined, place);
      if (run === 'other') continue;
      const text = all.slice(0, k).join('\n');
      return run === 'repeats' ? cutTo(text, piece) : { ...piece, text };
    }
    return piece;
  },
};

/** Whether the lines from `k` on repeat the lines below. */
function follow(
  all: readonly string[],
  k: number,
  below: readonly string[],
  open: boolean,
  place: Place,
): 'repeats' | 'undecided' | 'other' {
  let count = 0;
  let exact = 0;
  let letters = 0;
  for (let i = k; i < all.length; i++) {
    const line = all[i] ?? '';
    const expected = below[count];
    const last = i === all.length - 1;
    if (open && last) {
      if (expected === undefined) break;
      if (isBlank(line)) return count > 0 ? 'undecided' : 'other';
      if (expected.trim().startsWith(line.trim())) return 'undecided';
    }
    if (isBlank(line)) {
      if (count === 0) return 'other';
      continue;
    }
    if (expected === undefined) break;
    const same = likeness(line, expected);
    const cut = !open && last && count > 0 && expected.trim().startsWith(line.trim());
    if (same === 'no' && !cut) {
      if (open && last) return 'other';
      return count >= enough && exact >= 2 && letters >= 20 ? 'repeats' : 'other';
    }
    if (count === 0 && (same !== 'same' || !sameColumn(all, k, expected, place) || !isTelling(line)))
      return 'other';
    count++;
    if (same === 'same') exact++;
    letters += line.replace(/\W/g, '').length;
  }
  if (count === 0) return 'other';
  if (open && count < enough) return 'undecided';
  return 'repeats';
}

/** How much alike two lines are, white space, quotes and a last comma or semicolon apart. */
function likeness(line: string, expected: string): 'same' | 'similar' | 'no' {
  const a = essence(line);
  const b = essence(expected);
  if (a === b) return 'same';
  const longest = Math.max(a.length, b.length);
  if (longest > 300 || Math.abs(a.length - b.length) > Math.max(2, longest * 0.06)) return 'no';
  return distance(a, b) <= Math.max(2, longest * 0.06) ? 'similar' : 'no';
}

/** A line that says something, or closes a block; a lone comment mark does neither. */
function isTelling(line: string): boolean {
  return /[A-Za-z0-9]/.test(line) || /^[\s)\]}]+[;,]?$/.test(line);
}

function essence(line: string): string {
  return line.replace(/\s+/g, '').replace(/["`]/g, "'").replace(/[;,]$/, '');
}

/** A line that stands deeper or less deep than the one below is another line, however alike. */
function sameColumn(all: readonly string[], k: number, expected: string, place: Place): boolean {
  const line = all[k] ?? '';
  const indent = k === 0 ? indentOf(`${place.linePrefix}${line}`) : indentOf(line);
  return columnOf(indent, place.tabWidth) === columnOf(indentOf(expected), place.tabWidth);
}
