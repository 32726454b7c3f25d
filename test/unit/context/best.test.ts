import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBest } from '../../../src/context/best.ts';

test('the best are kept as sorting them all would, the first of equals first', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 5 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 10 }),
      (scores, most) => {
        const all = scores.map((score, number) => ({ score, number }));
        const best = createBest<(typeof all)[number]>(most);
        for (const one of all) if (best.wants(one.score)) best.add(one.score, one);
        expect(best.kept).toEqual(all.toSorted((a, b) => b.score - a.score).slice(0, most));
      },
    ),
  );
});
