import { expect, test } from 'vitest';
import { placeOf, stepFrom } from '../../../src/core/place.ts';
import { at } from '../../support/caret.ts';

const step = (before: string, after: string) => stepFrom(placeOf(at(before)), at(after));

test('typing is a step that knows its text', () => {
  expect(step('const a█;', 'const abc█;')).toEqual({ kind: 'typed', text: 'bc', closed: 0, overtyped: 0 });
});

test('a bracket closed by the editor is counted apart', () => {
  expect(step('call█', 'call(█)')).toEqual({ kind: 'typed', text: '(', closed: 1, overtyped: 0 });
});

test('a line opened between braces pushes the closing one down', () => {
  expect(step('if (a) {█}', 'if (a) {\n  █\n}')).toMatchObject({ kind: 'typed', text: '\n  ', closed: 1 });
});

test('typing over a bracket that the editor had closed', () => {
  expect(step('call(a█)', 'call(a)█')).toEqual({ kind: 'typed', text: ')', closed: 0, overtyped: 1 });
});

test('deleting is a step back', () => {
  expect(step('const abc█', 'const a█')).toEqual({ kind: 'deleted', text: 'bc' });
});

test('a deleted line break is not the same place any more', () => {
  expect(step('a\nb█', 'a█')).toBeUndefined();
});

test('a change elsewhere in sight breaks the step', () => {
  expect(step('let x = 1;\nlet y█', 'let z = 1;\nlet y█')).toBeUndefined();
  expect(step('let y█\nlet x', 'let y█\nlet z')).toBeUndefined();
});

test('a change out of sight that moves the place breaks the step', () => {
  const far = Array.from({ length: 1000 }, (_, line) => `line ${line}\n`).join('');
  expect(step(`a${far}█`, `ab${far}█`)).toBeUndefined();
});

test('code inserted after the caret is not taken for closed brackets', () => {
  expect(step('call█', 'call(█arg)')).toBeUndefined();
});
