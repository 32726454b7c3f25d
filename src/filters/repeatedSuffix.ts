import { likeness, mayBecomeLike } from './likeness.ts';
import { followsLoosely } from './looseSuffix.ts';
import { onceAPlace } from './once.ts';
import { cutLines, type Filter, indentOf, isBlank, linesOf, wholeLines } from './piece.ts';
import { columnOf, type Place } from './place.ts';
import { isRow } from './rows.ts';
import { scan } from './scan.ts';
import { standingBelow } from './standings.ts';

/** How many lines below the caret are looked at. */
const linesAhead = 40;

/** So many repeated lines are a repetition even where the answer then goes on differently. */
const enough = 4;

/** Ends the answer where it begins to repeat what follows the caret. */
export const repeatedSuffix: Filter = {
  name: 'repeated suffix',
  reason: 'only-repeats',
  apply(piece, place) {
    const below = linesBelow(place);
    if (below.length === 0) return piece;
    const { all, open } = linesOf(piece);
    const from = isBlank(place.linePrefix) ? 0 : 1;
    for (let k = from; k < all.length; k++) {
      const run = runFrom(all, k, below, open !== undefined, place);
      if (run === 'other') continue;
      return run === 'repeats' ? cutLines(all, k, piece) : { ...piece, text: wholeLines(all, k) };
    }
    return piece;
  },
};

/** The visible lines from the caret on. At the start of a line, what follows the caret on it is a line of its own. */
const linesBelow = onceAPlace((place): readonly string[] => {
  const own = isBlank(place.linePrefix) ? [place.linePrefix + place.lineSuffix] : [];
  return [...own, ...place.below].filter((line) => !isBlank(line)).slice(0, linesAhead);
});

/** Whether the lines from `k` on repeat the lines below, to the letter or with differences. */
function runFrom(
  all: readonly string[],
  k: number,
  below: readonly string[],
  open: boolean,
  place: Place,
): 'repeats' | 'undecided' | 'other' {
  if (isRow(below[0] ?? '', place) && areAll(all.slice(k), below[0] ?? '', open))
    return open ? 'undecided' : 'other';
  const run = follow(all, k, below, open, place);
  if (run !== 'other' || (k > 0 && !sameColumn(all, k, below[0] ?? '', place))) return run;
  return followsLoosely(all, k, below, open);
}

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
  let level = true;
  // The first line has no letters: it says little by itself.
  let bare = false;
  for (let i = k; i < all.length; i++) {
    const line = all[i] ?? '';
    const expected = below[count];
    const last = i === all.length - 1;
    if (count === 0 && !isBlank(line) && signOf(line) !== signOf(expected ?? '')) return 'other';
    if (open && last) {
      if (expected === undefined) break;
      if (count > 0) return 'undecided';
      return !isBlank(line) && mayBecomeLike(line, expected) ? 'undecided' : 'other';
    }
    if (isBlank(line)) {
      if (count === 0) return 'other';
      continue;
    }
    if (expected === undefined) break;
    const like = likeness(line, expected);
    const same = like === 'numbered' ? 'no' : like;
    const cut = !open && last && count > 0 && expected.trim().startsWith(line.trim());
    if (same === 'no' && !cut) {
      // A line that closes what the lines below close too says enough.
      if (count > 0 && /^\s*[)\]}]/.test(below[0] ?? '') && isOutside(all, k, place)) return 'repeats';
      return 'other';
    }
    if (count === 0 && same !== 'same') return 'other';
    if (count === 0) level = sameColumn(all, k, expected, place);
    if (count === 0 && !level && indentOf(line) !== '') return 'other';
    count++;
    const own = line.replace(/\W/g, '').length;
    if (count === 1) bare = own === 0;
    if (same === 'same' || cut) exact += own;
    letters += own;
    if (count >= enough && exact >= (bare ? letters / 2 : 8) && letters >= 20) return 'repeats';
  }
  if (count === 0 || (letters === 0 && !closesBlock(all[k] ?? ''))) return 'other';
  if (!open && !level && (count < 2 || letters < 16)) return 'other';
  // An element like the next one begins and ends like it.
  if (!open && bare && exact * 2 < letters) return 'other';
  // Brackets that go together with these lines speak for them: it is a list of things alike.
  if (
    !open &&
    /^\s*[)\]}]/.test(all[k] ?? '') &&
    k < all.length - 1 &&
    netOpen(all, place) >= netOpen(all.slice(0, k), place)
  ) {
    return 'other';
  }
  return open ? 'undecided' : 'repeats';
}

/** The lines are all the same as another one, as far as they are there. */
function areAll(lines: readonly string[], other: string, open: boolean): boolean {
  const row = other.trim();
  return lines.every((line, index) => {
    const text = line.trim();
    return text === '' || text === row || (open && index === lines.length - 1 && row.startsWith(text));
  });
}

/** Brackets that the lines open and leave open, less those that they close beyond. */
function netOpen(lines: readonly string[], place: Place): number {
  const { open, surplus } = scan(lines.join('\n'), place.language, place.inside);
  return open.length - surplus.length;
}

/** True if the lines before the `k`th leave no bracket of their own open. */
function isOutside(all: readonly string[], k: number, place: Place): boolean {
  const { open, inside } = standingBelow(all.slice(0, k), place);
  return open === 0 && (inside === undefined || inside === place.inside);
}

/** A line that closes a block, a string or a comment; a lone comment mark closes nothing. */
function closesBlock(line: string): boolean {
  return /^[\s)\]}"'`]+[;,]?$|^\s*\*\/\s*$/.test(line);
}

/** The first visible character; quotes are alike. */
function signOf(line: string): string {
  const sign = line.charAt(line.length - line.trimStart().length);
  return sign === '"' || sign === '`' ? "'" : sign;
}

/** A line that stands deeper or less deep than the one below is another line, however alike. */
function sameColumn(all: readonly string[], k: number, expected: string, place: Place): boolean {
  const line = all[k] ?? '';
  const indent = k === 0 ? indentOf(`${place.linePrefix}${line}`) : indentOf(line);
  return columnOf(indent, place.tabWidth) === columnOf(indentOf(expected), place.tabWidth);
}
