import { expect, test } from 'vitest';
import { Brackets } from '../../../src/builtin/brackets.ts';
import { Vocabulary } from '../../../src/builtin/vocabulary.ts';

const vocabulary = new Vocabulary();
const brackets = new Brackets(vocabulary);

test.each([
  ['call ( a , b', ')', 'closes'],
  ['call ( list [ 0', ')', 'misfit'],
  ['call ( list [ 0 ]', ')', 'closes'],
  ['block { call ( a )', '}', 'closes'],
  ['block { call ( a', '}', 'misfit'],
  ['a , b', ')', 'neither'],
  ['a )', ')', 'neither'],
  ['call ( a', 'b', 'neither'],
])('after `%s` a %s %s', (scene, next, expected) => {
  const tokens = Int32Array.from(scene.split(' '), (word) => vocabulary.intern(word) * 2);
  const innermost = brackets.innermost({ tokens, end: tokens.length - 1 });
  expect(brackets.fit(vocabulary.intern(next), innermost)).toBe(expected);
});
