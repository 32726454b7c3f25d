import { isEnglish, mayBeEnglish } from './english.ts';
import { cutTo, type Filter, isBlank, linesOf } from './piece.ts';
import type { Place } from './place.ts';
import { scan } from './scan.ts';

/** A line that opens a fence, whole or begun. */
const fence = /^[ \t]*(`{1,}|~{1,})/;

/** Takes away sentences before the code. */
export const proseBefore: Filter = {
  name: 'prose before',
  reason: 'not-code',
  apply(piece, place) {
    if (speaksEnglish(place)) return piece;
    const { lines, open } = linesOf(piece);
    const all = open === undefined ? lines : [...lines, open];
    let first = 0;
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] ?? '';
      if (isBlank(line)) continue;
      if (isEnglish(line, 'before', place.language)) {
        first = i + 1;
        continue;
      }
      // A title or a label is prose only if a fence follows.
      if (!mayBeEnglish(line, place.language)) break;
      const next = all.findIndex((other, index) => index > i && !isBlank(other));
      if (next < 0) return piece.closed ? rest(first) : { text: '', closed: false };
      if (!fence.test(all[next] ?? '')) break;
      first = next;
    }
    if (
      !piece.closed &&
      open !== undefined &&
      lines.slice(first).every(isBlank) &&
      mayBeEnglish(open, place.language)
    ) {
      return { text: '', closed: false };
    }
    return rest(first);

    function rest(from: number) {
      // A blank line between the prose and the code belongs to neither.
      const start = from > 0 && from < all.length - 1 && isBlank(all[from] ?? '') ? from + 1 : from;
      return { ...piece, text: all.slice(start).join('\n') };
    }
  },
};

/** Ends the answer at the first sentence after the code. */
export const proseAfter: Filter = {
  name: 'prose after',
  reason: 'not-code',
  apply(piece, place) {
    if (speaksEnglish(place)) return piece;
    const { lines, open } = linesOf(piece);
    for (let i = 1; i < lines.length; i++) {
      if (isEnglish(lines[i] ?? '', 'after', place.language) && inCode(lines.slice(0, i), place)) {
        return cutTo(lines.slice(0, i).join('\n'), piece);
      }
    }
    if (open === undefined || lines.length === 0) return piece;
    return mayBeEnglish(open, place.language) && inCode(lines, place)
      ? { text: lines.join('\n'), closed: false }
      : piece;
  },
};

/** English is what belongs here: a comment, a long string, a text file. */
function speaksEnglish(place: Place): boolean {
  if (place.language.prose) return true;
  // A string that ends with its line cannot go on after a sentence on a line of its own.
  if (place.inside !== undefined && place.language.quotes.includes(place.inside)) return false;
  return place.site.zone !== 'code' || place.inside !== undefined;
}

function inCode(lines: readonly string[], place: Place): boolean {
  return scan(`${lines.join('\n')}\n`, place.language, place.inside).inside === undefined;
}
