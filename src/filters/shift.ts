import { blockColumn, expectedBelow } from './columns.ts';
import { isOnward, isUnfinished } from './continuation.ts';
import { documentationColumn } from './documentation.ts';
import { isComment } from './english.ts';
import { styleOf } from './indentStyle.ts';
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
import { indentOf, isBlank } from './piece.ts';
import { columnOf, type Place } from './place.ts';
import { scan } from './scan.ts';

/** By how many columns the lines after the first one, and so many blank ones, are too far left; too far right below nothing. */
export function shiftFor(
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
export function isWhole(first: string, place: Place): boolean {
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
