import { continuationWidth, isOnward, isUnfinished, withoutComment } from './continuation.ts';
import { documentationLine } from './documentation.ts';
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
  if ((place.site.zone !== 'code' && place.inside?.length !== 3) || place.inside === '*/') {
    if (text.startsWith('*')) return starColumn(line, place);
    // Between lines of a text that stand below each other stands another one.
    return place.inside === '*/' && before === after && /^\s*[^\s*]/.test(above) ? before : 0;
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
  if (before === 0) return 0;
  if (/^\s*@/.test(above)) return before;
  if (offside && goesOn(text)) return branchColumn(text, before, place);
  if (isMethod(text) || (offside && text.startsWith('@'))) return methodColumn(place);
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
  opened: number | undefined,
  offside: boolean,
): number {
  if (opened !== undefined) return opened;
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

/** The head of a method in Python. */
export function isMethod(text: string): boolean {
  return /^(?:async )?def \w+\((?:self|cls)\b/.test(text);
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
  const head = place.linePrefix;
  if (/^\s*\*\//.test(head)) return own - 1;
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
  const end = withoutComment(line, place).trimEnd();
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

/** A condition or loop without a brace, in languages that have braces: one statement belongs to it. */
export function opensStatement(line: string, place: Place): boolean {
  if (place.language.offside || !/^\s*(?:\} )?(?:else|(?:else )?(?:if|for|while) ?\(.*\))$/.test(line))
    return false;
  const { open, surplus } = scan(line.replace(/^\s*\}/, ''), place.language);
  return open.length === 0 && surplus.length === 0;
}

/** The head of a function in C at the margin: words for its type, or these alone on their line. */
export function beginsFunction(text: string, { language }: Place): boolean {
  return (
    language.preprocessor &&
    /^(?:static(?: [\w* ]+)?|(?!return\b|else\b|goto\b)(?:[A-Za-z_]\w*[ *]+)+[A-Za-z_]\w*\([^;=]*)$/.test(
      text,
    )
  );
}
