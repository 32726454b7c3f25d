import { expect, test } from 'vitest';
import type { Outcome } from '../../../src/core/outcome.ts';
import { Desk } from '../../support/desk.ts';
import { ScriptedBackend } from '../../support/scriptedBackend.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

/** A desk whose model answers otherwise each time it is asked. */
function deskOf(answers: readonly string[], lanes: number, marked = 'const total = █') {
  const clock = new VirtualClock();
  let asked = 0;
  const backend = new ScriptedBackend(clock, () => ({ text: answers[asked++] ?? answers.at(-1) ?? '' }), {
    lanes,
  });
  const desk = new Desk(clock, backend, marked);
  return { clock, backend, desk };
}

function textsOf(outcome: Outcome | undefined): readonly string[] {
  return outcome?.kind === 'suggest' ? [outcome.suggestion, ...outcome.others].map(({ text }) => text) : [];
}

test.each([1, 2])(
  'asking by hand brings three suggestions to cycle through, the likeliest first, with %i lanes',
  async (lanes) => {
    const { clock, backend, desk } = deskOf(['sum(a);', 'a + b;', 'add(a, b);'], lanes);
    void desk.invoke();
    await clock.advance(10_000);
    const [first, ...others] = textsOf(desk.outcomes.at(-1));
    expect(first).toBe('sum(a);');
    expect([...others].sort()).toEqual(['a + b;', 'add(a, b);']);
    expect(backend.requests).toHaveLength(3);
  },
);

test('what is said twice is no alternative', async () => {
  const { clock, backend, desk } = deskOf(['sum(a);', 'sum(a);', 'a + b;'], 2);
  void desk.invoke();
  await clock.advance(10_000);
  expect(textsOf(desk.outcomes.at(-1))).toEqual(['sum(a);', 'a + b;']);
  expect(backend.requests).toHaveLength(3);
});

test('typing brings one suggestion, and no request for another', async () => {
  const { clock, backend, desk } = deskOf(['sum(a);', 'a + b;'], 2);
  desk.type(' ');
  await clock.advance(10_000);
  expect(textsOf(desk.outcomes.at(-1))).toEqual(['sum(a);']);
  expect(backend.requests).toHaveLength(1);
});

test('where typing brings nothing, what was asked for by hand still grows and gets its alternatives', async () => {
  const { clock, desk } = deskOf(['sum(a, b, c, d, e);', 'add(a);'], 2, 'const total = █value + 1;');
  void desk.invoke();
  await clock.advance(10_000);
  expect(textsOf(desk.outcomes.at(-1))).toEqual(['sum(a, b, c, d, e);', 'add(a);']);
});
