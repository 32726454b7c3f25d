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
        decoding = inside === undefined || ends || inside === '`' || /^[“”]{3}/.test(held.slice(index));
      }
      text += decoding ? sign : found;
    }
    return { ...piece, text: text + held.slice(last) };
  },
};

const curly = /[“”‘’]/;
