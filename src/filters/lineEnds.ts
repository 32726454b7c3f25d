import { type Filter, isBlank } from './piece.ts';
import type { Place } from './place.ts';

/** Takes white space off the ends of whole lines, where the document's lines have none. */
export const lineEnds: Filter = {
  name: 'line ends',
  reason: 'nothing-answered',
  apply(piece, place) {
    if (place.language.prose || !/[ \t]\n/.test(piece.text) || hasSpaces(place)) return piece;
    // Behind the star of a comment's empty line many write a space.
    return { ...piece, text: piece.text.replace(/(?<=\S)[ \t]+(?=\n)(?<!^[ \t]*\* )/gm, '') };
  },
};

function hasSpaces(place: Place): boolean {
  return [...place.above, ...place.below].some((line) => /\S[ \t]+$/.test(line) && !isBlank(line));
}
