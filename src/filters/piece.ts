import type { SilentReason } from '../core/outcome.ts';
import type { Place } from './place.ts';

/** The answer between two filters: what is certain of it so far. */
export interface Piece {
  readonly text: string;
  /** Nothing will be added to the text. */
  readonly closed: boolean;
  /** A filter ended the text, not the model: white space at its end says nothing. */
  readonly cut?: boolean;
  /** Characters right of the caret that the text takes the place of; none where not given. */
  readonly replace?: number;
}

/**
 * A pure function of the text so far. Of a text that grows, its results only grow; once it closes the piece, the result stays.
 * So it holds back the end of an open piece while that may still turn out to be something to take away.
 */
export interface Filter {
  readonly name: string;
  /** Why nothing is shown where this filter left nothing. */
  readonly reason: SilentReason;
  readonly apply: (piece: Piece, place: Place) => Piece;
}

/** The piece, ended by a filter after `text`. */
export function cutTo(text: string, piece: Piece): Piece {
  return { ...piece, text, closed: true, cut: true };
}

/** The piece, ended by a filter after the first `count` of its lines, the last one's line break included. */
export function cutLines(lines: readonly string[], count: number, piece: Piece): Piece {
  return cutTo(wholeLines(lines, count), piece);
}

/** The first `count` lines, to be shown while it is open what the next one will be: each of them is whole. */
export function wholeLines(lines: readonly string[], count: number): string {
  return lines
    .slice(0, count)
    .map((line) => `${line}\n`)
    .join('');
}

/** True for text without a visible character. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** The word, or the sign and the word, that a line begins with. */
export function firstWord(line: string): string {
  return /^\s*(\S\w*)/.exec(line)?.[1] ?? '';
}

/** The white space that a line begins with. */
export function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}

/** The lines of a piece. */
interface Lines {
  readonly all: readonly string[];
  /** Those of them that are whole. */
  readonly lines: readonly string[];
  /** The last one of an open piece, which is incomplete. */
  readonly open: string | undefined;
}

/** What was split last: most filters hand on the text as it was. */
let split = { text: '', closed: false, lines: linesIn('', false) };

/** Splits into lines. */
export function linesOf({ text, closed }: Piece): Lines {
  if (split.text !== text || split.closed !== closed) split = { text, closed, lines: linesIn(text, closed) };
  return split.lines;
}

function linesIn(text: string, closed: boolean): Lines {
  const all = text.split('\n');
  return closed ? { all, lines: all, open: undefined } : { all, lines: all.slice(0, -1), open: all.at(-1) };
}

/** True if `whole` could begin with `start`, of which more may come. */
export function mayBecome(start: string, whole: string): boolean {
  return whole.startsWith(start);
}
