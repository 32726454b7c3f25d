import { expect, test } from 'vitest';
import { edited, linesNow, runsOf, untouched } from '../../../src/core/lineMap.ts';

test('lines below an inserted line move down, and the line that was split stays', () => {
  expect(edited(untouched(4), { startLine: 1, startCharacter: 3, endLine: 1, text: '\n' })).toEqual([
    0, 1, 3, 4,
  ]);
});

test('a line moves down when a new line is inserted at its very beginning', () => {
  expect(edited(untouched(3), { startLine: 1, startCharacter: 0, endLine: 1, text: 'new\n' })).toEqual([
    0, 2, 3,
  ]);
});

test('deleted lines have no place any more and those below move up', () => {
  expect(edited(untouched(5), { startLine: 1, startCharacter: 0, endLine: 3, text: '' })).toEqual([
    0, -1, -1, 1, 2,
  ]);
});

test('a line that only lost its end keeps its place', () => {
  expect(edited(untouched(4), { startLine: 1, startCharacter: 4, endLine: 2, text: '' })).toEqual([
    0, 1, 1, 2,
  ]);
});

test('a line stays deleted when more is edited', () => {
  const gone = edited(untouched(3), { startLine: 0, startCharacter: 0, endLine: 1, text: '' });
  expect(edited(gone, { startLine: 0, startCharacter: 0, endLine: 0, text: '\n\n' })).toEqual([-1, 2, 3]);
});

test('typing within a line moves nothing', () => {
  expect(edited(untouched(3), { startLine: 1, startCharacter: 0, endLine: 1, text: 'x' })).toEqual([0, 1, 2]);
});

test('a map is told in as few runs as there are edits, and deleted lines are in none', () => {
  const split = edited(untouched(10), { startLine: 1, startCharacter: 0, endLine: 1, text: 'a\nb\n' });
  const cut = edited(split, { startLine: 7, startCharacter: 0, endLine: 8, text: '' });
  expect(runsOf(cut)).toEqual([
    { first: 1, last: 1, by: 0 },
    { first: 2, last: 5, by: 2 },
    { first: 7, last: 10, by: 1 },
  ]);
});

test('lines are found where they are now, those that are left of them, or not at all', () => {
  const runs = [
    { first: 1, last: 3, by: 0 },
    { first: 6, last: 9, by: -2 },
  ];
  expect(linesNow(runs, 2, 3)).toEqual({ start: 2, end: 3 });
  expect(linesNow(runs, 3, 7)).toEqual({ start: 3, end: 5 });
  expect(linesNow(runs, 5, 7)).toEqual({ start: 4, end: 5 });
  expect(linesNow(runs, 4, 5)).toBeUndefined();
});

test('a text that has moved as a whole has all of its lines further down', () => {
  expect(untouched(3, 2)).toEqual([2, 3, 4]);
  expect(untouched(3, -1)).toEqual([-1, 0, 1]);
});
