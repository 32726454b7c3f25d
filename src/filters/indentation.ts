import { blockColumn, expectedBelow, expectedColumn, staysAtMargin } from './columns.ts';
import { isOnward, isUnfinished } from './continuation.ts';
import { tooDeep } from './deep.ts';
import { documentationColumn } from './documentation.ts';
import { isComment } from './english.ts';
import { fromMarginInStyle, indentFor, inStyle, type Style, styleOf } from './indentStyle.ts';
import {
  beginsDefinition,
  beginsFunction,
  isDirective,
  isGotoLabel,
  isLabel,
  isMember,
  isMethod,
  isOpen,
  opensBlock,
  opensStatement,
} from './lineKinds.ts';
import { type Filter, indentOf, isBlank } from './piece.ts';
import { columnOf, isContinuedString, isFlushString, type Place } from './place.ts';
import { scan } from './scan.ts';

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

/** By how many columns the lines after the first one, and so many blank ones, are too far left; too far right below nothing. */
function shiftFor(
  first: string,
  target: string,
  blanks: number,
  place: Place,
  own: number,
  fresh: boolean,
): number {
  const column = columnOf(indentOf(target), place.tabWidth);
  const text = target.trim();
  const start = isBlank(place.linePrefix) ? own + columnOf(indentOf(first), place.tabWidth) : own;
  if (start === 0 && !fresh) return 0;
  if ((/^[)\]}]/.test(text) && !isOpen(first, place)) || isDirective(text, place)) return 0;
  const above = fresh ? place.linePrefix.trimStart() : first.trimStart();
  if (text.startsWith('*/') && !above.startsWith('*') && column === openerColumn(place)) return 0;
  if (above.startsWith('/*') && !above.includes('*/') && text.startsWith('*'))
    return text.startsWith('**')
      ? column < start
        ? start
        : 0
      : column === start + 1 + own
        ? -own
        : Math.max(0, start + 1 - column);
  if (place.inside === '*/' && above.startsWith('*') && text.startsWith('*')) return start - column;
  // What follows a comment stands below its beginning.
  if (place.inside === '*/' && above.startsWith('*/') && column < start)
    return column < start - 1 ? start - 1 : 0;
  const documentation = documentationColumn(first, start, place);
  if (documentation !== undefined && column < documentation) return start;
  if (place.inside?.length === 3 && !fresh && column === start && /^[A-Z]\w*:$/.test(above)) return start;
  const inText = place.inside !== undefined && place.inside !== '\n';
  if (column === 0 && isGotoLabel(text, place) && hasLabelsAtMargin(place)) return 0;
  const head = fresh ? place.linePrefix : first;
  const opens =
    (!inText && opensBlock(head, place)) ||
    (!fresh && isOpen(first, place)) ||
    (!inText && !text.startsWith('{') && opensStatement(head, place));
  const unit = place.unitWidth;
  if (!opens) {
    if (!inText && !fresh && column <= start && isContinued(first, text, place)) return start;
    if (!inText && !fresh && column < start && goesOnWith(first, text, place)) return start;
    const within = fresh && isGotoLabel(head, place) ? blockColumn(place) : undefined;
    if (within !== undefined && column < within) return within - column;
    if (column > start && column === start + own && isWhole(first, place) && !isOnward(text)) return -own;
    if (column >= start) return 0;
    // Less deep without anything closed: a lost base, unless a definition of an outer scope begins here.
    const around = place.enclosing.at(-1);
    const outside = !fresh && around?.bracket === '{' && column <= around.column && start > around.column;
    if (column > 0) return outside ? (text.startsWith('{') ? start : start - column) : 0;
    if (fresh) return expectedBelow(text, start, place);
    if (isMethod(text) || (around?.bracket === '{' && isMember(text, place))) return start;
    if (blanks > 1 || (blanks > 0 && beginsFunction(text, place))) return 0;
    return beginsDefinition(text) && !beginsDefinition(first.trim()) ? 0 : start;
  }
  if (isLabel(text, place)) return column >= start ? 0 : column === unit ? start : start - column;
  const doubled = column > start + unit && column === start + unit + own;
  // Continued lines of an initializer may be indented twice.
  const initializer = place.language.preprocessor && /=\s*\{$/.test(head.trimEnd());
  const apart = !isOpenCall(head) || own > unit;
  const block = (opensBlock(head, place) && apart && !initializer) || opensStatement(head, place);
  if (doubled && block && !/^\s*[|&?:]/.test(head)) return -own;
  if (column > start) return isAligned(first, column, place) ? start : 0;
  if (fresh && !place.language.offside && styleOf(place).kind !== 'mixed') return start + unit - column;
  // The head may have more lines, and this be the last one.
  if (fresh) return column === 0 ? start + unit : column === unit && start >= 2 * unit ? start : 0;
  if (/^[)\]}]/.test(text)) return start - column;
  // Lines that lost all their white space.
  if (column === 0) return start + unit;
  const lost = column <= 2 * unit || isAligned(first, column, place);
  // What goes on between brackets stands deeper than they do.
  const level = column === start && start > 0 && /[^{:]$/.test(head.trimEnd());
  return column === unit || level || (column < start && lost) ? start : 0;
}

/** The labels of the document that jumps lead to stand at the margin, if there are any. */
function hasLabelsAtMargin(place: Place): boolean {
  const labels = [...place.above, ...place.below].filter((line) => isGotoLabel(line, place));
  return labels.length === 0 || labels.some((line) => indentOf(line) === '');
}

/** The column of the line on which the block comment around the caret begins; undefined in a comment that lines with stars make. */
function openerColumn(place: Place): number | undefined {
  if (place.inside !== '*/' || /^\s*\*/.test(place.linePrefix)) return undefined;
  const opener = place.above.findLast((line) => line.includes('/*'));
  return opener === undefined ? undefined : columnOf(indentOf(opener), place.tabWidth);
}

/** The answer's first line begins a statement, of which the next one is a part: that stands deeper. */
function isContinued(first: string, text: string, place: Place): boolean {
  if (place.inside === '\n' || isComment(first.trimStart(), place.language)) return false;
  if (scan(first, place.language).inside !== undefined) return false;
  // The line of the caret goes on with a statement of the lines above.
  if (isOnward(place.linePrefix) || isOnward(first) || !(isUnfinished(first, place) || isOnward(text)))
    return false;
  const around = place.enclosing.at(-1)?.bracket ?? '{';
  const above = place.above.findLast(
    (line) => !isBlank(line) && !isComment(line.trimStart(), place.language),
  );
  // A name with a colon above makes it the name's value.
  const value =
    place.language.regex && /[\w'"]:\s*$/.test(above ?? '') && !/^\s*(?:case\b|default:)/.test(above ?? '');
  return around === '{' && !value && !isUnfinished(above ?? '', place);
}

/** The next line goes on with a member or a sign where the first one closes nothing: it never stands left of it. */
function goesOnWith(first: string, text: string, { language, inside, linePrefix }: Place): boolean {
  const onward = isOnward(text) && !isOnward(linePrefix + first);
  return onward && scan(first, language, inside).surplus.length === 0;
}

/** Nothing of the statement is left for the next line. */
function isWhole(first: string, place: Place): boolean {
  const line = first.trimEnd();
  if (place.inside !== undefined) return false;
  if (isComment(line.trimStart(), place.language)) return !/^\s*[/*]\*/.test(line);
  if (/[;}]$/.test(line)) return true;
  // Line breaks end statements.
  const { offside, regex } = place.language;
  const breaks = offside || regex || place.site.snapshot.languageId === 'go';
  return breaks && /[\w)\]"'`]$/.test(line) && !isUnfinished(line, place) && !isOpen(line, place);
}

/** The line ends with a bracket that opens a list or a call. */
function isOpenCall(line: string): boolean {
  return /[([]$/.test(line.trimEnd());
}

/** A line that goes on after an open bracket stands below what follows the bracket: here as far from the margin as that from the start. */
function isAligned(first: string, column: number, place: Place): boolean {
  const bracket = scan(first, place.language, place.inside).open.at(-1);
  if (bracket === undefined || bracket.offset + 1 >= first.trimEnd().length) return false;
  // A continuation may also stand two levels in.
  const start = columnOf(
    indentOf(isBlank(place.linePrefix) ? `${place.linePrefix}${first}` : place.linePrefix),
    place.tabWidth,
  );
  if (column === start + 2 * place.unitWidth) return false;
  return bracket.offset + 1 - indentOf(first).length === column;
}
