import { isChatter, isComment, isEnglish, mayBeEnglish } from './english.ts';
import { cutLines, type Filter, indentOf, isBlank, linesOf, type Piece } from './piece.ts';
import type { Place } from './place.ts';
import { scan } from './scan.ts';

/** A line that opens a fence, whole or begun. */
const fence = /^[ \t]*(`{1,}|~{1,})/;

/**
 * How English can be told from what belongs at the caret: in code by its look, in a comment whose lines carry a mark by the mark that
 * it lacks, in other text only where it talks to the user.
 */
type Surroundings = 'code' | 'marked' | 'text';

/** Takes away sentences before the code. */
export const proseBefore: Filter = {
  name: 'prose before',
  reason: 'not-code',
  apply(piece, place) {
    const around = surroundingsOf(place);
    if (around === undefined) return piece;
    const { lines, open } = linesOf(piece);
    const all = open === undefined ? lines : [...lines, open];
    let first = 0;
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] ?? '';
      if (isBlank(line)) continue;
      const next = all.findIndex((other, index) => index > i && !isBlank(other));
      const finding = leads(line, next < 0 ? undefined : all[next], around, piece, place);
      if (finding === 'undecided') return { ...piece, text: '' };
      if (finding === 'no') break;
      first = i + 1;
    }
    if (open !== undefined && lines.slice(first).every(isBlank) && mayLead(open, around, place)) {
      return { ...piece, text: '' };
    }
    // A blank line between the prose and the code belongs to neither.
    const start = first > 0 && first < all.length - 1 && isBlank(all[first] ?? '') ? first + 1 : first;
    return { ...piece, text: all.slice(start).join('\n') };
  },
};

/** Whether a whole line leads in to what follows it. */
function leads(
  line: string,
  next: string | undefined,
  around: Surroundings,
  piece: Piece,
  place: Place,
): 'yes' | 'no' | 'undecided' {
  if (around === 'text') return isChatter(line, 'before') ? 'yes' : 'no';
  if (isEnglish(line, 'before', place.language)) {
    // The rest of a comment's line is English too; the next line of the comment would carry its mark.
    return around === 'code' || isBlank(place.linePrefix) || isChatter(line, 'before') ? 'yes' : 'no';
  }
  // A title or a label is prose only if a fence follows.
  if (around !== 'code' || !mayBeEnglish(line, place.language)) return 'no';
  if (next === undefined) return piece.closed ? 'no' : 'undecided';
  return fence.test(next) ? 'yes' : 'no';
}

function mayLead(line: string, around: Surroundings, place: Place): boolean {
  return around === 'text' ? isChatter(line, 'before', true) : mayBeEnglish(line, place.language);
}

/** Ends the answer at the first sentence after the code. */
export const proseAfter: Filter = {
  name: 'prose after',
  reason: 'not-code',
  apply(piece, place) {
    const around = surroundingsOf(place);
    if (around === undefined) return piece;
    const { lines, open } = linesOf(piece);
    for (let i = 1; i < lines.length; i++) {
      if (follows(lines, i, around, place)) return cutLines(lines, i, piece);
    }
    if (open === undefined || lines.length === 0) return piece;
    const may = mayBeEnglish(open, place.language) || (around === 'text' && isChatter(open, 'after', true));
    const here =
      around !== 'code' || inCode(lines, place) || (indentOf(open) === '' && isIndented(lines, place));
    return may && here ? { ...piece, text: lines.join('\n') } : piece;
  },
};

/** Whether a line talks about the lines before it. */
function follows(lines: readonly string[], index: number, around: Surroundings, place: Place): boolean {
  const line = lines[index] ?? '';
  const english = isEnglish(line, 'after', place.language);
  if (around === 'marked') return english;
  if (around === 'code' && english && inCode(lines.slice(0, index), place)) return true;
  // Within a text, what stands at the margin does not belong to it, if it is indented.
  if (english && indentOf(line) === '' && isIndented(lines.slice(0, index), place)) return true;
  return around === 'text' && isBlank(lines[index - 1] ?? '') && isChatter(line, 'after');
}

/** True if the text's own last line stands in from the margin. */
function isIndented(lines: readonly string[], place: Place): boolean {
  const last = lines.findLastIndex((line) => !isBlank(line));
  return indentOf(last === 0 ? `${place.linePrefix}${lines[0]}` : (lines[last] ?? '')) !== '';
}

/** Undefined where English is all there is. */
function surroundingsOf(place: Place): Surroundings | undefined {
  if (place.language.prose) return undefined;
  const inside = place.inside;
  // A string that ends with its line cannot go on after a sentence on a line of its own.
  if (inside !== undefined && place.language.quotes.includes(inside)) return 'code';
  if (place.site.zone === 'code' && inside === undefined) return 'code';
  const line = place.linePrefix.trim() || (place.above.at(-1) ?? '').trim();
  return isComment(line, place.language) && !line.startsWith('/*') ? 'marked' : 'text';
}

function inCode(lines: readonly string[], place: Place): boolean {
  const { inside } = scan(`${lines.join('\n')}\n`, place.language, place.inside);
  return inside === undefined;
}
