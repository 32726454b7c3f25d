import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../support/sameCases.ts';
import { type PlayEvent, playAtRandom } from '../../support/randomPlay.ts';

const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const event: fc.Arbitrary<PlayEvent> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('key' as const), choice: share }) },
  { weight: 6, arbitrary: fc.constant({ kind: 'agree' as const }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 900 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'open-bracket' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'newline' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('back' as const), count: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), choice: share }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('accept' as const),
      share: fc.double({ min: 0.1, max: 1, noNaN: true }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'invoke' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'switch' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'settings' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'undo' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'redo' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'dismiss' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('foreign' as const), choice: share }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'close' as const }) },
);
const model = fc.record({
  seed: fc.nat(),
  lanes: fc.integer({ min: 1, max: 2 }),
  metered: fc.boolean(),
});

test('whatever is typed, taken, moved, switched and answered, every promise of the keystroke holds', async () => {
  await fc.assert(
    fc.asyncProperty(model, fc.array(event, { minLength: 5, maxLength: 60 }), async (how, events) => {
      expect(await playAtRandom(how, events)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
