import { isOpen, opensBlock } from './columns.ts';
import { indentOf, isBlank } from './piece.ts';
import { columnOf, type Place } from './place.ts';

/** How the document indents. */
export interface Style {
  /** What the document's lines begin with, where they agree. */
  readonly kind: 'tabs' | 'spaces' | 'mixed';
  readonly unit: number;
}

const styles = new WeakMap<Place, Style>();

/** What the document indents with. */
export function styleOf(place: Place): Style {
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
  // Go's own formatter indents with tabs.
  if (tabs + spaces === 0 && place.site.snapshot.languageId === 'go') tabs++;
  const kind = tabs > 0 && spaces <= tabs * 0.05 ? 'tabs' : spaces > 0 && tabs === 0 ? 'spaces' : 'mixed';
  // Continued lines may be indented twice, and be more than the others.
  const style: Style = { kind, unit: place.unitWidth === 4 && odd > spaces * 0.15 ? 2 : place.unitWidth };
  styles.set(place, style);
  return style;
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
export function indentFor(column: number, place: Place, style: Style): string {
  const own = indentOf(`${place.linePrefix}x`);
  if (columnOf(own, place.tabWidth) === column) return own;
  const tabs = style.kind === 'tabs' ? Math.floor(column / place.tabWidth) : 0;
  return '\t'.repeat(tabs) + ' '.repeat(column - tabs * place.tabWidth);
}
