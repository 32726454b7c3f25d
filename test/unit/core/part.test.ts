import { expect, test } from 'vitest';
import { partOf } from '../../../src/core/part.ts';

test('inside of a line no more than its rest is shown', () => {
  expect(partOf('sum(a);\n  next();', 'line', 'whole')).toBe('sum(a);');
  expect(partOf('sum(a);\r\n  next();', 'line', 'whole')).toBe('sum(a);');
});

test('a block is shown to its end once no more can come', () => {
  expect(partOf('a\nb\nc\nd\ne', 'block', 'whole')).toBe('a\nb\nc\nd\ne');
});

test('of a block that grows the lines that are whole are shown', () => {
  expect(partOf('a\nb\nc\nd\npart', 'block', 'growing')).toBe('a\nb\nc\nd');
  expect(partOf('a\nb\n', 'block', 'growing')).toBe('a\nb');
});

test('of a block that ends in doubt three whole lines are shown at most', () => {
  expect(partOf('a\nb\nc\nd\ne', 'block', 'doubtful')).toBe('a\nb\nc');
  expect(partOf('a\nb\npart', 'block', 'doubtful')).toBe('a\nb');
});

test('a first line is shown before it is whole', () => {
  expect(partOf('par', 'block', 'growing')).toBe('par');
  expect(partOf('\n\n  par', 'line', 'growing')).toBe('\n\n  par');
});

test('at the end of a line the lines that follow are a block', () => {
  expect(partOf('\n  a();\n  b();\n', 'line', 'whole')).toBe('\n  a();\n  b();\n');
});

test('what ends in doubt ends where it opens a bracket that it does not close', () => {
  expect(partOf('save(item, am', 'line', 'doubtful')).toBe('save(');
  expect(partOf('if (a) {\n  b();\n  c', 'block', 'doubtful')).toBe('if (a) {');
  expect(partOf('save(item, amount', 'line', 'whole')).toBe('save(item, amount');
});

test('what grows goes past such a bracket, unless that is one of the next keys', () => {
  expect(partOf('save(item, am', 'line', 'growing')).toBe('save(item, am');
  expect(partOf('(item, am', 'line', 'growing')).toBe('(');
  expect(partOf('ve(item, am', 'line', 'growing')).toBe('ve(');
  expect(partOf('(item);', 'line', 'growing')).toBe('(item);');
});
