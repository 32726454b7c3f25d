import { type Filter, indentOf, isBlank } from './piece.ts';
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
    const first = blank ? firstLine(lines[0] ?? '', own) : (lines[0] ?? '');
    const style = styleOf(place);
    const rest = lines.slice(1).map((line) => inStyle(line, style));
    const index = rest.findIndex((line) => !isBlank(line));
    if (index < 0) return { ...piece, text: lead + [first, ...rest].join('\n') };
    // The first line below decides whether the base is lost; it must be there as a whole.
    const undecided = !piece.closed && index === rest.length - 1;
    const target = rest[index] ?? '';
    const shift = shiftFor(first, target, place, own);
    if (undecided && (shift !== 0 || isBlank(target))) return { ...piece, text: lead + first };
    const base = shift === 0 ? '' : indentFor(shift, place, style);
    const shifted = rest.map((line) => (isBlank(line) ? line : base + line));
    return { ...piece, text: lead + [first, ...shifted].join('\n') };
  },
};

/** Takes the blank lines off the front; their number. */
function takeBlanks(lines: string[]): number {
  const count = lines.findIndex((line) => !isBlank(line));
  lines.splice(0, count);
  return count;
}

/** The first line, at a caret that has only white space before it: what it repeats of that white space goes. */
function firstLine(line: string, own: number): string {
  const indent = indentOf(line);
  if (indent === '' || own === 0) return line;
  return line.slice(indent.length);
}

/** By how many columns the lines after the first one are too far left. */
function shiftFor(first: string, target: string, place: Place, own: number): number {
  const column = columnOf(indentOf(target), place.tabWidth);
  const text = target.trim();
  const fresh = isBlank(first) && !isBlank(place.linePrefix);
  const start = isBlank(place.linePrefix) ? own + columnOf(indentOf(first), place.tabWidth) : own;
  if (start === 0 && !fresh) return 0;
  if (/^[)\]}#]/.test(text) && !isOpen(first, place)) return 0;
  const opens = fresh
    ? opensBlock(place.linePrefix, place)
    : opensBlock(first, place) || isOpen(first, place);
  const unit = place.unitWidth;
  if (opens) {
    const expected = /^[)\]}]/.test(text) ? start : start + unit;
    if (/^(?:case\b|default:|public:|private:|protected:|\w+:$)/.test(text))
      return column < start ? start - column : 0;
    if (column >= start + 1 || (column === start && !fresh && column !== unit && column !== 0)) return 0;
    if (expected === column) return 0;
    if (!fresh) return start;
    return column === 0 ? expected : column === unit && start >= 2 * unit ? start : 0;
  }
  if (column >= start) return 0;
  // Less deep without anything closed: a lost base, unless a definition of an outer scope begins here.
  return column === 0 && !beginsDefinition(text) ? start : 0;
}

/** The line leaves a bracket open. */
function isOpen(line: string, place: Place): boolean {
  return scan(line, place.language, place.inside).open.length > 0;
}

function opensBlock(line: string, place: Place): boolean {
  const end = line.trimEnd();
  return /[{([]$/.test(end) || (place.language.offside && end.endsWith(':'));
}

/** The beginning of a function, type or directive at the top of a file. */
export function beginsDefinition(text: string): boolean {
  return /^(?:(?:export|public|private|protected|static|async|abstract|final|extern|inline)\b|def\b|class\b|func\b|fn\b|function\b|type\b|struct\b|interface\b|enum\b|impl\b|import\b|from\b|package\b|#|@|if __name__)/.test(
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
  for (const line of [...place.above, place.linePrefix, ...place.below]) {
    if (line.startsWith('\t')) tabs++;
    else if (/^ {2,}[^*\s]/.test(line)) spaces++;
  }
  const kind = tabs > 0 && spaces <= tabs * 0.05 ? 'tabs' : spaces > 0 && tabs === 0 ? 'spaces' : 'mixed';
  const style: Style = { kind, unit: place.unitWidth };
  styles.set(place, style);
  return style;
}

/** A line with the document's kind of white space. */
function inStyle(line: string, style: Style): string {
  const indent = indentOf(line);
  if (style.kind === 'spaces' && indent.includes('\t')) {
    return indent.replaceAll('\t', ' '.repeat(style.unit)) + line.slice(indent.length);
  }
  if (style.kind === 'tabs' && /^ {2,}/.test(indent) && !line.slice(indent.length).startsWith('*')) {
    const unit = indent.length % 4 === 0 ? 4 : 2;
    return '\t'.repeat(Math.floor(indent.length / unit)) + line.slice(indent.length);
  }
  return line;
}

/** White space that leads to a column, in the document's way. */
function indentFor(column: number, place: Place, style: Style): string {
  const own = indentOf(`${place.linePrefix}x`);
  if (columnOf(own, place.tabWidth) === column) return own;
  return style.kind === 'tabs' ? '\t'.repeat(Math.round(column / place.tabWidth)) : ' '.repeat(column);
}
