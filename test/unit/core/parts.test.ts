import { expect, test } from 'vitest';
import { Pace } from '../../../src/core/pace.ts';
import { createRefine } from '../../../src/filters/index.ts';
import { Desk } from '../../support/desk.ts';
import { ScriptedBackend } from '../../support/scriptedBackend.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

async function shownAfter(answer: string) {
  const clock = new VirtualClock();
  const pace = new Pace(clock);
  const backend = new ScriptedBackend(clock, () => ({ text: answer }));
  const desk = new Desk(clock, backend, 'function f() {\n  const total =█\n}\n', {
    refine: () => createRefine({ maxLines: 8 }),
    pace,
  });
  const name = () => {
    const last = desk.outcomes.findLast(({ kind }) => kind === 'suggest');
    return last?.kind === 'suggest' ? last.suggestion.draft : undefined;
  };
  desk.type(' ');
  await clock.advance(900);
  return { clock, desk, name, backend, pace };
}

test('what goes on after a suggestion that was taken is another suggestion, for the figures', async () => {
  const { clock, desk, name, backend } = await shownAfter('sum(a, b);\n  return total;\n}');
  expect(desk.ghost?.text).toBe('sum(a, b);');
  const first = name();
  desk.accept();
  await clock.advance(200);
  expect(desk.ghost?.text).toBe('\n  return total;');
  expect(name()).not.toBe(first);
  expect(backend.requests.length).toBe(1);
});

test('the rest of a suggestion of which a word was taken is the same suggestion', async () => {
  const { clock, desk, name } = await shownAfter('sum(a, b);\n  return total;\n}');
  const first = name();
  desk.accept(3);
  await clock.advance(200);
  expect(desk.ghost?.text).toBe('(a, b);');
  expect(name()).toBe(first);
});

test('typing on after a suggestion was taken is no refusal of it, whatever else the answer said', async () => {
  const { desk, pace } = await shownAfter('sum(a, b);\n  return total;\n}');
  desk.accept();
  desk.type('x');
  expect(pace.reluctance).toBe(0);
});

test('typing something else while a suggestion is on screen is a refusal', async () => {
  const { desk, pace } = await shownAfter('sum(a, b);\n  return total;\n}');
  desk.type('x');
  expect(pace.reluctance).toBe(1);
});
