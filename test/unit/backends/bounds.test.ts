import { expect, test } from 'vitest';
import { watchOver } from '../../../src/backends/bounds.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

test('each pause is watched by its own bound, and one timer does', async () => {
  const clock = new VirtualClock();
  const late: string[] = [];
  const watch = watchOver(clock, (what) => late.push(`${what} at ${clock.now()}`));
  watch.expect('connect', 100);
  await clock.advance(90);
  watch.expect('firstToken', 1000);
  await clock.advance(900);
  for (let piece = 0; piece < 10; piece += 1) {
    watch.expect('between', 50);
    await clock.advance(40);
    expect(clock.pending).toBeLessThanOrEqual(1);
  }
  expect(late).toEqual([]);
  await clock.advance(1000);
  expect(late).toEqual(['between at 1400']);
});

test('whoever is late may be given another bound', async () => {
  const clock = new VirtualClock();
  const late: string[] = [];
  const watch = watchOver(clock, (what) => {
    late.push(`${what} at ${clock.now()}`);
    if (what === 'connect') watch.expect('firstToken', 50);
  });
  watch.expect('connect', 100);
  await clock.advance(1000);
  expect(late).toEqual(['connect at 100', 'firstToken at 150']);
});

test('a stopped watch leaves no timer', async () => {
  const clock = new VirtualClock();
  const watch = watchOver(clock, () => expect.unreachable());
  watch.expect('connect', 100);
  watch.expect('between', 10);
  watch.stop();
  await clock.advance(1000);
  expect(clock.pending).toBe(0);
});
