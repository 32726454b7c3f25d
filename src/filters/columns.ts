import { isComment } from './english.ts';
import { firstWord, indentOf, isBlank } from './piece.ts';
import { columnOf, type Place } from './place.ts';
import { scan } from './scan.ts';

/** The column at which a line between the line above and the line below stands, where that is beyond doubt and not the margin; else 0. */
export function expectedColumn(line: string, place: Place): number {
  const above = place.above.findLast((other) => !isBlank(other)) ?? '';
  const below = [place.lineSuffix, ...place.below].find((other) => !isBlank(other)) ?? '';
  const before = columnOf(indentOf(above), place.tabWidth) - (/^\s*\*/.test(above) ? 1 : 0);
  const after = columnOf(indentOf(below), place.tabWidth);
  const text = line.trim();
  const { offside } = place.language;
  if (place.site.zone !== 'code' || place.inside === '*/') {
    if (text.startsWith('*')) return starColumn(line, place);
    // Between lines of a text that stand below each other stands another one.
    return place.inside === '*/' && before === after && /^\s*[^\s*]/.test(above) ? before : 0;
  }
  if (place.inside !== undefined || (!offside && /^\w+:$/.test(text)) || isDirective(line, place)) return 0;
  const within = blockColumn(place);
  if (isComment(text, place.language)) return commentColumn(text, above, before, after, within, offside);
  if (!/^[\w$"'@`]/.test(line)) return 0;
  // Two blank lines stand between what is at the margin.
  if (place.above.length > 1 && place.above.slice(-2).every(isBlank)) return 0;
  if (opensBlock(above, place)) return isLabel(text, place) ? before : before + place.unitWidth;
  if (isGotoLabel(above, place)) return within ?? 0;
  if (before === 0) return 0;
  if (/^\s*@/.test(above)) return before;
  if (offside && goesOn(text)) return branchColumn(text, before, place);
  if (/^(?:async )?def \w+\((?:self|cls)\b/.test(text)) return methodColumn(place);
  if (beginsDefinition(text)) return after > 0 && beginsDefinition(below.trim()) ? after : 0;
  // What stands deeper below stands in a block that the answer opens.
  const ended = offside ? place.enclosing.length === 0 : /[;}]$/.test(above.trimEnd());
  if (after > 0 && firstWord(line) === firstWord(below) && !(ended && after > before)) return after;
  if (within !== undefined && (within === before || within === after || before > within)) return within;
  if (/^\s*[)\]}]/.test(below)) return before > after ? before : 0;
  if (after === 0) return 0;
  return ended ? before : Math.max(before, after);
}

/** Where a comment stands: below another one, or in its block. */
function commentColumn(
  text: string,
  above: string,
  before: number,
  after: number,
  within: number | undefined,
  offside: boolean,
): number {
  if (firstWord(text) === firstWord(above) && !text.startsWith('/*')) return before;
  if (offside) return before === after ? before : 0;
  return within !== undefined && within === before ? within : 0;
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

/** The column of the methods of the class around the caret; the margin if there is none. */
function methodColumn(place: Place): number {
  let least = Number.POSITIVE_INFINITY;
  for (const line of place.above.toReversed()) {
    const column = columnOf(indentOf(line), place.tabWidth);
    if (isBlank(line) || column >= least) continue;
    if (/^\s*class\b/.test(line)) return column + place.unitWidth;
    least = column;
  }
  return 0;
}

/** In a block comment whose lines begin with stars, the stars stand below each other. */
function starColumn(line: string, place: Place): number {
  const above = place.above.findLast((other) => !isBlank(other)) ?? '';
  if (!line.startsWith('*')) return 0;
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

/** A line of the preprocessor stands where it likes. */
export function isDirective(line: string, place: Place): boolean {
  return place.language.preprocessor && line.trimStart().startsWith('#');
}

/** The column of a line on its own below the caret's line: that of the next line, where it is of the same kind, else the caret's. */
export function expectedBelow(text: string, own: number, place: Place): number {
  if (/^\s*\*\//.test(place.linePrefix)) return own - 1;
  if (text.startsWith('{') && place.enclosing.length === 0) return 0;
  if (goesOn(text) && beginsAtMargin(place)) return 0;
  const below = place.below.find((other) => !isBlank(other)) ?? '';
  const after = columnOf(indentOf(below), place.tabWidth);
  if (firstWord(text) === firstWord(below) && after <= own) return after;
  if (beginsDefinition(text)) return beginsDefinition(below.trim()) ? after : 0;
  // Nothing comes after a jump in its block.
  return place.language.offside && /^\s*(?:return|raise|break|continue)\b/.test(place.linePrefix)
    ? Math.max(0, own - place.unitWidth)
    : own;
}

/** The next branch of a statement. */
function goesOn(text: string): boolean {
  return /^(?:else|elif|except|finally)\b/.test(text);
}

/** The last line at the margin above the caret begins a statement that has branches. */
function beginsAtMargin(place: Place): boolean {
  const last = place.above.findLast((line) => /^\S/.test(line)) ?? '';
  return /^(?:if|elif|for|while|try|except|with)\b.*:/.test(last);
}

/** A label that stands at its block's own column. */
export function isLabel(text: string, { language }: Place): boolean {
  return !language.offside && /^(?:case\b|default:|public:|private:|protected:|\w+:$)/.test(text);
}

/** A label of C's that jumps lead to. */
export function isGotoLabel(line: string, { language }: Place): boolean {
  return language.preprocessor && /^\s*(?!default\b)\w+:\s*$/.test(line);
}

/** The line leaves a bracket open. */
export function isOpen(line: string, place: Place): boolean {
  return scan(line, place.language, place.inside).open.length > 0;
}

/** The line opens a block that the next line stands in. */
export function opensBlock(line: string, place: Place): boolean {
  const end = line.trimEnd();
  if (isComment(end.trimStart(), place.language)) return false;
  return /[{([]$|=>$|^\s*(?:case\b.*|default):$/.test(end) || (place.language.offside && end.endsWith(':'));
}

/** The beginning of a function, type or directive at the top of a file. */
export function beginsDefinition(text: string): boolean {
  // A variable of a function's body.
  if (/^(?:final|static)\b/.test(text) && !/\b(?:class|interface|enum|record)\b|^[^=]*\(/.test(text))
    return false;
  return /^(?:(?:export|public|private|protected|static|async|abstract|final|extern|inline)\b|def\b|class\b|func\b|fn\b|function\b|type\b|struct\b|interface\b|enum\b|impl\b|import\b|from\b|typedef\b|union\b|namespace\b|template\b|package\b|#|@|if __name__)(?! ?[=,)[]|\.|->)/.test(
    text,
  );
}
