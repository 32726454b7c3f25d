import { onceAPlace } from './once.ts';
import type { Filter } from './piece.ts';
import { scan } from './scan.ts';

/** Quotes that a word processor sets become plain ones where they are code; once one has, all do. */
export const typography: Filter = {
  name: 'typography',
  reason: 'nothing-answered',
  apply(piece, place) {
    const { language } = place;
    const document = place.site.snapshot.text;
    if (language.prose || !curly.test(piece.text) || curly.test(document)) return piece;
    // What follows the last one tells whether it is an apostrophe.
    const held = piece.closed ? piece.text : piece.text.replace(/[“”‘’]+$/, '');
    let text = '';
    let decoding = false;
    let last = 0;
    for (const { 0: found, index } of held.matchAll(/[“”‘’]/g)) {
      text += held.slice(last, index);
      last = index + 1;
      const sign = found === '“' || found === '”' ? '"' : "'";
      if (!decoding) {
        const { inside } = scan(text, language, place.inside);
        const ends = inside === sign && !/\w/.test(held.charAt(last));
        decoding =
          inside === undefined ||
          ends ||
          inside === '`' ||
          /^[“”]{3}/.test(held.slice(index)) ||
          // Who writes no other signs anywhere writes no such quotes either, but for apostrophes.
          (isPlain(place) && !isApostrophe(place.linePrefix + held, place.linePrefix.length + index, inside));
      }
      text += decoding ? sign : found;
    }
    return { ...piece, text: text + held.slice(last) };
  },
};

/** Within a word; in a comment behind one too. */
function isApostrophe(text: string, index: number, inside: string): boolean {
  const around = text.slice(Math.max(0, index - 1), index + 2);
  return /^\w’\w/.test(around) || (/^[\n*]/.test(inside) && /^\w’/.test(around));
}

/** Names apart, whose letters are what they are. */
const isPlain = onceAPlace(({ site }) => !/[^\n\r\t\f -~\p{L}\p{M}©]/u.test(site.snapshot.text));

const curly = /[“”‘’]/;
