import { bigrams } from './bigrams.ts';

/**
 * Bits per character from which text counts as drawn at random. Of 28,775 identifiers of declaration files half lie under 3.6 and 99 %
 * under 4.7; of random base62 strings of 20 characters 99 % lie over 4.9.
 */
const randomFrom = 4.6;

/** Where nothing but the text itself speaks for a secret. */
export const surelyRandomFrom = 4.9;

const lettersOnlyFrom = 5.2;

/** True for text that a machine drew (a token, a key, a digest) and false for words, names, numbers and paths. */
export function looksRandom(value: string, from = randomFrom): boolean {
  if (value.length < 8 || !/[A-Za-z]/.test(value)) return false;
  if (/^[0-9a-fA-F]+$/.test(value)) return looksRandomHex(value);
  // Without a digit a short word of a foreign language can look drawn.
  return surprise(value) >= (value.length < 16 && !/\d/.test(value) ? Math.max(from, lettersOnlyFrom) : from);
}

/** True for hexadecimal digits that are not a plain number, a word or a repetition. */
export function looksRandomHex(value: string): boolean {
  return (
    value.length >= 16 && new Set(value.toLowerCase()).size >= 7 && /\d/.test(value) && /[a-f]/i.test(value)
  );
}

/** Letters of a word in a name at least, on average; drawn text changes between capitals, small letters and digits at every other sign. */
const lettersPerWord = 3.5;

/** True for names as code writes them: words, in capitals or with underscores between, and a number or two. */
export function isName(value: string): boolean {
  if (!/^[A-Za-z_]\w*$/.test(value)) return false;
  const words = value.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
  const numbers = value.match(/\d+/g) ?? [];
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  return letters >= lettersPerWord * words.length && numbers.length <= 2 && numbers.join('').length <= 5;
}

/** Bits per character under a model of the words of code. */
function surprise(value: string): number {
  let bits = 0;
  for (let at = 1; at < value.length; at += 1)
    bits += pairBits(value.charCodeAt(at - 1), value.charCodeAt(at));
  return bits / Math.max(1, value.length - 1);
}

function pairBits(before: number, after: number): number {
  const from = kindOf(before);
  const to = kindOf(after);
  if (to === 'other') return 2;
  if (to === 'digit') return from === 'digit' ? 3.3 : 5;
  if (from === 'digit') return to === 'lower' ? 6 : 5;
  if (from === 'other') return 3;
  // A capital inside a word starts the next one.
  if (from === 'lower' && to === 'upper') return 5.5;
  const step = bigrams.charCodeAt(((before | 32) - 97) * 26 + (after | 32) - 97) - 48;
  return 9 - step;
}

function kindOf(code: number): 'lower' | 'upper' | 'digit' | 'other' {
  if (code >= 97 && code <= 122) return 'lower';
  if (code >= 65 && code <= 90) return 'upper';
  return code >= 48 && code <= 57 ? 'digit' : 'other';
}
