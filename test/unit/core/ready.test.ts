import { expect, test } from 'vitest';
import type { Gather } from '../../../src/core/ports.ts';
import { Desk } from '../../support/desk.ts';
import { openGuard } from '../../support/openGuard.ts';
import { ScriptedBackend } from '../../support/scriptedBackend.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

/** A desk whose other files take 20 ms to look through. */
function deskOf(floor: number) {
  const clock = new VirtualClock();
  const backend = new ScriptedBackend(clock, () => ({ text: 'sum(a, b);' }));
  const gathered: number[] = [];
  const gather: Gather = async (_site, _most, signal) => {
    gathered.push(clock.now());
    await clock.sleep(20, signal);
    return [];
  };
  const desk = new Desk(clock, backend, 'const total =█', { gather, settings: { 'suggest.delay': floor } });
  return { clock, backend, desk, gathered };
}

test('what a request holds is got ready while its pause lasts', async () => {
  const { clock, backend, desk, gathered } = deskOf(200);
  desk.type(' ');
  await clock.advance(199);
  expect(gathered).toEqual([170]);
  expect(backend.requests.length).toBe(0);
  await clock.advance(1);
  expect(backend.requests.length).toBe(1);
  expect(gathered.length).toBe(1);
});

test('whoever types on before that has cost nothing', async () => {
  const { clock, backend, desk, gathered } = deskOf(200);
  for (const key of ' sum') {
    desk.type(key);
    await clock.advance(140);
  }
  expect(gathered).toEqual([]);
  expect(backend.requests.length).toBe(0);
});

test('what was got ready under settings that changed meanwhile is not sent', async () => {
  const { clock, backend, desk, gathered } = deskOf(200);
  desk.type(' ');
  await clock.advance(180);
  desk.settings = { ...desk.settings };
  desk.reset();
  desk.refresh();
  await clock.advance(300);
  expect(backend.requests.length).toBe(1);
  expect(gathered.length).toBe(2);
});

test('what was got ready serves one request: a file that is excluded since is not sent', async () => {
  const clock = new VirtualClock();
  const backend = new ScriptedBackend(clock, () => ({ text: 'sum(a, b);' }));
  let excluded = false;
  const desk = new Desk(clock, backend, 'const total =█', {
    settings: { 'suggest.delay': 200 },
    guard: { ...openGuard, mayLeave: async () => !excluded },
  });
  desk.type(' ');
  await clock.advance(1000);
  expect(backend.requests.length).toBe(1);
  excluded = true;
  void desk.invoke();
  await clock.advance(1000);
  expect(backend.requests.length).toBe(1);
});
