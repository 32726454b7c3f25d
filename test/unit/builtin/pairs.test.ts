import { expect, test } from 'vitest';
import { Pairs } from '../../../src/builtin/pairs.ts';

test('what was counted and taken back is as if it had never been seen', () => {
  const pairs = new Pairs();
  for (let round = 0; round < 3; round++) pairs.count(1, 2, 3, 1);
  expect([pairs.pair(2, 3), pairs.triple(1, 2, 3)]).toEqual([3, 3]);
  for (let round = 0; round < 3; round++) pairs.count(1, 2, 3, -1);
  expect([pairs.pair(2, 3), pairs.triple(1, 2, 3)]).toEqual([0, 0]);
});

test('two words in another order are another pair', () => {
  const pairs = new Pairs();
  pairs.count(1, 2, 3, 1);
  expect([pairs.pair(3, 2), pairs.triple(2, 1, 3)]).toEqual([0, 0]);
});

test('a pair that is seen very often is not forgotten by counting over', () => {
  const pairs = new Pairs();
  for (let round = 0; round < 70_000; round++) pairs.count(1, 2, 3, 1);
  expect(pairs.pair(2, 3)).toBeGreaterThan(60_000);
});
