import { isChatter, isHeading, mayBeEnglish } from './english.ts';
import { lately } from './once.ts';
import { cutLines, type Filter, indentOf, isBlank, linesOf, wholeLines } from './piece.ts';
import type { Place } from './place.ts';
import { standingBelow } from './standings.ts';
import { isTalk, parts, type Surroundings, surroundingsOf } from './surroundings.ts';

/** Ends the answer at the first sentence after the code. */
export const proseAfter: Filter = {
  name: 'prose after',
  reason: 'not-code',
  apply(piece, place) {
    const around = surroundingsOf(place);
    if (around === undefined) return piece;
    const { lines, open } = linesOf(piece);
    const whole = open === undefined ? piece.text : piece.text.slice(0, -open.length - 1);
    const talk = firstTalk(whole, place);
    if (talk >= 0) return cutLines(lines, talk, piece);
    if (open === undefined || lines.length === 0) return piece;
    const last = lines.findLastIndex((line) => !isBlank(line));
    if (last > 0 && parts.test(lines[last] ?? '') && firstOf(lines).startsWith(open.trim()))
      return { ...piece, text: wholeLines(lines, last) };
    // Behind a rule, or a word, the answer may begin again wherever it stands.
    const parting = open !== '' && mayPart(open);
    const may =
      open === '' ||
      parting ||
      mayBeEnglish(bulleted(open), place.language) ||
      isHeading(open, place.language, true) ||
      (around === 'text' && isChatter(open, 'after', true));
    if (!may) return piece;
    const here =
      parting ||
      around !== 'code' ||
      inCode(lines, place) ||
      (indentOf(open) === '' && isIndented(lines, place));
    return here ? { ...piece, text: wholeLines(lines, lines.length) } : piece;
  },
};

/** The first of the lines that follows the code; -1 if none does. */
const firstTalk = lately((whole, place) => {
  const around = surroundingsOf(place);
  const lines = whole.split('\n');
  return lines.findIndex(
    (_, index) => index > 0 && around !== undefined && follows(lines, index, around, place),
  );
});

/** Whether a line that is not whole may become one of them. */
function mayPart(line: string): boolean {
  const word = line.toLowerCase().replace(/[:,]$/, '');
  return /^(?:-*|\*+|_+)$/.test(line) || 'or'.startsWith(word) || 'alternatively'.startsWith(word);
}

/** The first visible line, trimmed. */
function firstOf(lines: readonly string[]): string {
  return lines.find((line) => !isBlank(line))?.trim() ?? '';
}

/** Whether a line talks about the lines before it, or parts them from others. */
function follows(lines: readonly string[], index: number, around: Surroundings, place: Place): boolean {
  if (parts.test(lines[index] ?? '')) {
    const again = lines.find((line, at) => at > index && !isBlank(line));
    if (again?.trim() === firstOf(lines)) return true;
    if (around === 'code' && inCode(lines.slice(0, index), place)) return true;
  }
  const line = around === 'code' ? bulleted(lines[index] ?? '') : (lines[index] ?? '');
  const english = isTalk(line, place, 'after');
  if (around === 'marked') return english;
  if (around === 'code' && english && inCode(lines.slice(0, index), place)) {
    return (
      !isQuoted(line) &&
      (indentOf(line) === '' || isBlank(lines[index - 1] ?? '') || !isOpen(lines.slice(0, index), place))
    );
  }
  // Within a text, what stands at the margin does not belong to it, if it is indented; it may go on with a sentence that lost its indentation.
  if (english && indentOf(line) === '' && isIndented(lines.slice(0, index), place))
    return isChatter(line, 'after') || !goesOn(lines.slice(0, index), place);
  // What stands in from the margin as the text does is a part of it.
  if (indentOf(line) !== '' && isIndented(lines.slice(0, index), place)) return false;
  return around === 'text' && isBlank(lines[index - 1] ?? '') && isChatter(line, 'after');
}

/** A star at the margin, behind code, is a bullet. */
function bulleted(line: string): string {
  return line.startsWith('* ') ? `- ${line.slice(2)}` : line;
}

/** Within a documentation string or a comment, a sentence of the last line has not ended. */
function goesOn(lines: readonly string[], place: Place): boolean {
  const last = lines.at(-1) ?? '';
  if (isBlank(last) || /[.:!?…]["')”`]*$/.test(last.trimEnd())) return false;
  const { inside } = standingBelow(lines, place);
  return inside?.length === 3 || inside === '*/';
}

/** True if the text's own last line stands in from the margin. */
function isIndented(lines: readonly string[], place: Place): boolean {
  const last = lines.findLastIndex((line) => !isBlank(line));
  return indentOf(last === 0 ? `${place.linePrefix}${lines[0]}` : (lines[last] ?? '')) !== '';
}

/** A piece of a long string, on a line of its own. */
function isQuoted(line: string): boolean {
  return /^["'`]/.test(line.trim());
}

function isOpen(lines: readonly string[], place: Place): boolean {
  return standingBelow(lines, place).open > 0;
}

function inCode(lines: readonly string[], place: Place): boolean {
  return standingBelow(lines, place).inside === undefined;
}
