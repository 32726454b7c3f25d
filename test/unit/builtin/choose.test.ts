import { expect, test } from 'vitest';
import { choose } from '../../../src/builtin/choose.ts';

const run = (...endings: (readonly [string, number])[]) =>
  endings.map(([text, confidence]) => ({ text, confidence }));

test.each([
  ['what saves most for its risk', run(['first', 0.9], ['first second third', 0.7]), 'first second third'],
  ['nothing that is too unlikely', run(['first', 0.9], ['first second third', 0.5]), 'first'],
  ['nothing of three characters', run(['abc', 0.99]), undefined],
  ['no white space at the end', run(['first', 0.9], ['first\n  ', 0.89]), 'first'],
  [
    'the line to its end where that costs little',
    run(['call(value', 0.8], ['call(value)', 0.75], ['call(value);', 0.74], ['call(value);\n', 0.7]),
    'call(value);',
  ],
])('%s is shown', (_, endings, expected) => {
  expect(choose(endings, 0.6)?.text).toBe(expected);
});
