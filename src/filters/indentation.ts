import { isComment } from './english.ts';
import { type Filter, firstWord, indentOf, isBlank } from './piece.ts';
import { columnOf, type Place } from './place.ts';
import { scan } from './scan.ts';

/** Puts the indentation right by comparison with the document: a lost base, tabs for spaces or spaces for tabs, a repeated indent. */
export const indentation: Filter = {
  name: 'indentation',
  reason: 'nothing-answered',
  apply(piece, place) {
    const own = columnOf(indentOf(`${place.linePrefix}x`), place.tabWidth);
    const blank = isBlank(place.linePrefix);
    const lines = piece.text.split('\n');
    if (lines.every(isBlank)) return { ...piece, text: '' };
    const blanks = blank ? takeBlanks(lines) : 0;
    const lead =
      place.linePrefix === '' ? '\n'.repeat(Math.min(blanks, isBlank(place.above.at(-1) ?? '') ? 1 : 2)) : '';
    const style = styleOf(place);
    // The first line with something on it, and the next one, decide whether the base is lost; the latter must be there as a whole.
    const fresh = !blank && isBlank(lines[0] ?? '');
    const begun = !piece.closed && lines.length === 1 && /^\s*\S\w*:?\s*$/.test(lines[0] ?? '');
    if (
      (begun || (!piece.closed && lines.length === 1 && methodBegun.test(lines[0] ?? ''))) &&
      place.linePrefix === ''
    )
      return { ...piece, text: '' };
    const margin = place.linePrefix === '' ? expectedColumn(lines[0] ?? '', place) : 0;
    const first = blank ? firstLine(lines[0] ?? '', own, margin, place, style) : (lines[0] ?? '');
    const rest = inStyle(lines.slice(1), lines[0] ?? '', style, own, fresh, place);
    const index = rest.findIndex((line) => !isBlank(line));
    if (index < 0) return { ...piece, text: lead + [first, ...rest].join('\n') };
    const undecided = !piece.closed && index === rest.length - 1;
    const target = rest[index] ?? '';
    const shift = first === lines[0] || own > 0 ? shiftFor(first, target, place, own, fresh) : margin;
    if (undecided && (shift !== 0 || isBlank(target) || /^\s*\w+:?\s*$/.test(target)))
      return { ...piece, text: `${lead}${first}\n` };
    const base = shift <= 0 ? '' : indentFor(shift, place, style);
    const shifted = rest.map((line) => {
      if (isBlank(line)) return line;
      return shift < 0 ? withoutColumns(line, -shift, place) : base + line;
    });
    return { ...piece, text: lead + [first, ...shifted].join('\n') };
  },
};

/** Its first parameter tells whether it is a method. */
const methodBegun = /^\s*(?:async )?(?:d|de|def|def \w*\(?\w*)$/;

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

/** The column at which a line between the line above and the line below stands, where that is beyond doubt and not the margin; else 0. */
function expectedColumn(line: string, place: Place): number {
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

/** By how many columns the lines after the first one are too far left; too far right below nothing. */
function shiftFor(first: string, target: string, place: Place, own: number, fresh: boolean): number {
  const column = columnOf(indentOf(target), place.tabWidth);
  const text = target.trim();
  const start = isBlank(place.linePrefix) ? own + columnOf(indentOf(first), place.tabWidth) : own;
  if (start === 0 && !fresh) return 0;
  if ((/^[)\]}]/.test(text) && !isOpen(first, place)) || isDirective(text, place)) return 0;
  const above = fresh ? place.linePrefix.trimStart() : first.trimStart();
  if (text.startsWith('*/') && column === openerColumn(place)) return 0;
  if (above.startsWith('/*') && text.startsWith('*'))
    return column === start + 1 + own ? -own : Math.max(0, start + 1 - column);
  if (place.inside === '*/' && above.startsWith('*') && text.startsWith('*') && column > start)
    return start - column;
  // What follows a comment stands below its beginning.
  if (place.inside === '*/' && above.startsWith('*/') && column < start)
    return column < start - 1 ? start - 1 : 0;
  const inText = place.inside !== undefined && place.inside !== '\n';
  const head = fresh ? place.linePrefix : first;
  const opens =
    (!inText && opensBlock(head, place)) ||
    (!fresh && isOpen(first, place)) ||
    (!inText && !text.startsWith('{') && opensStatement(head, place));
  const unit = place.unitWidth;
  if (!opens) {
    const within = fresh && isGotoLabel(head, place) ? blockColumn(place) : undefined;
    if (within !== undefined && column < within) return within - column;
    if (column > start && column === start + own && isWhole(first, place)) return -own;
    if (column >= start) return 0;
    // Less deep without anything closed: a lost base, unless a definition of an outer scope begins here.
    const around = place.enclosing.at(-1);
    const outside = !fresh && around?.bracket === '{' && column <= around.column && start > around.column;
    if (column > 0) return outside ? start : 0;
    if (fresh) return expectedBelow(text, start, place);
    return beginsDefinition(text) && !beginsDefinition(first.trim()) ? 0 : start;
  }
  if (isLabel(text, place)) return column >= start ? 0 : column === unit ? start : start - column;
  const doubled = column > start + unit && column === start + unit + own;
  if (doubled && opensBlock(head, place) && !isOpenCall(head) && !/^\s*[|&?:]/.test(head)) return -own;
  if (column > start) return isAligned(first, column, place) ? start : 0;
  if (fresh) return column === 0 ? start + unit : column === unit && start >= 2 * unit ? start : 0;
  if (/^[)\]}]/.test(text)) return start - column;
  return column === unit || (column < start && column <= 2 * unit) ? start : 0;
}

/** The column of the line on which the block comment around the caret begins; undefined in a comment that lines with stars make. */
function openerColumn(place: Place): number | undefined {
  if (place.inside !== '*/' || /^\s*\*/.test(place.linePrefix)) return undefined;
  const opener = place.above.findLast((line) => line.includes('/*'));
  return opener === undefined ? undefined : columnOf(indentOf(opener), place.tabWidth);
}

/** Nothing of the statement is left for the next line. */
function isWhole(first: string, place: Place): boolean {
  const line = first.trimEnd();
  if (isComment(line.trimStart(), place.language) || place.inside !== undefined) return false;
  return /[;}]$/.test(line) || (place.language.offside && /[\w)\]"']$/.test(line));
}

/** The line ends with a bracket that opens a list or a call. */
function isOpenCall(line: string): boolean {
  return /[([]$/.test(line.trimEnd());
}

/** The column of statements in the braces around the caret; undefined in other brackets, and where blocks have none. */
function blockColumn(place: Place): number | undefined {
  const around = place.enclosing.at(-1);
  return around?.bracket === '{' && !place.language.offside ? around.column + place.unitWidth : undefined;
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

/** A line of the preprocessor stands where it likes. */
function isDirective(line: string, place: Place): boolean {
  return place.language.preprocessor && line.trimStart().startsWith('#');
}

/** The column of a line on its own below the caret's line: that of the next line, where it is of the same kind, else the caret's. */
function expectedBelow(text: string, own: number, place: Place): number {
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
function isLabel(text: string, { language }: Place): boolean {
  return !language.offside && /^(?:case\b|default:|public:|private:|protected:|\w+:$)/.test(text);
}

/** A label of C's that jumps lead to. */
function isGotoLabel(line: string, { language }: Place): boolean {
  return language.preprocessor && /^\s*(?!default\b)\w+:\s*$/.test(line);
}

/** The line leaves a bracket open. */
function isOpen(line: string, place: Place): boolean {
  return scan(line, place.language, place.inside).open.length > 0;
}

/** A condition or loop without a brace, in languages that have braces: one statement belongs to it. */
function opensStatement(line: string, place: Place): boolean {
  if (place.language.offside || !/^\s*(?:\} )?(?:else|(?:else )?(?:if|for|while) ?\(.*\))$/.test(line))
    return false;
  const { open, surplus } = scan(line.replace(/^\s*\}/, ''), place.language);
  return open.length === 0 && surplus.length === 0;
}

function opensBlock(line: string, place: Place): boolean {
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

interface Style {
  /** What the document's lines begin with, where they agree. */
  readonly kind: 'tabs' | 'spaces' | 'mixed';
  readonly unit: number;
}

const styles = new WeakMap<Place, Style>();

/** What the document indents with. */
function styleOf(place: Place): Style {
  const known = styles.get(place);
  if (known !== undefined) return known;
  let tabs = 0;
  let spaces = 0;
  let odd = 0;
  for (const line of [...place.above, place.linePrefix, ...place.below]) {
    if (line.startsWith('\t')) tabs++;
    else if (/^ {2,}[^*\s]/.test(line)) {
      spaces++;
      if (indentOf(line).length % 4 === 2) odd++;
    }
  }
  const kind = tabs > 0 && spaces <= tabs * 0.05 ? 'tabs' : spaces > 0 && tabs === 0 ? 'spaces' : 'mixed';
  // Continued lines may be indented twice, and be more than the others.
  const style: Style = { kind, unit: place.unitWidth === 4 && odd > spaces * 0.15 ? 2 : place.unitWidth };
  styles.set(place, style);
  return style;
}

/** The lines with the document's kind of white space. */
function inStyle(
  lines: readonly string[],
  first: string,
  style: Style,
  own: number,
  fresh: boolean,
  place: Place,
): string[] {
  if (style.kind === 'mixed') return [...lines];
  const spaced = lines.find((line) => /^ {2,}[^\s*]/.test(line));
  const unit = spaced === undefined ? 4 : unitOfAnswer(spaced, first, own, fresh, place);
  return lines.map((line) => (isBlank(line) ? line : withStyle(line, style, unit)));
}

/** The spaces that the answer takes for a level of indentation: its first indented line tells, as its level can be expected. */
function unitOfAnswer(line: string, first: string, own: number, fresh: boolean, place: Place): number {
  const spaces = indentOf(line).length;
  const base = own / place.tabWidth;
  const opens = fresh
    ? opensBlock(place.linePrefix, place)
    : opensBlock(first, place) || isOpen(first, place);
  const levels = base + (opens && !/^\s*[)\]}]/.test(line) ? 1 : 0);
  const unit = spaces / Math.max(1, levels);
  if ([2, 3, 4, 8].includes(unit)) return unit;
  return spaces % 4 === 0 ? 4 : 2;
}

/** A line with the document's kind of white space. */
function withStyle(line: string, style: Style, unit: number): string {
  const indent = indentOf(line);
  if (style.kind === 'spaces' && indent.includes('\t')) {
    return indent.replaceAll('\t', ' '.repeat(style.unit)) + line.slice(indent.length);
  }
  if (style.kind === 'tabs' && /^ {2,}/.test(indent) && !line.slice(indent.length).startsWith('*')) {
    return '\t'.repeat(Math.floor(indent.length / unit)) + line.slice(indent.length);
  }
  return line;
}

/** White space that leads to a column, in the document's way. */
function indentFor(column: number, place: Place, style: Style): string {
  const own = indentOf(`${place.linePrefix}x`);
  if (columnOf(own, place.tabWidth) === column) return own;
  const tabs = style.kind === 'tabs' ? Math.floor(column / place.tabWidth) : 0;
  return '\t'.repeat(tabs) + ' '.repeat(column - tabs * place.tabWidth);
}
