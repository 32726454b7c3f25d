import { expect, test } from 'vitest';
import { partOf } from '../../../src/core/part.ts';

test('inside of a line no more than its rest is shown', () => {
  expect(partOf('sum(a);\n  next();', 'line', true)).toBe('sum(a);');
  expect(partOf('sum(a);\r\n  next();', 'line', true)).toBe('sum(a);');
});

test('a block is shown whole once it is known to be one', () => {
  expect(partOf('a\nb\nc\nd\ne', 'block', true)).toBe('a\nb\nc\nd\ne');
});

test('of a block that may go on or end in doubt, three whole lines are shown at most', () => {
  expect(partOf('a\nb\nc\nd\ne', 'block', false)).toBe('a\nb\nc');
  expect(partOf('a\nb\npart', 'block', false)).toBe('a\nb');
});

test('a first line is shown before it is whole', () => {
  expect(partOf('par', 'block', false)).toBe('par');
  expect(partOf('\n\n  par', 'line', false)).toBe('\n\n  par');
});

test('at the end of a line the lines that follow are a block', () => {
  expect(partOf('\n  a();\n  b();\n', 'line', true)).toBe('\n  a();\n  b();\n');
});
