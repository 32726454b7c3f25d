import { continued } from './alignedLines.ts';
import { expectedBelow, expectedColumn } from './columns.ts';
import { isOpen, opensBlock, opensStatement } from './lineKinds.ts';
import { onceAPlace } from './once.ts';
import { indentOf, isBlank } from './piece.ts';
import { columnOf, hasHalves, isHalved, type Place } from './place.ts';

/** How the document indents. */
export interface Style {
  /** What the document's lines begin with, where they agree. */
  readonly kind: 'tabs' | 'spaces' | 'halved' | 'mixed';
  readonly unit: number;
  /** Only the lines around the caret agree. */
  readonly near?: boolean;
}

/** So many indented lines above and below the caret say how it is indented here, where the document does not; at least so many. */
const nearAbove = 8;
const nearBelow = 4;
const nearLeast = 3;

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
  const unit = place.unitWidth === 4 && odd > spaces * 0.15 ? 2 : place.unitWidth;
  const here = kind === 'mixed' ? nearKind(place) : undefined;
  return here === undefined ? { kind, unit } : { kind: here, unit, near: true };
});

/** What the lines around the caret begin with, where they agree. */
function nearKind({ above, linePrefix, below }: Place): 'tabs' | 'spaces' | 'halved' | undefined {
  const own = isBlank(linePrefix) && linePrefix !== '' ? [`${linePrefix}x`] : [linePrefix];
  // What stands above a head at the margin is of another function.
  const head = above.findLastIndex((line) => /^\w.*[^:\s]\s*$/.test(line));
  const before = [...above.slice(head + 1), ...own].filter((line) => isIndented(line)).slice(-nearAbove);
  const around = [...before, ...below.filter((line) => isIndented(line)).slice(0, nearBelow)];
  if (around.length < nearLeast) return undefined;
  if (hasHalves([...above, ...below]) && isHalfTabbed(around)) return 'halved';
  if (around.every((line) => line.startsWith('\t'))) return 'tabs';
  return around.every((line) => /^ +\S/.test(line)) ? 'spaces' : undefined;
}

/** All lines stand at tabs, or four spaces behind one or the margin, and some of them at tabs. */
function isHalfTabbed(lines: readonly string[]): boolean {
  return lines.every((line) => /^\t*(?: {4})?\S/.test(line)) && lines.some((line) => line.startsWith('\t'));
}

/** The line stands in from the margin, and is no star of a comment. */
function isIndented(line: string): boolean {
  return /^\t|^ {2,}[^*\s]/.test(line) && !isBlank(line);
}

/** The lines with the document's kind of white space. */
export function inStyle(
  lines: readonly string[],
  first: string,
  style: Style,
  own: number,
  fresh: boolean,
  place: Place,
): string[] {
  if (style.kind === 'halved' && style.near === true && lines.some((line) => line.startsWith('\t')))
    return [...lines];
  if (style.kind === 'halved')
    return lines.map((line) =>
      /^ {8}/.test(line) && !isBlank(line) ? tabbed(indentOf(line).length, 8) + line.trimStart() : line,
    );
  if (style.near === true && isBoth([first, ...lines], style, place)) return [...lines];
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
  return lines.map((line, index) =>
    isBlank(line) || kept.has(index) ? line : withStyle(line, style, unit, place),
  );
}

/** Where the document has both kinds, an answer with some of each is as it should be, and one that begins at the margin in its own. */
function isBoth(lines: readonly string[], style: Style, { linePrefix }: Place): boolean {
  if (linePrefix === '' && indentOf(lines[0] ?? '') !== '') return true;
  const own = style.kind === 'tabs' ? /^\t/ : /^ {2}/;
  return lines.some((line) => own.test(line) && !isBlank(line));
}

/** Lines that begin at the margin, with the document's kind of white space: the first one is indented too. */
export function fromMarginInStyle(lines: readonly string[], style: Style, place: Place): readonly string[] {
  const first = lines[0] ?? '';
  const other = style.kind === 'tabs' ? /^ {2,}[^\s*]/ : style.kind === 'spaces' ? /^\t+[^\s*]/ : undefined;
  const inString = place.inside !== undefined && place.inside !== '*/' && place.inside.length < 3;
  if (style.near === true || inString || other?.test(first) !== true) return lines;
  const kept = style.kind === 'tabs' ? continued(lines, '', place) : new Set<number>();
  if (kept.has(0)) return lines;
  const level = expectedColumn(first.trim(), place);
  const unit = style.kind === 'tabs' ? spacesOf(first, level / place.tabWidth) : tabOf(first, level, style);
  return lines.map((line, index) =>
    isBlank(line) || kept.has(index) ? line : withStyle(line, style, unit, place),
  );
}

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
function withStyle(line: string, style: Style, unit: number, { language }: Place): string {
  const indent = indentOf(line);
  const text = line.slice(indent.length);
  if (style.kind === 'spaces' && indent.includes('\t'))
    return indent.replaceAll('\t', ' '.repeat(unit)) + text;
  if (style.kind !== 'tabs' || !/^ {2,}/.test(indent)) return line;
  // The stars of a comment stand a space in, and C aligns with spaces.
  const rest = text.startsWith('*') || language.preprocessor ? ' '.repeat(indent.length % unit) : '';
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
