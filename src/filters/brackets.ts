import { cutTo, type Filter, isBlank, linesOf, type Piece } from './piece.ts';
import type { Place } from './place.ts';
import { closerOf, scan } from './scan.ts';
import { standings } from './standings.ts';

/** Ends the answer before a bracket that the lines below close already, or that nothing opened. */
export const brackets: Filter = {
  name: 'brackets',
  reason: 'only-repeats',
  apply(piece, place) {
    if (closesItsOwn(piece, place)) return piece;
    const { surplus } = scan(piece.text, place.language, place.inside);
    let depth = place.enclosing.length;
    for (const { bracket, offset } of surplus) {
      const entry = place.enclosing[--depth];
      if (entry === undefined) {
        return place.fromTop && place.inside === undefined
          ? cutTo(piece.text.slice(0, offset), piece)
          : piece;
      }
      // At the start of a line, what closes beside the caret is a line of its own.
      const ahead = isBlank(place.linePrefix) && /^\s*[)\]}]/.test(place.lineSuffix);
      const below = entry.closed === 'below' || (entry.closed === 'beside' && ahead);
      if (!below) continue;
      if (closerOf(entry.bracket) !== bracket) return withoutStray(piece, offset, place);
      const again = opensAgain(piece, offset, place);
      if (again === 'yes') return piece;
      if (again === 'undecided') return { ...piece, text: piece.text.slice(0, offset) };
      return cutTo(piece.text.slice(0, offset), piece);
    }
    return piece;
  },
};

/** No bracket of the text closes what it did not open. */
function closesItsOwn(piece: Piece, place: Place): boolean {
  const { all: lines } = linesOf(piece);
  const stands = standings(lines, place).at(-1);
  if (stands === undefined || stands.surplus > 0) return false;
  return scan(lines.at(-1) ?? '', place.language, stands.inside).surplus.length <= stands.open;
}

/** A bracket at the end, right behind code, that closes nothing around it goes, where the text is understood from the top. */
function withoutStray(piece: Piece, offset: number, place: Place): Piece {
  const atEnd = piece.text.trimEnd().length <= offset + 2;
  if (!atEnd || !place.fromTop || place.inside !== undefined || !/\S$/.test(piece.text.slice(0, offset)))
    return piece;
  const text = piece.text.slice(0, offset);
  return piece.closed ? cutTo(text, piece) : { ...piece, text };
}

/** What is closed too early is opened again on the same line, as in `).filter(`: then what follows closes that. */
function opensAgain(piece: Piece, offset: number, place: Place): 'yes' | 'no' | 'undecided' {
  const newline = piece.text.indexOf('\n', offset);
  if (newline < 0 && !piece.closed) return 'undecided';
  const line = piece.text.slice(offset, newline < 0 ? undefined : newline);
  const { open, surplus } = scan(line, place.language);
  return open.length > 0 && open.length >= surplus.length ? 'yes' : 'no';
}
