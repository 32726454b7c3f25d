import { strip } from '../core/hidden.ts';
import type { Filter } from './piece.ts';

/** What the next chunk may turn into something else: half a line break, half a character, a joiner whose right side is to come. */
const unfinished = /[\r\ud800-\udbff\u200c\u200d]+$/;

/** Takes out hidden characters and turns every kind of line break into `\n`. */
export const characters: Filter = {
  name: 'characters',
  reason: 'hidden-characters',
  apply(piece) {
    const { text, closed } = piece;
    const whole = closed ? text : text.replace(unfinished, '');
    if (!/[^\t\n -~]/.test(whole)) return { ...piece, text: whole };
    return { ...piece, text: strip(whole.replace(/\r\n?|\u2028|\u2029/g, '\n')) };
  },
};
