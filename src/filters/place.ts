import type { Site } from '../core/site.ts';
import { lineEndAt, lineStartAt } from '../core/snapshot.ts';
import { type Closer, closedBeyond, matchClosers } from './closers.ts';
import { type Language, languageOf } from './language.ts';
import { onceAPlace } from './once.ts';
import { indentOf, isBlank } from './piece.ts';
import { type Open, type Scan, scan } from './scan.ts';

/** How far around the caret the filters look, in characters: a long function each way. */
const windowBefore = 10_000;
const windowAfter = 5_000;

/** How far before that they follow strings and comments: most files as a whole. Characters; 100,000 take a quarter of a millisecond. */
const scanBefore = 200_000;

/** A bracket that is open at the caret. */
export interface Enclosing extends Open {
  /** Columns of white space before the line it stands on. */
  readonly column: number;
  /** It stands on the caret's own line. */
  readonly onLine: boolean;
  /** What closes it already: the rest of the caret's line, a line below, or nothing yet. */
  readonly closed: 'beside' | 'below' | undefined;
}

/** What the filters ask about the caret's surroundings, worked out once for each place. */
export interface Place {
  readonly site: Site;
  readonly language: Language;
  /** The caret's line up to the caret, and from it. */
  readonly linePrefix: string;
  readonly lineSuffix: string;
  /** Whole lines above and below the caret's line, within a window, without `\r`; top to bottom. */
  readonly above: readonly string[];
  readonly below: readonly string[];
  /** The line breaks of the document. */
  readonly eol: '\n' | '\r\n';
  /** Columns of one level of indentation, and of a tab. */
  readonly unitWidth: number;
  readonly tabWidth: number;
  /** The end mark of the string or comment that the caret is in, as in `Scan`. */
  readonly inside: string | undefined;
  /** The same for the start of the caret's line. */
  readonly insideLine: string | undefined;
  /** Brackets open at the caret, outermost first. */
  readonly enclosing: readonly Enclosing[];
  /** True if `enclosing` begins at the top of the file, so that a bracket that closes nothing in it closes nothing. */
  readonly fromTop: boolean;
  /** Columns of the closing braces below that wait for an opening brace which the answer has to bring. */
  readonly awaited: readonly number[];
  /** The answer is read on past the statement that it ends: what follows serves the next suggestion. */
  readonly goesOn?: boolean;
}

const places = new WeakMap<Site, Place>();

/** The place of a site; computed once. */
export function placeOf(site: Site): Place {
  const known = places.get(site);
  if (known !== undefined) return known;
  const place = look(site);
  places.set(site, place);
  return place;
}

function look(site: Site): Place {
  const { text, caret, languageId, indentUnit } = site.snapshot;
  const language = languageOf(languageId);
  const lineStart = lineStartAt(text, caret);
  const lineEnd = lineEndAt(text, caret);
  const linePrefix = text.slice(lineStart, caret);
  const lineSuffix = text.slice(caret, lineEnd);
  const first = text.indexOf('\n');
  const start = windowStart(text, lineStart);
  const before = text.slice(start, lineStart).replaceAll('\r\n', '\n');
  const after = text.slice(lineEnd, lineEnd + windowAfter).replaceAll('\r\n', '\n');
  const above = before === '' ? [] : before.slice(0, -1).split('\n');
  const below = after === '' ? [] : after.split('\n').slice(1);
  const halved = hasHalves([...above, ...below]);
  const unitWidth = halved
    ? 4
    : (unitOf([...above, `${linePrefix}x`, ...below]) ??
      (indentUnit === '\t' ? 4 : Math.max(1, indentUnit.length)));
  const tabWidth = halved
    ? 8
    : above.some((line) => line.startsWith('\t')) || indentUnit === '\t' || languageId === 'go'
      ? 4
      : 8;
  // A window may begin within a comment or a string of several lines.
  const startsInside = scan(text.slice(Math.max(0, start - scanBefore), start), language).inside;
  const whole = scan(before + linePrefix, language, startsInside);
  const scanned = start === 0 ? whole : trusted(whole, site, language);
  const rest = scan(lineSuffix + after, language, scanned.inside);
  const closers = rest.surplus.map((surplus) => closerAt(surplus.bracket, surplus.offset));
  const { enclosing, awaited } = matchClosers(
    scanned.open.map((open) => opened(open)),
    closers,
  );
  return {
    site,
    language,
    linePrefix,
    lineSuffix,
    above,
    below,
    eol: first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n',
    unitWidth,
    tabWidth,
    inside: scanned.inside,
    insideLine: scan(before, language, startsInside).inside,
    enclosing: lineEnd + windowAfter < text.length ? closedBeyond(enclosing) : enclosing,
    fromTop: start === 0 && !scanned.crossed && scanned.surplus.length === 0,
    awaited,
  };

  function opened(open: Open): Enclosing {
    const all = before + linePrefix;
    const line = all.slice(statementStart(all, open.offset, language), open.offset);
    return {
      ...open,
      column: columnOf(indentOf(`${line}x`), tabWidth),
      onLine: open.offset >= before.length,
      closed: undefined,
    };
  }

  function closerAt(bracket: string, offset: number): Closer {
    const all = lineSuffix + after;
    const from = lineStartAt(all, offset);
    const line = all.slice(from, lineEndAt(all, offset));
    const beside = from === 0;
    return {
      bracket,
      beside,
      leading: !beside && /^[\s)\]}]*$/.test(all.slice(from, offset)),
      column: columnOf(indentOf(beside ? linePrefix || line : line), tabWidth),
    };
  }
}

/** How many lines a head may have. */
const headLines = 12;

/** The start of the line that a bracket stands on, or of the one where a head of several lines begins, which it ends. */
function statementStart(text: string, offset: number, language: Language): number {
  const own = lineStartAt(text, offset);
  if (text[offset] !== '{') return own;
  let start = own;
  for (let lines = 0; lines < headLines; lines++) {
    const first = scan(text.slice(start, offset), language).surplus[0];
    if (first === undefined) return start;
    if (first.bracket !== ')' || start === 0) return own;
    start = lineStartAt(text, start - 1);
  }
  return own;
}

/** Where the window begins within a string or comment, all is taken for its opposite: the grammar knows better. */
function trusted(scanned: Scan, site: Site, language: Language): Scan {
  const { inside } = scanned;
  const long = inside !== undefined && (language.longQuotes.includes(inside) || inside === '*/');
  return site.zone === 'code' && long && !isWithinText(site, inside)
    ? { open: [], surplus: [], inside: undefined, crossed: true }
    : scanned;
}

/** From the top of the file the caret is in a comment or long string: a grammar cannot tell while its end is not there. */
function isWithinText(site: Site, inside: string): boolean {
  const before = site.snapshot.text.slice(0, site.snapshot.caret);
  if (inside === '*/') return before.lastIndexOf('/*') > before.lastIndexOf('*/');
  return inside.length > 1 && before.split(inside).length % 2 === 0;
}

/** The start of the window before the caret: the top, or a line that begins at the margin. */
function windowStart(text: string, lineStart: number): number {
  if (lineStart <= windowBefore) return 0;
  const margin = /\n(?=[^\s)\]}])/g;
  margin.lastIndex = lineStart - windowBefore;
  const found = margin.exec(text);
  return found === null || found.index >= lineStart
    ? lineStartAt(text, lineStart - windowBefore)
    : found.index + 1;
}

/**
 * The most frequent step from one line's white space to a deeper one's, in columns with tabs of four; undefined if there is none. Steps
 * into a block count, others only where there are none of these.
 */
function unitOf(lines: readonly string[]): number | undefined {
  const blocks = new Map<number, number>();
  const others = new Map<number, number>();
  let last = '';
  for (const line of lines) {
    if (isBlank(line) || /^\s*\*/.test(line)) continue;
    const step = columnOf(indentOf(line), 4) - columnOf(indentOf(last), 4);
    const counts = /[{:]\s*$|=>\s*$/.test(last) ? blocks : others;
    if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1);
    last = line;
  }
  const counts = blocks.size > 0 ? blocks : others;
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** A level is four spaces, and two of them are a tab: so many older sources in C are indented. */
export function isHalved(lines: readonly string[]): boolean {
  return hasHalves(lines) && !lines.some((line) => /^ {8}/.test(line));
}

/** Some lines are indented so. */
export function hasHalves(lines: readonly string[]): boolean {
  const single = lines.filter((line) => /^ {4}\S/.test(line)).length;
  const tabs = lines.filter((line) => /^\t\S/.test(line)).length;
  return tabs > 0 && single * 4 >= tabs && lines.some((line) => /^\t {4}\S/.test(line));
}

/** A statement may begin at the caret: what is between other brackets, or goes on from the line above, may begin with a sign or a string. */
export function isStatement({ language, enclosing, site, inside, linePrefix, above }: Place): boolean {
  if (site.zone !== 'code' || inside !== undefined || !isBlank(linePrefix)) return false;
  const around = enclosing.at(-1);
  if (around !== undefined && around.bracket !== '{') return false;
  const before = (above.findLast((line) => !isBlank(line)) ?? '').trimEnd();
  return language.offside ? !/[-+*/%,(=[{\\]$/.test(before) : !/[-+*%,(=[&|?]$/.test(before);
}

/** The caret stands at the end of a line behind the backslash with which a string goes on in the next line, at the margin. */
export function isContinuedString({ inside, language, linePrefix, lineSuffix }: Place): boolean {
  return (
    inside !== undefined && language.quotes.includes(inside) && /\\$/.test(linePrefix) && isBlank(lineSuffix)
  );
}

/** The caret is in a string of several lines of which some stand at the margin: they stand as they are written, not as the code does. */
export const isFlushString = onceAPlace(({ inside, above, below, lineSuffix, site }): boolean => {
  // Templates within templates are not followed here: the grammar knows better.
  if (inside !== '`' || site.zone === 'code') return false;
  const opened = above.findLastIndex((line) => line.includes(inside));
  const next = below.findIndex((line) => line.includes(inside));
  const within = [
    ...above.slice(opened + 1),
    ...(lineSuffix.includes(inside) ? [] : below.slice(0, next < 0 ? undefined : next + 1)),
  ];
  return within.some((line) => /^[^\s`]/.test(line));
});

/** The column that white space leads to. */
export function columnOf(indent: string, tabWidth: number): number {
  let column = 0;
  for (const char of indent) column = char === '\t' ? column + tabWidth - (column % tabWidth) : column + 1;
  return column;
}
