import { expect, test } from 'vitest';
import { Pace } from '../../../src/core/pace.ts';
import { at } from '../../support/caret.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const inWord = at('const total = su█');
const betweenWords = at('const total = █');

function started() {
  const pace = new Pace(new VirtualClock());
  pace.changed();
  return pace;
}

test('inside of a word the pause is longer than behind it, and there is none at either end of a line', () => {
  const pace = started();
  expect(pace.pause(inWord, 0, true)).toBeGreaterThan(pace.pause(betweenWords, 0, true));
  expect(pace.pause(betweenWords, 0, true)).toBeGreaterThan(0);
  expect(pace.pause(at('done();█'), 0, true)).toBe(0);
  expect(pace.pause(at('if (x) {\n  █\n}'), 0, true)).toBe(0);
});

test('the user’s least pause holds where there would be none', () => {
  const pace = started();
  expect(pace.pause(at('done();█'), 500, true)).toBe(500);
});

test('nothing is waited for after a suggestion was taken', () => {
  const pace = started();
  pace.accepted();
  expect(pace.pause(inWord, 0, true)).toBe(0);
});

test('drafts opened in vain and suggestions typed against lengthen the pause, and something shown mends it', () => {
  const pace = started();
  const usual = pace.pause(inWord, 0, true);
  for (let draft = 0; draft < 20; draft += 1) pace.missed();
  const long = pace.pause(inWord, 0, true);
  expect(long).toBeGreaterThan(usual * 3);
  expect(long).toBeLessThan(usual * 6);
  pace.shown();
  expect(pace.pause(inWord, 0, true)).toBe(usual);
  pace.rejected();
  expect(pace.pause(inWord, 0, true)).toBeGreaterThan(usual);
});

test('reluctance fades', async () => {
  const clock = new VirtualClock();
  const pace = new Pace(clock);
  pace.rejected();
  await clock.advance(60_000);
  expect(pace.reluctance).toBeLessThan(0.2);
});
