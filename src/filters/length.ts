import { cutTo, type Filter, isBlank, linesOf } from './piece.ts';
import type { Place } from './place.ts';
import { type Standing, standings } from './standings.ts';

/** Cuts after `maxLines` lines; in the second half of them at a statement's end, where one is. */
export function atMost(maxLines: number): Filter {
  return {
    name: 'length',
    reason: 'nothing-answered',
    apply(piece, place) {
      const { all, lines, open } = linesOf(piece);
      const half = Math.ceil(maxLines / 2);
      const filled = all.findLastIndex((line) => !isBlank(line)) + 1;
      const tooLong = filled > maxLines;
      if (!tooLong && (piece.closed || filled <= half)) return piece;
      // Lines of the second half are shown with the statement that they end: later ones may be too many.
      const stands = standings([...lines, open ?? ''], place);
      for (let count = Math.min(maxLines, lines.length); count > half; count--) {
        if (!isWhole(stands[count], place)) continue;
        const text = all.slice(0, count).join('\n');
        return tooLong ? cutTo(text, piece) : { ...piece, text };
      }
      const text = all.slice(0, tooLong ? maxLines : half).join('\n');
      return tooLong ? cutTo(text, piece) : { ...piece, text };
    },
  };
}

/** True if the lines before leave no bracket, string or comment open. */
function isWhole(stands: Standing | undefined, { inside }: Place): boolean {
  return stands?.open === 0 && (stands.inside === undefined || stands.inside === inside);
}
