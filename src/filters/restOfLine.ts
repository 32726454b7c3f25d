import { type Language, languageOf } from './language.ts';
import { type Filter, isBlank, type Piece } from './piece.ts';
import type { Place } from './place.ts';
import { closerOf, scan } from './scan.ts';

/** What an editor closes by itself. */
const closing = /^[\])}"'`>;,\s]+/;

/** Fits the answer to code right of the caret: what it repeats of that goes, or it takes the place of brackets that it goes past. */
export const restOfLine: Filter = {
  name: 'rest of line',
  reason: 'only-repeats',
  apply(piece, place) {
    const rest = place.lineSuffix.trimEnd();
    if (isBlank(rest) || piece.text === '') return piece;
    if (piece.closed && isBlank(place.linePrefix) && piece.text.endsWith('\n')) return piece;
    return piece.closed ? joined(piece, rest, place) : heldBack(piece, rest, place);
  },
};

/** Of the ways to join the answer and the rest of the line, the one whose brackets and quotes go together. */
function joined(piece: Piece, rest: string, place: Place): Piece {
  const text = piece.text.trimEnd();
  let best = piece;
  let least = imbalance(`${text}${rest}`, place);
  for (const repeated of overlaps(text, rest)) {
    const kept = text.slice(0, text.length - repeated.length);
    const left = imbalance(`${kept}${rest}`, place);
    if (left < least || (left === least && isSurely(repeated, rest) && kept !== '')) {
      least = left;
      best = { ...piece, text: kept };
    }
  }
  return best === piece && least > 0 ? over(piece, rest, least, place) : best;
}

/** The answer in the place of as many of the brackets and quotes right of the caret as it holds itself. */
function over(piece: Piece, rest: string, imbalanced: number, place: Place): Piece {
  const text = piece.text.trimEnd();
  const signs = closing.exec(rest)?.[0].trimEnd() ?? '';
  let best = piece;
  let least = imbalanced;
  for (let replace = 1; replace <= signs.length && holds(text, signs.slice(0, replace)); replace++) {
    const left = imbalance(`${text}${rest.slice(replace)}`, place);
    if (left >= least) continue;
    least = left;
    best = { ...piece, text, replace };
  }
  return best;
}

/** The ends of the text that the rest of the line begins with, shortest first. */
function overlaps(text: string, rest: string): string[] {
  const found: string[] = [];
  const start = rest.length - rest.trimStart().length;
  for (let length = 1; length <= Math.min(text.length, rest.length - start); length++) {
    const repeated = rest.slice(start, start + length);
    if (text.endsWith(repeated))
      found.push(
        start > 0 && text.endsWith(rest.slice(0, start + length)) ? rest.slice(0, start + length) : repeated,
      );
  }
  return found;
}

/** The whole rest of the line, or signs that nobody writes twice. */
function isSurely(repeated: string, rest: string): boolean {
  return repeated.trim() === rest.trim()
    ? repeated.trim().length > 1 || /[;,]/.test(repeated)
    : /^[;,]+$/.test(repeated);
}

/** How many brackets and quotes of the caret's line, with `text` at the caret, go without their other half. */
function imbalance(text: string, place: Place): number {
  if (isWithinText(text, place)) {
    const { open, surplus, inside } = scan(`${place.linePrefix}${text}`, plain);
    return open.length + surplus.length + (inside === undefined ? 0 : 1);
  }
  const { open, surplus, inside, crossed } = scan(
    `${place.linePrefix}${text}`,
    place.language,
    place.insideLine,
  );
  const torn = inside !== undefined && inside !== '\n' && inside !== place.insideLine ? 1 : 0;
  // Brackets of the lines above that nothing below closes are for the answer to close.
  const due = place.enclosing
    .filter((entry) => !entry.onLine && entry.closed === undefined)
    .map(({ bracket }) => closerOf(bracket))
    .reverse();
  const closed = due.filter((bracket, index) => surplus[index]?.bracket === bracket).length;
  return open.length + surplus.length + due.length - 2 * closed + 2 * torn + (crossed ? 2 : 0);
}

/** The caret is in a comment or a long string that the line does not end: brackets and quotes go together there by custom. */
function isWithinText(text: string, { inside, language }: Place): boolean {
  return inside !== undefined && !language.quotes.includes(inside) && !text.includes(inside);
}

/** How brackets and quotes are written in a text; an apostrophe is none. */
const plain: Language = { ...languageOf('plaintext'), quotes: '"`' };

/** The signs of `rest` stand in the text, in their order. */
function holds(text: string, rest: string): boolean {
  let at = 0;
  for (const char of rest.replace(/\s/g, '')) {
    at = text.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** While more may come, what may turn out to repeat the rest of the line is not shown. */
function heldBack(piece: Piece, rest: string, place: Place): Piece {
  const { surplus } = scan(piece.text, place.language, place.inside);
  const first = surplus.find((_, index) => place.enclosing.at(-1 - index)?.closed === 'beside');
  const until = piece.text
    .slice(0, Math.min(first?.offset ?? Infinity, quoteEnd(piece.text, rest, place)))
    .trimEnd();
  const longest = overlaps(until, rest).at(-1) ?? '';
  const text = until.slice(0, until.length - longest.length).replace(/[\])}"'`;,\s]+$/, '');
  return { ...piece, text };
}

/** Where the text ends the string around the caret, if the rest of the line begins with that quotation mark. */
function quoteEnd(text: string, rest: string, { inside, language }: Place): number {
  if (inside === undefined || !language.quotes.includes(inside) || !rest.startsWith(inside)) return Infinity;
  for (let at = text.indexOf(inside); at >= 0; at = text.indexOf(inside, at + 1)) {
    if (scan(text.slice(0, at + 1), language, inside).inside !== inside) return at;
  }
  return Infinity;
}
