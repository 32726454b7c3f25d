import { onceAPlace } from './once.ts';
import { type Filter, isBlank } from './piece.ts';

/** Takes white space off the ends of whole lines, where the document's lines have none. */
export const lineEnds: Filter = {
  name: 'line ends',
  reason: 'nothing-answered',
  apply(piece, place) {
    if (place.language.prose || !/[ \t]\n/.test(piece.text) || hasSpaces(place)) return piece;
    // What stands before the rest of the caret's line is no end.
    if (!isBlank(place.lineSuffix) && !piece.text.trim().includes('\n')) return piece;
    // Behind the star of a comment's empty line many write a space.
    return { ...piece, text: piece.text.replace(/(?<=\S)[ \t]+(?=\n)(?<!^[ \t]*\* )/gm, '') };
  },
};

const hasSpaces = onceAPlace(({ above, below }) =>
  [...above, ...below].some((line) => /\S[ \t]+$/.test(line) && !isBlank(line)),
);
