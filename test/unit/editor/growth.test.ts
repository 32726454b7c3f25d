import { expect, test } from 'vitest';
import { Growth } from '../../../src/editor/growth.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

/** A growth with the times at which it made VS Code ask. */
function watched() {
  const clock = new VirtualClock();
  const times: number[] = [];
  const growth = new Growth(clock, () => times.push(clock.now()));
  return { clock, times, growth };
}

test('VS Code is made to ask again at once when it has its answer, and at most every 100 ms', async () => {
  const { clock, times, growth } = watched();
  growth.answered(growth.asked());
  for (let ms = 0; ms < 300; ms += 10) {
    growth.grow();
    await clock.advance(5);
    if (times.length > 0) growth.answered(growth.asked());
    await clock.advance(5);
  }
  expect(times).toEqual([0, 100, 200]);
});

test('VS Code that is slow to ask is not made to ask again meanwhile', async () => {
  const { clock, times, growth } = watched();
  growth.answered(growth.asked());
  for (let ms = 0; ms < 600; ms += 10) {
    growth.grow();
    await clock.advance(10);
  }
  expect(times).toEqual([0]);
  growth.answered(growth.asked());
  growth.grow();
  await clock.advance(10);
  expect(times).toEqual([0, 600]);
});

test('after a key VS Code asks by itself', async () => {
  const { clock, times, growth } = watched();
  growth.answered(growth.asked());
  growth.keyStruck();
  growth.grow();
  await clock.advance(500);
  expect(times).toEqual([]);
});

test('what came while a question was being answered is shown after it', async () => {
  const { clock, times, growth } = watched();
  const question = growth.asked();
  growth.grow();
  await clock.advance(50);
  expect(times).toEqual([]);
  growth.answered(question);
  await clock.advance(0);
  expect(times).toEqual([50]);
});

test('a question that the editor lost does not end the growth', async () => {
  const { clock, times, growth } = watched();
  growth.answered(growth.asked());
  growth.grow();
  await clock.advance(1500);
  growth.grow();
  await clock.advance(0);
  expect(times).toEqual([0, 1500]);
});

test('nothing grows after the end', async () => {
  const { clock, times, growth } = watched();
  growth.answered(growth.asked());
  growth.grow();
  growth.stop();
  await clock.advance(500);
  expect(times).toEqual([]);
  expect(clock.pending).toBe(0);
});
