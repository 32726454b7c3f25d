import { expect, test } from 'vitest';
import { edited, untouched } from '../../../src/core/lineMap.ts';

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
