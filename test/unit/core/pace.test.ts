import { expect, test } from 'vitest';
import { Pace } from '../../../src/core/pace.ts';
import { at } from '../../support/caret.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const inWord = at('const total = su█');
const cloud = { metered: true, lanes: 2 };
const betweenWords = at('const total = █');

function started() {
  const clock = new VirtualClock();
  const pace = new Pace(clock);
  pace.changed(clock.now());
  return pace;
}

test('inside of a word the pause is longer than behind it, and there is none at either end of a line', () => {
  const pace = started();
  expect(pace.pause(inWord, 0, cloud)).toBeGreaterThan(pace.pause(betweenWords, 0, cloud));
  expect(pace.pause(betweenWords, 0, cloud)).toBeGreaterThan(0);
  expect(pace.pause(at('done();█'), 0, cloud)).toBe(0);
  expect(pace.pause(at('if (x) {\n  █\n}'), 0, cloud)).toBe(0);
});

test('the user’s least pause holds where there would be none', () => {
  const pace = started();
  expect(pace.pause(at('done();█'), 500, cloud)).toBe(500);
});

test('nothing is waited for after a suggestion was taken', () => {
  const pace = started();
  pace.accepted();
  expect(pace.pause(inWord, 0, cloud)).toBe(0);
});

test('drafts opened in vain and suggestions typed against lengthen the pause, and something shown mends it', () => {
  const pace = started();
  const usual = pace.pause(inWord, 0, cloud);
  for (let draft = 0; draft < 20; draft += 1) pace.missed();
  const long = pace.pause(inWord, 0, cloud);
  expect(long).toBeGreaterThan(usual * 3);
  expect(long).toBeLessThan(usual * 6);
  pace.shown();
  expect(pace.pause(inWord, 0, cloud)).toBe(usual);
  pace.rejected();
  expect(pace.pause(inWord, 0, cloud)).toBeGreaterThan(usual);
});

test('reluctance fades', async () => {
  const clock = new VirtualClock();
  const pace = new Pace(clock);
  pace.rejected();
  await clock.advance(60_000);
  expect(pace.reluctance).toBeLessThan(0.2);
});

test('a free backend is asked at each key, unless it is slow and writes one draft at a time', () => {
  const pace = started();
  expect(pace.pause(inWord, 0, { metered: false, lanes: 1 })).toBe(0);
  for (let answer = 0; answer < 50; answer += 1) pace.answered(3000);
  expect(pace.pause(inWord, 0, { metered: false, lanes: 1 })).toBeGreaterThan(0);
  expect(pace.pause(inWord, 0, { metered: false, lanes: 2 })).toBe(0);
});

test('the pause grows with the time that the backend takes to its first text', () => {
  const pace = started();
  const usual = pace.pause(inWord, 0, cloud);
  for (let answer = 0; answer < 50; answer += 1) pace.answered(1600);
  expect(pace.pause(inWord, 0, cloud)).toBeCloseTo(usual * 2, 0);
});
