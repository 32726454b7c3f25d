import { expect, test } from 'vitest';
import { Below } from '../../../src/builtin/below.ts';
import { Vocabulary } from '../../../src/builtin/vocabulary.ts';

/** The words that count as standing below the caret. */
function known(below: Below, vocabulary: Vocabulary): string[] {
  const places = Array.from({ length: below.trail.length }, (_, place) => place);
  return places
    .filter((place) => below.files.at(place) !== -1)
    .map((place) => vocabulary.textOf((below.trail.tokens[place] ?? 0) >>> 1))
    .filter((text) => /\w/.test(text));
}

test('what the caret has moved past is not below it any more, and is again when it moves back', () => {
  const vocabulary = new Vocabulary();
  const below = new Below(vocabulary);
  const text = 'one(two);\nthree(four);\n';
  below.follow(text);
  expect(known(below, vocabulary)).toEqual(['one', 'two', 'three', 'four']);
  below.follow(text.slice(6));
  expect(known(below, vocabulary)).toEqual(['three', 'four']);
  below.follow(text.slice(1));
  expect(known(below, vocabulary)).toEqual(['two', 'three', 'four']);
  below.follow('five(four);\n');
  expect(known(below, vocabulary)).toEqual(['five', 'four']);
});

test('a caret that moves down a long file finds what stands far below it', () => {
  const vocabulary = new Vocabulary();
  const below = new Below(vocabulary);
  const line = (index: number) => `name${index};\n`;
  const text = Array.from({ length: 20_000 }, (_, index) => line(index)).join('');
  for (let at = 0; at < 100_000; at += 1000) below.follow(text.slice(at));
  expect(known(below, vocabulary)).toContain(/name\d+/.exec(text.slice(110_000))?.[0]);
});
