import { onceALine } from './once.ts';
import { cutLines, cutTo, type Filter, isBlank, linesOf, type Piece, wholeLines } from './piece.ts';
import type { Place } from './place.ts';
import { isRow, isTwice } from './rows.ts';
import { scan } from './scan.ts';

/** Most lines, and most words and signs, of a stretch that repeats itself. */
const longestLines = 8;
const longestPhrase = 48;

/** So often in all must a stretch of lines come, or a phrase; elements of a list may be alike more often. */
const timesLines = 3;
const timesPhrase = 4;
const timesElement = 6;

/** With so many letters, lines that come twice at the end of an answer are a repetition: code hardly has them twice below each other. */
const tellingLetters = 8;

/** Ends the answer where a line, a few lines or a phrase begin to come again and again; the first time stays. */
export const repetition: Filter = {
  name: 'repetition',
  reason: 'only-repeats',
  apply(piece, place) {
    return withoutPhrases(withoutLines(piece, place), place);
  },
};

/** Parts of a text that come again: from which part on it is a repetition, and whether that is certain. */
interface Finding {
  readonly from: number;
  readonly sure: boolean;
}

function withoutLines(piece: Piece, place: Place): Piece {
  const { all, lines, open } = linesOf(piece);
  // The caret's line counts as a whole where the answer goes on with it: a model repeats it from its first word. Blank lines do not count.
  const parts: string[] = [];
  const indices: number[] = [];
  for (const [index, line] of all.entries()) {
    const text = (index === 0 && !isBlank(line) ? place.linePrefix + line : line).trim();
    if (text === '' && (open === undefined || index < lines.length)) continue;
    parts.push(text);
    indices.push(index);
  }
  const finding = findRepetition(
    parts,
    open !== undefined,
    longestLines,
    4,
    (stretch) => isRow(stretch, place),
    () => timesLines,
    (lines) =>
      lettersOf(lines.join('')) >= tellingLetters &&
      !(lines.length === 1 && /^\w+,$/.test(lines[0] ?? '')) &&
      !isTwice(lines, place),
  );
  if (finding === undefined) return piece;
  const count = (indices[finding.from - 1] ?? 0) + 1;
  return finding.sure ? cutLines(all, count, piece) : { ...piece, text: wholeLines(all, count) };
}

function withoutPhrases(piece: Piece, place: Place): Piece {
  const { lines, open } = linesOf(piece);
  let start = 0;
  for (const line of lines) {
    const end = phraseEnd(line, place, undefined);
    if (end !== undefined) return cutTo(withoutComma(piece.text.slice(0, start + end), place), piece);
    start += line.length + 1;
  }
  if (open === undefined) return piece;
  const finding = findPhrase(open, true, place);
  if (finding === undefined) return { ...piece, text: withoutComma(piece.text, place) };
  const text = withoutComma(piece.text.slice(0, start + finding.from), place);
  return finding.sure ? cutTo(text, piece) : { ...piece, text };
}

/** Where a whole line ends that repeats a phrase. */
const phraseEnd = onceALine((line, place, _kind: undefined) => findPhrase(line, false, place)?.from);

/** The first phrase of a line that comes again and again, by offsets. */
function findPhrase(line: string, open: boolean, place: Place): Finding | undefined {
  const document = place.site.snapshot.text;
  const isCode = (phrase: string) => document.includes(phrase + phrase);
  const words = line.match(/\w+|\s+|[^\w\s]/g) ?? [];
  const finding = findRepetition(words, open, longestPhrase, 3, isCode, timesOf, () => false);
  return finding && { ...finding, from: words.slice(0, finding.from).join('').length };
}

/** Between statements, a comma at the end belongs to what may come again after it. */
function withoutComma(text: string, place: Place): string {
  const end = text.replace(/(?:,\s*)+$/, '');
  if (end === text) return text;
  const { open, surplus, inside } = scan(end, place.language, place.inside);
  if (inside !== undefined) return end;
  const around = open.at(-1) ?? place.enclosing.at(-1 - surplus.length);
  const lists = around !== undefined && (around.bracket !== '{' || isListed(place));
  return lists ? text : end;
}

/** What stands between the braces around the caret are members, not statements. */
function isListed({ above }: Place): boolean {
  return /,$|(?:[=(,:[]|\breturn) \{$|\w\{$/.test((above.findLast((line) => !isBlank(line)) ?? '').trimEnd());
}

function timesOf(phrase: string): number {
  return phrase.includes(',') && (phrase.match(/\w+/g) ?? []).length <= 2 ? timesElement : timesPhrase;
}

/**
 * The repetition that is complete first; where none is, what may become one from the earliest part on. `times` says how often a stretch
 * must come in all, `isTelling` that twice is enough where nothing follows, `isCode` that it comes in the document as well; of an open text
 * the last part is incomplete.
 */
function findRepetition(
  parts: readonly string[],
  open: boolean,
  longest: number,
  letters: number,
  isCode: (stretch: string) => boolean,
  times: (stretch: string) => number,
  isTelling: (stretch: readonly string[]) => boolean,
): Finding | undefined {
  let end = Number.POSITIVE_INFINITY;
  let sure: number | undefined;
  let held: number | undefined;
  const last = parts.length - 1;
  for (let at = 0; at < last; at++) {
    const part = parts[at];
    for (let period = 1; period <= longest && at + period <= last; period++) {
      if (at + period < last && parts[at + period] !== part) continue;
      // A run is told from its start: in its middle the stretch is the same, turned round.
      if (at > 0 && parts[at - 1] === parts[at - 1 + period]) continue;
      const same = sameFrom(parts, open, at, period);
      // Too short a run in the middle of the text is nothing.
      if (same === 0 || (at + period + same < parts.length && same < 2 * period)) continue;
      const stretch = parts.slice(at, at + period).join('');
      if (lettersOf(stretch) < letters) continue;
      const whole = at + period + same;
      const ends =
        !open && same >= period && whole === parts.length && isTelling(parts.slice(at, at + period));
      const complete = at + period * (ends ? 2 : times(stretch));
      const cutShort = !open && whole === parts.length && whole === complete;
      if (
        (open ? whole > complete || (whole === complete && complete < parts.length) : whole >= complete) ||
        cutShort
      ) {
        if (complete < end && !isCode(stretch)) {
          end = complete;
          sure = at + period + signsAt(parts, at + period, at + period + same);
        }
      } else if (open && whole === parts.length) held = Math.min(held ?? at + period, at + period);
    }
  }
  if (sure !== undefined) return { from: sure, sure: true };
  return held === undefined ? undefined : { from: held, sure: false };
}

function lettersOf(text: string): number {
  return text.replace(/[^A-Za-z]/g, '').length;
}

/** How many parts from `from` on are signs that end a phrase. */
function signsAt(parts: readonly string[], from: number, to: number): number {
  let next = from;
  while (next < to && /^[,;)\]}]$/.test(parts[next] ?? '')) next++;
  return next - from;
}

/** How many parts from `at + period` on are as those a period before; the last one may be cut short. */
function sameFrom(parts: readonly string[], open: boolean, at: number, period: number): number {
  let next = at + period;
  while (next < parts.length && parts[next] === parts[next - period]) next++;
  const last = next === parts.length - 1 && (open || next > at + period);
  if (last && parts[next] !== '' && parts[next - period]?.startsWith(parts[next] ?? ' ')) next++;
  else if (last && open && parts[next] === '') next++;
  return next - at - period;
}
