import { expectedBelow } from './columns.ts';
import { isDirective, isOpen, opensBlock, opensStatement } from './lineKinds.ts';
import { onceAPlace } from './once.ts';
import { indentOf, isBlank } from './piece.ts';
import { columnOf, isHalved, type Place } from './place.ts';
import { scan } from './scan.ts';

/** How the document indents. */
export interface Style {
  /** What the document's lines begin with, where they agree. */
  readonly kind: 'tabs' | 'spaces' | 'halved' | 'mixed';
  readonly unit: number;
}

/** What the document indents with. */
export const styleOf = onceAPlace((place): Style => {
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
  // Go's own formatter indents with tabs.
  if (tabs + spaces === 0 && place.site.snapshot.languageId === 'go') tabs++;
  const halved = tabs > 0 && spaces > 0 && isHalved([...place.above, ...place.below]);
  const kind = halved
    ? 'halved'
    : tabs > 0 && spaces <= tabs * 0.05
      ? 'tabs'
      : spaces > 0 && tabs === 0
        ? 'spaces'
        : 'mixed';
  // Continued lines may be indented twice, and be more than the others.
  return { kind, unit: place.unitWidth === 4 && odd > spaces * 0.15 ? 2 : place.unitWidth };
});

/** The lines with the document's kind of white space. */
export function inStyle(
  lines: readonly string[],
  first: string,
  style: Style,
  own: number,
  fresh: boolean,
  place: Place,
): string[] {
  if (style.kind === 'halved')
    return lines.map((line) =>
      /^ {8}/.test(line) && !isBlank(line) ? tabbed(indentOf(line).length, 8) + line.trimStart() : line,
    );
  const other = style.kind === 'tabs' ? /^ {2,}[^\s*]/ : /^\t/;
  const kept = style.kind === 'tabs' ? continued(lines, first, place) : new Set<number>();
  const line =
    style.kind === 'mixed'
      ? undefined
      : lines.find((line, index) => other.test(line) && !isBlank(line) && !kept.has(index));
  if (line === undefined && (style.kind !== 'tabs' || !lines.some((line) => /^ {2,}\*/.test(line))))
    return [...lines];
  const level =
    line === undefined || place.inside !== undefined ? 0 : levelOf(line, first, own, fresh, place);
  const unit =
    style.kind === 'tabs' ? spacesOf(line ?? '', level / place.tabWidth) : tabOf(line ?? '', level, style);
  return lines.map((line, index) => (isBlank(line) || kept.has(index) ? line : withStyle(line, style, unit)));
}

/**
 * Which of the lines are indented with spaces though tabs are the document's way: in C, those that go on at the margin between
 * parentheses, four spaces in where the document does so or below what follows the parenthesis, and those that go on with a directive.
 */
function continued(lines: readonly string[], first: string, place: Place): Set<number> {
  const found = new Set<number>();
  if (!place.language.preprocessor) return found;
  const all = [`${place.linePrefix}${first}`, ...lines];
  let column = parenthesisColumn(place);
  for (const [index, line] of lines.entries()) {
    const above = all[index] ?? '';
    const { open, surplus } = scan(above, place.language);
    const last = open.at(-1);
    if (last !== undefined)
      column = last.bracket === '(' && indentOf(above) === '' ? behind(above, last.offset) : undefined;
    else if (surplus.length > 0) column = undefined;
    const width = /^ +(?=\S)/.exec(line)?.[0].length ?? 0;
    if (column !== undefined && (width === column || (width === 4 && continuesWithSpaces(place))))
      found.add(index);
    if (isDirective(above, place) && above.trimEnd().endsWith('\\')) found.add(index);
  }
  return found;
}

/** The column of what follows the parenthesis around the caret that was opened at the margin. */
function parenthesisColumn({ enclosing, above, linePrefix }: Place): number | undefined {
  const around = enclosing.at(-1);
  if (around?.bracket !== '(' || around.column > 0) return undefined;
  const text = [...above, linePrefix].join('\n');
  const start = text.lastIndexOf('\n', around.offset) + 1;
  return behind(text.slice(start).split('\n')[0] ?? '', around.offset - start);
}

/** The column behind a bracket, where something follows it on its line; else 0. */
function behind(line: string, offset: number): number {
  return isBlank(line.slice(offset + 1)) ? 0 : offset + 1;
}

/** Heads of functions and calls go on four spaces in more often than a tab. */
const continuesWithSpaces = onceAPlace((place): boolean => {
  let spaces = 0;
  let tabs = 0;
  let last = '';
  for (const line of [...place.above, '', ...place.below]) {
    const indent = indentOf(last);
    const deeper = line.startsWith(indent) ? line.slice(indent.length) : '';
    if (/[,(&|=+]$/.test(last) && /^ {4}["&(*\w]/.test(deeper)) spaces++;
    else if (/\([^)]*,$/.test(last) && deeper.startsWith('\t')) tabs++;
    last = line;
  }
  return spaces > tabs;
});

/** The column at which the first indented line of the answer can be expected. */
function levelOf(line: string, first: string, own: number, fresh: boolean, place: Place): number {
  const closes = /^\s*[)\]}]/.test(line);
  if (fresh && (closes || !opensBlock(place.linePrefix, place)))
    return opensStatement(place.linePrefix, place)
      ? own + place.unitWidth
      : expectedBelow(line.trim(), own, place);
  const start = fresh || !isBlank(place.linePrefix) ? own : own + columnOf(indentOf(first), place.tabWidth);
  const opens = fresh || opensBlock(first, place) || isOpen(first, place) || opensStatement(first, place);
  return opens && !closes ? start + place.unitWidth : start;
}

/** The spaces that the answer takes for a level of indentation, where so many levels can be expected or, going on, one more. */
function spacesOf(line: string, levels: number): number {
  const spaces = indentOf(line).length;
  for (const units of [[2, 4, 8], [3]]) {
    for (const more of [0, 1]) {
      const unit = spaces / Math.max(1, Math.round(levels) + more);
      if (units.includes(unit)) return unit;
    }
  }
  return spaces % 4 === 0 ? 4 : 2;
}

/** The columns that the answer takes a tab for. */
function tabOf(line: string, level: number, style: Style): number {
  const unit = level / (/^\t*/.exec(line)?.[0].length ?? 1);
  return [2, 4, 8].includes(unit) ? unit : style.unit;
}

/** A line with the document's kind of white space; `unit` is how many spaces stand for one tab. */
function withStyle(line: string, style: Style, unit: number): string {
  const indent = indentOf(line);
  const text = line.slice(indent.length);
  if (style.kind === 'spaces' && indent.includes('\t'))
    return indent.replaceAll('\t', ' '.repeat(unit)) + text;
  if (style.kind !== 'tabs' || !/^ {2,}/.test(indent)) return line;
  // The stars of a comment stand a space in.
  const rest = text.startsWith('*') ? ' '.repeat(indent.length % unit) : '';
  return '\t'.repeat(Math.floor(indent.length / unit)) + rest + text;
}

/** White space that leads to a column, in the document's way. */
export function indentFor(column: number, place: Place, style: Style): string {
  const own = indentOf(`${place.linePrefix}x`);
  if (columnOf(own, place.tabWidth) === column) return own;
  return style.kind === 'tabs' || style.kind === 'halved'
    ? tabbed(column, place.tabWidth)
    : ' '.repeat(column);
}

/** Tabs of so many columns, and spaces for what is left. */
function tabbed(column: number, tabWidth: number): string {
  return '\t'.repeat(Math.floor(column / tabWidth)) + ' '.repeat(column % tabWidth);
}
