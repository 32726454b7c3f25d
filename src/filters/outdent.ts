import { withoutBefore } from '../core/snapshot.ts';
import { onceAPlace } from './once.ts';
import { isBlank, type Piece } from './piece.ts';
import { columnOf, type Place, placeOf } from './place.ts';
import { repeatedPrefix } from './repeatedPrefix.ts';
import { closerOf } from './scan.ts';

/** A place with less indentation, and how many characters of that are gone. */
export interface Outdented {
  readonly place: Place;
  readonly outdent: number;
}

/** The place where an answer is to stand: one that begins with the bracket that ends the block goes below the line that opened it, however deep the caret's line is. */
export function standingOf(piece: Piece, place: Place): Outdented {
  const { text } = piece;
  const less = /^\s*[)\]}]/.test(text) ? belowOpener(place) : undefined;
  if (less === undefined || text.trimStart()[0] !== less.closer) return { place, outdent: 0 };
  // With its indentation it may be a line from above, from which the model begins again.
  const again = /^\s/.test(text) && repeatedPrefix.apply(piece, place).text !== text;
  return again ? { place, outdent: 0 } : less;
}

const belowOpener = onceAPlace((place): (Outdented & { readonly closer: string }) | undefined => {
  const { linePrefix, tabWidth, site } = place;
  const opener = place.enclosing.at(-1);
  if (opener === undefined || opener.closed !== undefined) return undefined;
  if (!isBlank(linePrefix) || place.inside !== undefined) return undefined;
  let kept = linePrefix.length;
  while (columnOf(linePrefix.slice(0, kept), tabWidth) > opener.column) kept--;
  const outdent = linePrefix.length - kept;
  if (outdent === 0 || columnOf(linePrefix.slice(0, kept), tabWidth) !== opener.column) return undefined;
  const snapshot = withoutBefore(site.snapshot, outdent);
  const there = { ...placeOf({ ...site, snapshot }), ...(place.goesOn && { goesOn: true }) };
  return { place: there, outdent, closer: closerOf(opener.bracket) };
});
