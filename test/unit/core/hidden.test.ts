import { expect, test } from 'vitest';
import { hasHidden, strip } from '../../../src/core/hidden.ts';

test.each([
  ['a bidirectional override', 'if (a\u202e \u2066b)\u2069'],
  ['letters of the tag block', `x${String.fromCodePoint(0xe0049, 0xe0067, 0xe006e)}`],
  ['a zero-width space', 'pass\u200bword'],
  ['a joiner between Latin letters', 'user\u200dname'],
  ['a byte-order mark in the middle', 'a\ufeffb'],
  ['a soft hyphen', 'co\u00adde'],
  ['a Hangul filler used as a name', 'const \u3164 = 1'],
  ['variation selectors that smuggle bytes', `x${String.fromCodePoint(0xe0100, 0xe0120, 0xfe05)}`],
  ['a terminal escape', '\u001b[31mred'],
  ['a null', 'a\u0000b'],
  ['a backspace', 'a\u0008b'],
  ['a control of the upper range', 'a\u009bb'],
  ['a line separator', 'a\u2028b'],
  ['a lone carriage return', 'safe()\revil()'],
  ['half of a surrogate pair', 'a\ud800b'],
])('%s is removed', (_, text) => {
  expect(strip(text)).not.toBe(text);
  expect(hasHidden(strip(text))).toBe(false);
  expect(strip(text)).toMatch(/^[\x20-\x7e]*$/);
});

test.each([
  ['tabs and line breaks of both kinds', 'a\tb\r\nc\n'],
  ['letters of all scripts', 'žluťoučký 値 переменная שלום مرحبا'],
  ['an emoji of several joined ones', '👨‍👩‍👧‍👦 ❤️ 1️⃣ 🏳️‍🌈'],
  ['a joiner where Persian and Hindi need it', 'می‌خواهم क्‍ष'],
  ['spaces of other widths', 'a\u00a0b\u3000c'],
])('%s stay', (_, text) => {
  expect(strip(text)).toBe(text);
});
