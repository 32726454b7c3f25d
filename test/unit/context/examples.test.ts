import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesBetween } from '../../../src/context/examples.ts';

test('some lines of a text are those that taking it apart whole would give', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '\n'), { maxLength: 20 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.nat(8), fc.integer({ min: 1, max: 8 }), (one, first, count) => {
      expect(linesBetween(one, first, first + count)).toEqual(one.split('\n').slice(first, first + count));
    }),
    { seed: 3 },
  );
});
