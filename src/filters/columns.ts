import { continuationWidth, isOnward, isUnfinished } from './continuation.ts';
import { documentationLine } from './documentation.ts';
import { isComment } from './english.ts';
import {
  beginsDefinition,
  isDirective,
  isGotoLabel,
  isLabel,
  isMember,
  isMethod,
  opensBlock,
} from './lineKinds.ts';
import { onceAPlace } from './once.ts';
import { firstWord, indentOf, isBlank } from './piece.ts';
import { columnOf, type Place } from './place.ts';

/** The column at which a line between the line above and the line below stands, where that is beyond doubt and not the margin; else 0. */
export function expectedColumn(line: string, place: Place): number {
  const above = place.above.findLast((other) => !isBlank(other)) ?? '';
  const below = [place.lineSuffix, ...place.below].find((other) => !isBlank(other)) ?? '';
  const before = columnOf(indentOf(above), place.tabWidth) - (/^\s*\*/.test(above) ? 1 : 0);
  const after = columnOf(indentOf(below), place.tabWidth);
  const text = line.trim();
  const { offside, preprocessor } = place.language;
  if ((place.site.zone !== 'code' && place.inside?.length !== 3) || place.inside === '*/') {
    if (text.startsWith('*')) return starColumn(line, place);
    // Between lines of a text that stand below each other, or before its end, stands another one.
    const ends = below.trimStart().startsWith('*/');
    return place.inside === '*/' && (ends || before === after) && /^\s*[^\s*/]/.test(above) ? before : 0;
  }
  if (place.inside?.length === 3) return documentationLine(text, above, before, below, after, place);
  if (place.inside !== undefined || (!offside && /^\w+:$/.test(text)) || isDirective(line, place)) return 0;
  if (before > 0 && (isOnward(text) || isUnfinished(above, place)))
    return onwardColumn(text, above, before, below, after, place);
  const within = blockColumn(place);
  if (isComment(text, place.language))
    return commentColumn(
      text,
      above,
      before,
      after,
      within,
      opensBlock(above, place) ? before + place.unitWidth : undefined,
      offside,
    );
  if (!/^[\w$"'@`]/.test(line)) return 0;
  // Two blank lines stand between what is at the margin.
  if (place.above.length > 1 && place.above.slice(-2).every(isBlank)) return 0;
  if (opensBlock(above, place)) return isLabel(text, place) ? before : before + place.unitWidth;
  if (isGotoLabel(above, place)) return within ?? 0;
  if (before === 0 || (preprocessor && isOutside(place))) return 0;
  if (/^\s*@/.test(above)) return before;
  if (offside && goesOn(text)) return branchColumn(text, before, place);
  if (isMethod(text) || (offside && text.startsWith('@'))) return methodColumn(place);
  // In braces nothing is defined at the margin.
  const braced = within !== undefined && !preprocessor && beginsDefinition(text);
  if (within !== undefined && (braced || isMember(text, place))) return within;
  if (beginsDefinition(text)) return after > 0 && beginsDefinition(below.trim()) ? after : 0;
  // What stands deeper below stands in a block that the answer opens.
  const ended = offside ? place.enclosing.length === 0 : /[;}]$/.test(above.trimEnd());
  if (after > 0 && firstWord(line) === firstWord(below) && !(ended && after > before)) return after;
  if (within !== undefined && (within === before || within === after || before > within)) return within;
  if (/^\s*[)\]}]/.test(below)) return before > after ? before : 0;
  if (after === 0) return offside && endsFunction(above, place) ? before : 0;
  return ended ? before : Math.max(before, after);
}

/** At the margin a line that begins with a word stays, whatever it is: the line above stands there and opens nothing. */
export const staysAtMargin = onceAPlace((place): boolean => {
  const above = place.above.findLast((line) => !isBlank(line)) ?? '';
  const code = place.site.zone === 'code' && place.inside === undefined;
  return code && indentOf(above) === '' && !opensBlock(above, place) && !isGotoLabel(above, place);
});

/**
 * The line above is one of a function at the margin that it does not end, and too few blank lines follow it for something else at the
 * margin.
 */
function endsFunction(above: string, place: Place): boolean {
  if (/^\s*(?:return|raise|break|continue|pass)\b/.test(above) || place.enclosing.length > 0) return false;
  const head = place.above.findLast((line) => /^\S/.test(line)) ?? '';
  return /^(?:async )?def\b|^\) *(?:->.*)?:/.test(head);
}

/** Where a comment stands: below another one, or in its block. */
function commentColumn(
  text: string,
  above: string,
  before: number,
  after: number,
  within: number | undefined,
  opened: number | undefined,
  offside: boolean,
): number {
  if (opened !== undefined) return opened;
  if (firstWord(text) === firstWord(above) && !text.startsWith('/*')) return before;
  if (offside) return before === after ? before : 0;
  return within !== undefined && within === before ? within : 0;
}

/** No brace is open at the caret, as far as that can be seen: what ends at the margin above it ends a function. */
function isOutside({ enclosing, fromTop, above }: Place): boolean {
  return enclosing.length === 0 && (fromTop || above.some((line) => line.startsWith('}')));
}

/** The column of the statement that a branch belongs to: the margin if one stands there, else the innermost one's. */
function branchColumn(text: string, before: number, place: Place): number {
  const heads = /^e(?:lse|lif)\b/.test(text) ? /^\s*(?:if|elif|try|except)\b.*:/ : /^\s*(?:try|except)\b.*:/;
  let least = before;
  let innermost = 0;
  for (const line of place.above.toReversed()) {
    const column = columnOf(indentOf(line), place.tabWidth);
    if (isBlank(line) || column >= least) continue;
    least = column;
    if (!heads.test(line)) continue;
    if (column === 0) return 0;
    innermost ||= column;
  }
  return innermost;
}

/** The column of the methods of the class around the caret, by its head or another method of it; the margin if there is none. */
function methodColumn(place: Place): number {
  let least = Number.POSITIVE_INFINITY;
  for (const line of place.above.toReversed()) {
    const column = columnOf(indentOf(line), place.tabWidth);
    if (isBlank(line) || column >= least) continue;
    if (isMethod(line.trimStart())) return column;
    if (/^\s*class\b/.test(line)) return column + place.unitWidth;
    least = column;
  }
  return 0;
}

/** In a block comment whose lines begin with stars, the stars stand below each other. */
function starColumn(line: string, place: Place): number {
  const above = place.above.findLast((other) => !isBlank(other)) ?? '';
  // Two stars are a style of their own: they stand below the slash.
  if (!line.startsWith('*') || line.startsWith('**')) return 0;
  const below = [place.lineSuffix, ...place.below].find((other) => !isBlank(other)) ?? '';
  if (/^\s*\*/.test(below)) return columnOf(indentOf(below), place.tabWidth);
  // The notice at the top of a file may have its stars at the margin.
  if (place.above.length === 1 && above.trim() === '/*') return 0;
  const column = columnOf(indentOf(above), place.tabWidth);
  return above.trimStart().startsWith('/*') ? column + 1 : above.trimStart().startsWith('*') ? column : 0;
}

/** The column of statements in the braces around the caret; undefined in other brackets, and where blocks have none. */
export function blockColumn(place: Place): number | undefined {
  const around = place.enclosing.at(-1);
  return around?.bracket === '{' && !place.language.offside ? around.column + place.unitWidth : undefined;
}

/** The column of a line on its own below the caret's line: that of the next line, where it is of the same kind, else the caret's. */
export function expectedBelow(text: string, own: number, place: Place): number {
  const head = place.linePrefix;
  if (/^\s*\*\//.test(head)) return own - 1;
  const comment = commentEnded(place);
  if (comment !== undefined) return comment;
  // The first line of a comment whose others carry no stars stands above them.
  if (place.inside === '*/' && /^\s*\/\*$/.test(head)) {
    const next = place.below.find((other) => !isBlank(other)) ?? '';
    if (/^\s*[^\s*]/.test(next)) return columnOf(indentOf(next), place.tabWidth);
  }
  const below = place.below.find((other) => !isBlank(other)) ?? '';
  const after = columnOf(indentOf(below), place.tabWidth);
  if (place.inside === undefined && (isOnward(text) || isUnfinished(head, place)))
    return onwardColumn(text, head, own, below, after, place);
  if (text.startsWith('{') && place.enclosing.length === 0) return 0;
  if (/^\s*@/.test(head)) return own;
  if (beginsDefinition(text) && firstWord(text) === firstWord(head)) return own;
  if (imports.test(text) && imports.test(head.trimStart())) return own;
  if (goesOn(text) && place.language.offside)
    return beginsAtMargin(place) ? 0 : branchColumn(text, own, place) || own;
  if (firstWord(text) === firstWord(below) && after <= own) return after;
  if (beginsDefinition(text)) return beginsDefinition(below.trim()) ? after : 0;
  const statement = statementColumn(own, place);
  if (statement !== undefined) return statement;
  // Nothing comes after a jump in its block.
  return place.language.offside && /^\s*(?:return|raise|break|continue)\b/.test(head)
    ? Math.max(0, own - place.unitWidth)
    : own;
}

/** The column at which the block comment begins that ends with the caret's line; undefined where the line begins it, or ends none. */
function commentEnded({ linePrefix, above, tabWidth, insideLine }: Place): number | undefined {
  if (insideLine !== '*/' || !linePrefix.trimEnd().endsWith('*/')) return undefined;
  const opener = above.findLast((line) => line.includes('/*'));
  return opener === undefined ? undefined : columnOf(indentOf(opener), tabWidth);
}

/** The column of statements in the braces around the caret, where the caret's line stands deeper: it ends one of several lines. */
function statementColumn(own: number, place: Place): number | undefined {
  const within = blockColumn(place);
  if (within === undefined || (own <= within && !isDirective(place.linePrefix, place))) return undefined;
  const outer = place.above.findLast(
    (line) => !isBlank(line) && columnOf(indentOf(line), place.tabWidth) < own,
  );
  return isLabel(outer?.trim() ?? '', place) ? undefined : within;
}

/** The column at which a statement goes on. */
function onwardColumn(
  text: string,
  head: string,
  before: number,
  below: string,
  after: number,
  place: Place,
): number {
  const onward = isOnward(text);
  if (onward && isOnward(head)) return before;
  // Between brackets, what goes on stands below what the line after the bracket begins with.
  const around = place.enclosing.at(-1);
  const first = around !== undefined && around.bracket !== '{' && before === around.column + place.unitWidth;
  if (!onward && first && !around.onLine) return before;
  const above = place.above.findLast((line) => !isBlank(line) && line.trimEnd() !== head.trimEnd()) ?? '';
  if (!onward && isUnfinished(above, place) && columnOf(indentOf(above), place.tabWidth) <= before)
    return before;
  if (after > before && (!onward || isOnward(below))) return after;
  return before + continuationWidth(place);
}

const imports = /^(?:from|import)\b/;

/** The next branch of a statement. */
function goesOn(text: string): boolean {
  return /^(?:else|elif|except|finally)\b/.test(text);
}

/** The last line at the margin above the caret begins a statement that has branches. */
function beginsAtMargin(place: Place): boolean {
  const last = place.above.findLast((line) => /^\S/.test(line)) ?? '';
  return /^(?:if|elif|for|while|try|except|with)\b.*:/.test(last);
}
