import { cutTo, type Filter, type Piece } from './piece.ts';
import type { Place } from './place.ts';
import { scan } from './scan.ts';

/** Ends the answer before brackets and quotes that what follows the caret closes already. */
export const brackets: Filter = {
  name: 'brackets',
  reason: 'only-repeats',
  apply(piece, place) {
    const beside = place.lineSuffix.trim();
    const quoted = beside === '' ? piece : untilQuote(piece, place, beside);
    const { surplus, crossed } = scan(quoted.text, place.language, place.inside);
    if (crossed || quoted.replace !== undefined) return quoted;
    let depth = place.enclosing.length;
    for (const { bracket, offset } of surplus) {
      const entry = place.enclosing[--depth];
      if (entry === undefined) {
        return place.fromTop && place.inside === undefined ? cut(quoted, offset) : quoted;
      }
      if (entry.closed === undefined) continue;
      if (!isCloserOf(entry.bracket, bracket)) return quoted;
      const verdict = opensAgain(quoted, offset, place);
      if (verdict === 'yes') return quoted;
      if (verdict === 'undecided') return { ...quoted, text: quoted.text.slice(0, offset) };
      return entry.closed === 'below' ? cut(quoted, offset) : meetRest(quoted, offset, beside, place);
    }
    return quoted;
  },
};

/** What is closed too early is opened again on the same line, as in `).filter(`: then what follows closes that. */
function opensAgain(piece: Piece, offset: number, place: Place): 'yes' | 'no' | 'undecided' {
  const newline = piece.text.indexOf('\n', offset);
  if (newline < 0 && !piece.closed) return 'undecided';
  const line = piece.text.slice(offset, newline < 0 ? undefined : newline);
  const { open, surplus } = scan(line, place.language);
  return open.length > 0 && open.length >= surplus.length ? 'yes' : 'no';
}

function isCloserOf(opener: string, closer: string): boolean {
  return '([{'.indexOf(opener) === ')]}'.indexOf(closer);
}

function cut(piece: Piece, offset: number): Piece {
  return cutTo(piece.text.slice(0, offset), piece);
}

/** The answer closes at `offset` what the rest of the line closes: stop there, or go past the rest of the line in its place. */
function meetRest(piece: Piece, offset: number, beside: string, place: Place): Piece {
  const newline = piece.text.indexOf('\n', offset);
  if (newline < 0 && !piece.closed) return { text: piece.text.slice(0, offset), closed: false };
  const line = piece.text.slice(offset, newline < 0 ? undefined : newline).trimEnd();
  return goesPast(line, beside, place) ? inPlaceOf(piece, newline, place) : cut(piece, offset);
}

/** The line goes past brackets and quotes that the editor closed by itself, with something that they do not hold. */
function goesPast(line: string, beside: string, place: Place): boolean {
  if (!/^[\])}"'`]+$/.test(beside) || line.endsWith(beside)) return false;
  let at = 0;
  for (const char of beside) {
    at = line.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  const inside = line.startsWith(place.inside ?? ' ') ? place.inside : undefined;
  return scan(line, place.language, inside).surplus.length === beside.replace(/[^)\]}]/g, '').length;
}

function inPlaceOf(piece: Piece, newline: number, place: Place): Piece {
  const text = newline < 0 ? piece.text : piece.text.slice(0, newline);
  return { text, closed: true, replace: place.lineSuffix.trimEnd().length };
}

/** In a string whose closing quote stands right of the caret, the answer's own closing quote is one too many. */
function untilQuote(piece: Piece, place: Place, beside: string): Piece {
  const quote = place.inside;
  if (quote === undefined || quote === '\n' || quote === '*/' || !beside.startsWith(quote)) return piece;
  const newline = piece.text.indexOf('\n');
  const line = (newline < 0 ? piece.text : piece.text.slice(0, newline)).trimEnd();
  const end = quoteEnd(line, quote, place);
  if (end === undefined) return piece;
  if (newline < 0 && !piece.closed) return { text: line.slice(0, end), closed: false };
  return goesPast(line.slice(end), beside, place)
    ? inPlaceOf(piece, newline, place)
    : { text: line.slice(0, end), closed: true };
}

/** Where the answer closes the string for good; undefined if it ends within a string again. */
function quoteEnd(line: string, quote: string, place: Place): number | undefined {
  if (scan(line, place.language, quote).inside !== undefined) return undefined;
  for (let at = line.lastIndexOf(quote); at >= 0; at = line.lastIndexOf(quote, at - 1)) {
    if (scan(line.slice(0, at), place.language, quote).inside === quote) return at;
    if (at === 0) break;
  }
  return undefined;
}
