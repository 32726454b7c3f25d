import { expect, test } from 'vitest';
import { Attention, isAtEdit } from '../../../src/editor/attention.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

function watched() {
  const clock = new VirtualClock();
  return { clock, attention: new Attention(clock), document: {} };
}

test('before VS Code has asked for a document, nobody is asked ahead of it', () => {
  const { attention, document } = watched();
  expect(attention.keyStruck(document)).toBe(false);
  attention.asked(document);
  expect(attention.keyStruck(document)).toBe(true);
  expect(attention.keyStruck({})).toBe(false);
});

test('when VS Code lets keys pass for three seconds, as while it is snoozed, it is not asked ahead of it until it asks again', async () => {
  const { clock, attention, document } = watched();
  attention.asked(document);
  const expected: boolean[] = [];
  for (let key = 0; key < 5; key += 1) {
    expected.push(attention.keyStruck(document));
    await clock.advance(1000);
  }
  expect(expected).toEqual([true, true, true, true, false]);
  attention.asked(document);
  expect(attention.keyStruck(document)).toBe(true);
});

test('a long pause after a question changes nothing', async () => {
  const { clock, attention, document } = watched();
  attention.keyStruck(document);
  attention.asked(document);
  await clock.advance(3_600_000);
  expect(attention.keyStruck(document)).toBe(true);
});

test('an edit is typing where the caret stands at it, and another program at work where it does not', () => {
  const key = { start: 10, end: 10, text: 'x' };
  expect(isAtEdit([key], 11)).toBe(true);
  expect(isAtEdit([key], 30)).toBe(false);
  const closed = { start: 10, end: 10, text: '()' };
  expect(isAtEdit([closed], 11)).toBe(true);
  const deleted = { start: 10, end: 14, text: '' };
  expect(isAtEdit([deleted], 10)).toBe(true);
  const above = { start: 0, end: 0, text: 'import x;\n' };
  expect(isAtEdit([key, above], 21)).toBe(true);
  expect(isAtEdit([key, above], 11)).toBe(false);
});
