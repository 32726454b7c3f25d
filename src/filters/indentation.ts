import { expectedColumn, staysAtMargin } from './columns.ts';
import { isOnward, isUnfinished } from './continuation.ts';
import { tooDeep } from './deep.ts';
import { fromMarginInStyle, indentFor, inStyle, type Style, styleOf } from './indentStyle.ts';
import { isOpen, opensBlock, opensStatement } from './lineKinds.ts';
import { type Filter, indentOf, isBlank } from './piece.ts';
import { columnOf, isContinuedString, isFlushString, type Place } from './place.ts';
import { isWhole, shiftFor } from './shift.ts';

/** Puts the indentation right by comparison with the document: a lost base, tabs for spaces or spaces for tabs, a repeated indent. */
export const indentation: Filter = {
  name: 'indentation',
  reason: 'nothing-answered',
  apply(piece, place) {
    if (isContinuedString(place)) return piece;
    const blank = isBlank(place.linePrefix);
    if (isFlushString(place)) {
      const repeated = blank && piece.text.startsWith(place.linePrefix) ? place.linePrefix.length : 0;
      return { ...piece, text: piece.text.slice(repeated) };
    }
    let lines = piece.text.split('\n');
    // The last line of a head stands where its first one does.
    const opened = place.enclosing.at(-1);
    const head = !blank && isBlank(lines[0] ?? '') && opened?.onLine === true && opened.bracket === '{';
    const own = head ? opened.column : columnOf(indentOf(`${place.linePrefix}x`), place.tabWidth);
    if (lines.every(isBlank)) return { ...piece, text: '' };
    const blanks = blank ? takeBlanks(lines) : 0;
    const lead =
      place.linePrefix === '' ? '\n'.repeat(Math.min(blanks, isBlank(place.above.at(-1) ?? '') ? 1 : 2)) : '';
    const style = styleOf(place);
    if (place.linePrefix === '') lines = [...fromMarginInStyle(lines, style, place)];
    // The first line with something on it, and the next one, decide whether the base is lost; the latter must be there as a whole.
    const fresh = !blank && isBlank(lines[0] ?? '');
    const begun = !piece.closed && lines.length === 1 && place.linePrefix === '';
    if (begun && mayMove(lines[0] ?? '', place)) return { ...piece, text: '' };
    const margin = place.linePrefix === '' ? expectedColumn(lines[0] ?? '', place) : 0;
    const deep = place.linePrefix === '' ? tooDeep(lines[0] ?? '', place) : 0;
    const first = blank
      ? firstLine(withoutColumns(lines[0] ?? '', deep, place), own, margin, place, style)
      : (lines[0] ?? '');
    const rest = inStyle(lines.slice(1), lines[0] ?? '', style, own, fresh, place);
    const index = rest.findIndex((line) => !isBlank(line));
    if (index < 0) return { ...piece, text: lead + [first, ...rest].join('\n') };
    const undecided = !piece.closed && index === rest.length - 1;
    const target = rest[index] ?? '';
    const given = blank && own > 0 ? columnOf(indentOf(lines[0] ?? ''), place.tabWidth) : 0;
    const shift =
      deep > 0
        ? -deep
        : first === lines[0] || own > 0
          ? (shiftFromFirst(first, target, given, own, place) ??
            shiftFor(first, target, index, place, own, fresh))
          : margin;
    // Whatever it will be, right of the caret's line it stands well.
    const deeper = fresh && shift === 0 && isDeeper(target, own, place);
    if (undecided && !deeper && (shift !== 0 || mayBeOther(target, index, place)))
      return { ...piece, text: `${lead}${first}\n` };
    const base = shift <= 0 ? '' : indentFor(shift, place, style);
    const shifted = rest.map((line) => {
      if (isBlank(line)) return line;
      return shift < 0 ? withoutColumns(line, -shift, place) : base + line;
    });
    return { ...piece, text: lead + [first, ...shifted].join('\n') };
  },
};

/** Whether it is open where a first line stands of which so much is there: its first word tells. */
function mayMove(line: string, place: Place): boolean {
  const word = /^\s*\S\w*:?\s*$/.test(line);
  if (/^\s/.test(line))
    return (word || /^\s*\W{1,3}$/.test(line)) && tooDeep(`${indentOf(line)}a b`, place) > 0;
  return (word || methodBegun.test(line)) && !(staysAtMargin(place) && /^\w/.test(line));
}

/** The line stands in from the margin, and not left of a column. */
function isDeeper(line: string, column: number, place: Place): boolean {
  const own = columnOf(indentOf(line), place.tabWidth);
  return !isBlank(line) && own > 0 && own >= column;
}

/** Its first parameter tells whether it is a method. */
const methodBegun = /^\s*(?:async )?(?:d|de|def|def \w*\(?\w*)$/;

/** Whether the line, after so many blank ones, may turn out to be a label, a method or a function, which stand elsewhere. */
function mayBeOther(line: string, blanks: number, place: Place): boolean {
  if (isBlank(line) || /^\s*\w+:?\s*$/.test(line) || methodBegun.test(line)) return true;
  return blanks > 0 && place.language.preprocessor && indentOf(line) === '';
}

/** The line, so many columns further left. */
function withoutColumns(line: string, columns: number, place: Place): string {
  let at = 0;
  while (/[ \t]/.test(line.charAt(at)) && columnOf(line.slice(0, at), place.tabWidth) < columns) at++;
  return line.slice(at);
}

/** Takes the blank lines off the front; their number. */
function takeBlanks(lines: string[]): number {
  const count = lines.findIndex((line) => !isBlank(line));
  lines.splice(0, count);
  return count;
}

/** The first line, at a caret that has only white space before it: what it repeats of that white space goes, what it lacks comes. */
function firstLine(line: string, own: number, margin: number, place: Place, style: Style): string {
  const indent = indentOf(line);
  if (own > 0) return line.slice(indent.length);
  return indent === '' && margin > 0 ? indentFor(margin, place, style) + line : line;
}

/**
 * By how many columns the next line is off where the answer's first line was `given` white space that it should not have: all its lines may
 * stand as much too deep, or as far from the margin as that. Undefined where that is not so.
 */
function shiftFromFirst(
  first: string,
  target: string,
  given: number,
  own: number,
  place: Place,
): number | undefined {
  const inString = place.inside !== undefined && place.inside !== '*/' && place.inside.length < 3;
  if (given === 0 || inString) return undefined;
  const column = columnOf(indentOf(target), place.tabWidth);
  const text = target.trim();
  const closes = /^[)\]}]/.test(text);
  const goesOn = isOpen(first, place) || isUnfinished(first, place) || isOnward(text);
  const opened = opensBlock(first, place) || opensStatement(first, place);
  const deeper = place.inside === undefined && !closes && (goesOn || opened);
  const whole = isWhole(first, place) || /,\s*$/.test(first);
  if (!deeper && column === own + given && (given !== own || whole)) return -given;
  if (given === own || place.inside !== undefined) return undefined;
  const expected = deeper ? own + place.unitWidth : own;
  if (column === expected || (!deeper && !closes && !isWhole(first, place))) return undefined;
  if (goesOn && !closes && column - given > own) return -given;
  return [-given, own - given].find((shift) => column + shift === expected);
}
