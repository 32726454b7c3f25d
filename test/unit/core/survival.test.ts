import { expect, test } from 'vitest';
import { Survival, survivalTime, type TextEdit } from '../../../src/core/survival.ts';

/** Whether `accepted`, put at offset 10, counts as kept after these edits. */
function kept(accepted: string, ...edits: readonly TextEdit[]): boolean | undefined {
  const survival = new Survival();
  let result: boolean | undefined;
  survival.follow('a', 10, accepted, 0, (survived) => {
    result = survived;
  });
  survival.edited('a', edits);
  survival.edited('b', [{ start: 0, end: 1_000, text: '' }]);
  survival.due(survivalTime - 1);
  expect(result).toBeUndefined();
  survival.due(survivalTime);
  return result;
}

test('a text that nobody touches is kept', () => {
  expect(kept('hello world')).toBe(true);
});

test('edits before and after it do not count', () => {
  expect(kept('hello', { start: 0, end: 10, text: '' }, { start: 5, end: 9, text: 'x' })).toBe(true);
  expect(
    kept(
      'hello',
      { start: 0, end: 0, text: 'new\n' },
      { start: 0, end: 14, text: '' },
      { start: 0, end: 5, text: '' },
    ),
  ).toBe(false);
});

test('a text that is deleted or typed over is not kept', () => {
  expect(kept('hello world', { start: 10, end: 21, text: '' })).toBe(false);
  expect(kept('hello world', { start: 14, end: 21, text: 'something else' })).toBe(false);
});

test('a small correction does not count as loss', () => {
  expect(kept('hello world', { start: 12, end: 13, text: 'L' }, { start: 16, end: 16, text: 'big ' })).toBe(
    true,
  );
});

test('small deletions add up', () => {
  const one = { start: 10, end: 11, text: '' };
  expect(kept('hello world', one, one, one)).toBe(false);
});

test('a formatter that writes the line anew keeps it', () => {
  expect(kept('  x = 1', { start: 0, end: 30, text: 'if (a) {\n    x = 1\n}' })).toBe(true);
});
