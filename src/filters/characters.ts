import { strip } from '../core/hidden.ts';
import type { Filter } from './piece.ts';

/** What the next chunk may turn into something else: half a line break, half a character, a joiner whose right side is to come. */
const unfinished = /[\r\ud800-\udbff\u200c\u200d]+$/;

/** Takes out hidden characters, turns every kind of line break into `\n`, and unbreakable spaces into spaces where the document has none. */
export const characters: Filter = {
  name: 'characters',
  reason: 'hidden-characters',
  apply(piece, place) {
    const { text, closed } = piece;
    const whole = closed ? text : text.replace(unfinished, '');
    if (!/[^\t\n -~]/.test(whole)) return { ...piece, text: whole };
    const plain = strip(whole.replace(/\r\n?|\u2028|\u2029/g, '\n'));
    const spaces = place.site.snapshot.text.includes('\u00a0') ? plain : plain.replaceAll('\u00a0', ' ');
    return { ...piece, text: spaces };
  },
};
