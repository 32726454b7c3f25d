import { introduces, isChatter, isComment, isHeading, mayBeEnglish } from './english.ts';
import { isFileTitle, mayNameFile, namesFile } from './fileName.ts';
import { beginsAsCode, goesOnComment, type Led, ledBy } from './leadIn.ts';
import { type Filter, isBlank, linesOf, type Piece } from './piece.ts';
import type { Place } from './place.ts';
import { isTalk, parts, type Surroundings, surroundingsOf } from './surroundings.ts';
import { endsThoughts } from './think.ts';

/** A line that opens a fence, whole or begun, or that is all code between backticks. */
const fence = /^[ \t]*(?:`{3}|~{3}|`{1,2}$|~{1,2}$|(`{1,2})[^`]*\1?$)/;

/** Takes away sentences before the code. */
export const proseBefore: Filter = {
  name: 'prose before',
  reason: 'not-code',
  apply(piece, place) {
    const around = surroundingsOf(place);
    if (around === undefined) return piece;
    const { all, lines, open } = linesOf(piece);
    let first = 0;
    let led: Led = 'not yet';
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] ?? '';
      if (isBlank(line)) {
        led = ledBy(line, led);
        continue;
      }
      const next = all.findIndex((other, index) => index > i && !isBlank(other));
      const finding = leads(line, next < 0 ? undefined : all[next], next > i + 1, led, around, piece, place);
      if (finding === 'undecided') return { ...piece, text: '' };
      if (finding === 'no') break;
      first = i + 1;
      led = ledBy(line, led);
    }
    if (open !== undefined && lines.slice(first).every(isBlank) && mayLead(open, led, around, place)) {
      return { ...piece, text: '' };
    }
    // A blank line between the prose and the code belongs to neither.
    const start = first > 0 && first < all.length - 1 && isBlank(all[first] ?? '') ? first + 1 : first;
    if (start === 0) return piece;
    return { ...piece, text: all.slice(start).join('\n') };
  },
};

/** Whether a whole line leads in to what follows it, `apart` from it by a blank line. */
function leads(
  line: string,
  next: string | undefined,
  apart: boolean,
  led: Led,
  around: Surroundings,
  piece: Piece,
  place: Place,
): 'yes' | 'no' | 'undecided' {
  if (endsThoughts(line)) return 'yes';
  if (
    namesFile(line, place) &&
    (isBlank(place.linePrefix) || (next !== undefined && !/^[\w./-]+$/.test(line.trim())))
  )
    return 'yes';
  if (beginsAsCode(line, led, place) && !isFileTitle(line, place)) return 'no';
  const inText = goesOnWithText(around, place);
  const opens =
    inText && !introduces(line) && !isFileTitle(line, place) ? 'no' : opensFence(line, piece, around, place);
  if (opens !== 'no') return opens;
  if (inText) {
    if (around === 'marked' && isComment(line.trimStart(), place.language)) return 'no';
    if (isChatter(line, 'before')) {
      const label = next === undefined && /^\W*\w+:\W*$/.test(line);
      return !label ? 'yes' : piece.closed ? 'no' : 'undecided';
    }
    const introduced =
      around === 'marked' && introduces(line) && /:\s*$/.test(line) && isTalk(line, place, 'before');
    if (!introduced && !interrupts(line, around, place)) return 'no';
    if (next === undefined) return piece.closed ? 'no' : 'undecided';
    if (introduced) return 'yes';
    // What talks about the first line leaves that to be the answer.
    if (apart && !piece.closed && piece.text.endsWith(next) && mayBeEnglish(next, place.language))
      return 'undecided';
    return apart && !isTalk(next, place, 'after') && !parts.test(next) ? 'yes' : 'no';
  }
  if (isTalk(line, place, 'before')) {
    // The rest of a comment's line is English too; the next line of the comment would carry its mark.
    return isBlank(place.linePrefix) ? 'yes' : leadsInline(line, next, around, piece, place);
  }
  return 'no';
}

/** Whether words lead to a fence with something in it: titles, labels and sentences that nothing else tells from code. */
function opensFence(
  line: string,
  piece: Piece,
  around: Surroundings,
  place: Place,
): 'yes' | 'no' | 'undecided' {
  const english = (text: string) =>
    around === 'code' ? mayBeEnglish(text, place.language) : isTalk(text, place, 'before');
  if (
    /^[ \t]*(?:`{3}|~{3})/.test(line) ||
    place.language.longQuotes.some((quote) => line.trimStart().startsWith(quote))
  )
    return 'no';
  if (!english(line) && !isHeading(line, place.language) && !isFileTitle(line, place)) return 'no';
  const lines = piece.text.split('\n');
  let led = ledBy(line, 'not yet');
  for (let i = lines.indexOf(line) + 1; i < lines.length; i++) {
    const next = lines[i] ?? '';
    const last = i === lines.length - 1 && !piece.closed;
    if (fence.test(next)) {
      const holds = lines.slice(i + 1).some((other) => !isBlank(other) && !fence.test(other));
      return holds ? 'yes' : piece.closed ? 'no' : 'undecided';
    }
    if (!isBlank(next) && beginsAsCode(next, led, place)) return 'no';
    led = ledBy(next, led);
    if (isBlank(next)) continue;
    if (around === 'text') return 'no';
    if (!(last ? mayBeEnglish(next, place.language) : english(next))) return 'no';
  }
  return piece.closed ? 'no' : 'undecided';
}

/** In the middle of a line a word or two may be its rest; what leads in has something to lead to. */
function leadsInline(
  line: string,
  next: string | undefined,
  around: Surroundings,
  piece: Piece,
  { inside }: Place,
): 'yes' | 'no' | 'undecided' {
  const words = line.trim().split(/\s+/).length;
  if (next === undefined) {
    if (!piece.closed) return 'undecided';
    // No code is a sentence as a whole.
    const spoken = around === 'code' && inside === undefined && /[.!]\s*$/.test(line);
    return words >= 4 && (spoken || isChatter(line, 'before')) ? 'yes' : 'no';
  }
  return around === 'code' || isChatter(line, 'before') || /:$/.test(line.trim()) ? 'yes' : 'no';
}

/** A line of its own in the middle of a sentence, before a blank line: in text without marks one that ends with a colon. */
function interrupts(line: string, around: Surroundings, place: Place): boolean {
  return (
    (around === 'marked' ? /[:.!]\s*$/ : /:\s*$/).test(line) &&
    isMidSentence(place) &&
    introduces(line) &&
    isTalk(line, place, 'before')
  );
}

/** Words stand before the caret whose sentence has not ended. */
function isMidSentence({ linePrefix }: Place): boolean {
  return /\w.*[\w,()`'"}\]-]\s*$/.test(linePrefix);
}

function mayLead(line: string, led: Led, around: Surroundings, place: Place): boolean {
  if (endsThoughts(line, true)) return true;
  if (goesOnComment(line, place)) return false;
  if (mayNameFile(line, place)) return true;
  if (beginsAsCode(line, led, place)) return false;
  if (goesOnWithText(around, place)) return isChatter(line, 'before', true) || mayIntroduce(line, place);
  return mayBeEnglish(line, place.language) || isHeading(line, place.language, true);
}

/** The answer's first line is English as well. */
function goesOnWithText(around: Surroundings, { linePrefix }: Place): boolean {
  return around === 'text' || (around === 'marked' && !isBlank(linePrefix));
}

/** In a text, only a line that begins as an introduction does may lead to a fence. */
function mayIntroduce(line: string, place: Place): boolean {
  return introduces(line) && mayBeEnglish(line, place.language);
}
