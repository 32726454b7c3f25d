import { expect, test } from 'vitest';
import { remainderOf } from '../../../src/core/remainder.ts';

const typed = (text: string, overtyped = 0) => ({ kind: 'typed', text, closed: 0, overtyped }) as const;
const rest = (text: string, replace = 0, shift = '', shared = '') => ({
  ...{ kind: 'rest', text, replace, shift, shared },
});

test('what was typed through is no longer to be inserted', () => {
  expect(remainderOf(typed('foo('), 'foo(bar);', 0, false)).toEqual(rest('bar);'));
});

test('another character contradicts the draft', () => {
  expect(remainderOf(typed('fx'), 'foo', 0, false).kind).toBe('contradicted');
});

test('typing past what is written so far is no contradiction', () => {
  expect(remainderOf(typed('foo('), 'foo', 0, false).kind).toBe('unknown');
});

test('deleted text comes back in front of the draft', () => {
  expect(remainderOf({ kind: 'deleted', text: 'fo' }, 'o()', 0, false)).toEqual(rest('foo()'));
});

test('indentation put in by the editor may differ from the draft', () => {
  expect(remainderOf(typed('\n    '), '\n  a();\n  b();', 0, false)).toEqual(rest('a();\n  b();', 0, '  '));
  expect(remainderOf(typed('\n    a();\n    '), '\n  a();\n  b();', 0, false)).toEqual(
    rest('b();', 0, '  ', '  '),
  );
  expect(remainderOf(typed('\n  a();\n  '), '\n  a();\n}', 0, false)).toEqual(rest('}', 0, '  '));
  expect(remainderOf(typed('\n'), '\n  a();', 0, false)).toEqual(rest('  a();'));
  expect(remainderOf(typed('  '), 'a();', 0, true)).toEqual(rest('a();', 0, '  ', '  '));
});

test('indentation that the editor gives an empty line does not move the lines that follow', () => {
  expect(remainderOf(typed('a();\n  '), 'a();\n\nb();', 0, false)).toEqual(rest('\nb();'));
  expect(remainderOf(typed('a();\n  \n'), 'a();\n\nb();', 0, false)).toEqual(rest('b();'));
});

test('carriage returns do not make a difference', () => {
  expect(remainderOf(typed('\r\n  '), '\n  a();', 0, false)).toEqual(rest('a();'));
});

test('a closing bracket typed over is no longer replaced', () => {
  expect(remainderOf(typed('a)', 1), 'a);', 1, false)).toEqual(rest(';'));
});
