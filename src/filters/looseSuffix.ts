import { differsInAWord, lettersIn, likeness, mayBecomeLike } from './likeness.ts';
import { isBlank } from './piece.ts';

/** So many letters make a line that is unlikely to come again by chance. */
const tellingLine = 8;

/** And so many below one that says little. */
const tellingSecond = 4;

/** So many lines that are exactly those below, with so many letters in all, are a repetition. */
const exactLines = 2;
const exactLetters = 16;

/** What is the same must have so many times the letters of what is strange. */
const outweighs = 1.5;

/** So many lines below may have been left out at a time. */
const leftOut = 3;

/**
 * Whether the lines from `k` on repeat the lines below with differences: lines changed, left out or put in. They may while no more of them
 * are strange than the same.
 */
export function followsLoosely(
  all: readonly string[],
  k: number,
  below: readonly string[],
  open: boolean,
): 'repeats' | 'undecided' | 'other' {
  // Where the first line says little, the second one has to be there to the letter.
  let short = lettersIn(all[k] ?? '') < tellingLine;
  let next = 0;
  let exact = 0;
  let strange = 0;
  let letters = 0;
  let strangeLetters = 0;
  let last = true;
  for (let i = k; i < all.length; i++) {
    const line = all[i] ?? '';
    if (open && i === all.length - 1)
      return i > k && (!short || mayBecomeLike(line, below[1] ?? '')) ? 'undecided' : 'other';
    if (isBlank(line)) continue;
    if (next >= below.length) break;
    const found = findLine(line, below, next, i === k ? 1 : leftOut + 1);
    if (i === k && found?.same !== true) return 'other';
    if (i > k && short) {
      if (found?.same !== true || found.index !== 1 || lettersIn(line) < tellingSecond) return 'other';
      short = false;
    }
    last = found !== undefined;
    if (found === undefined) {
      // A list goes on with other numbers.
      if (likeness(line, below[next] ?? '') === 'numbered') next++;
      else {
        strange++;
        strangeLetters += lettersIn(line);
      }
    } else {
      next = found.index + 1;
      letters += lettersIn(line);
      if (found.same && lettersIn(line) > 0) exact++;
    }
    if (strange > Math.max(1, exact)) return 'other';
  }
  if (open) return 'undecided';
  // Who repeats what follows ends with it.
  const wanted = last ? exactLines : exactLines + 1;
  const weight = last ? outweighs : 2 * outweighs;
  return exact >= wanted && letters >= exactLetters && letters >= weight * strangeLetters
    ? 'repeats'
    : 'other';
}

/** The first of the next lines below that the line is, or resembles. */
function findLine(line: string, below: readonly string[], from: number, count: number) {
  for (let index = from; index < Math.min(from + count, below.length); index++) {
    const like = likeness(line, below[index] ?? '');
    if (like === 'same') return { index, same: true };
    if (like === 'similar' || (like === 'no' && index === from && differsInAWord(line, below[index] ?? '')))
      return { index, same: false };
  }
  return undefined;
}
