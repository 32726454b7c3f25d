import { expect, test } from 'vitest';
import { Desk } from '../../support/desk.ts';
import { ScriptedBackend } from '../../support/scriptedBackend.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

/** A desk with a model that takes a second, and a built-in predictor that is very sure of `instant`. */
function desk(model: string, instant: string, on = true) {
  const clock = new VirtualClock();
  const cloud = new ScriptedBackend(clock, () => ({ text: model, firstMs: 1000 }));
  const builtin = new ScriptedBackend(clock, () => ({ text: instant, firstMs: 0, chunk: 1000 }), {
    id: 'instant',
    kind: 'builtin',
    metered: false,
  });
  const made = new Desk(clock, cloud, 'const a = █', { instant: builtin, settings: { instant: on } });
  return { clock, cloud, desk: made };
}

test('what the built-in predictor is very sure of stands there while the model is waited for', async () => {
  const { clock, cloud, desk: at } = desk('f(b);', 'f(');
  at.type('  ');
  await clock.advance(600);
  expect(at.ghost?.text).toBe('f(');
  expect(cloud.requests).toHaveLength(1);
});

test('the model may extend it', async () => {
  const { clock, desk: at } = desk('call(second, third);', 'call(second');
  at.type('  ');
  await clock.advance(600);
  expect(at.ghost?.text).toBe('call(second');
  await clock.advance(2000);
  expect(at.ghost?.text).toBe('call(second, third);');
});

test('the model may not replace it before the next key', async () => {
  const { clock, desk: at } = desk('other(thing);', 'call(second');
  at.type('  ');
  await clock.advance(3000);
  expect(at.ghost?.text).toBe('call(second');
  at.type('o');
  await clock.advance(200);
  expect(at.ghost?.text).toBe('ther(thing);');
});

test('nothing of it is shown unless the user wants it', async () => {
  const { clock, desk: at } = desk('call(second, third);', 'call(second', false);
  at.type('  ');
  await clock.advance(600);
  expect(at.ghost).toBeUndefined();
});
