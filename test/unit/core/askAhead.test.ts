import { expect, test } from 'vitest';
import { Desk } from '../../support/desk.ts';
import { ScriptedBackend } from '../../support/scriptedBackend.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

/** A desk with a suggestion on screen, whose model says something else at each place. */
async function shown(options: { lanes?: number; metered?: boolean; askAhead?: boolean }) {
  const clock = new VirtualClock();
  const { askAhead = false, ...backend } = options;
  const model = new ScriptedBackend(
    clock,
    ({ site }) => ({ text: site.snapshot.text.includes('first();') ? ' second();' : 'first();' }),
    { kind: 'local', ...backend },
  );
  const desk = new Desk(clock, model, '█', { settings: { 'suggest.askAhead': askAhead } });
  desk.type(' ');
  await clock.advance(3000);
  expect(desk.ghost?.text).toBe('first();');
  return { clock, desk, model };
}

test('what costs nothing is asked ahead, and the next suggestion is there at once when this one is taken', async () => {
  const { clock, desk, model } = await shown({ metered: false });
  expect(model.requests.map(({ prefix }) => prefix)).toEqual([' ', ' first();']);
  desk.accept();
  await clock.advance(100);
  expect(desk.ghost?.text).toBe(' second();');
  expect(model.requests.filter(({ prefix }) => prefix === ' first();')).toHaveLength(1);
});

test('what costs money is asked ahead only where the user wants that', async () => {
  expect((await shown({ metered: true })).model.requests).toHaveLength(1);
  expect((await shown({ metered: true, askAhead: true })).model.requests).toHaveLength(2);
});

test('one place is asked ahead once, however long its suggestion stays', async () => {
  const { clock, desk, model } = await shown({ metered: false });
  for (let look = 0; look < 5; look += 1) {
    desk.refresh();
    await clock.advance(1000);
  }
  expect(model.requests).toHaveLength(2);
});
