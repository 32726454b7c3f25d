import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOwnNames } from '../../../src/context/ownNames.ts';

test('after any edits the names are those of the last text', () => {
  const text = fc
    .array(fc.constantFrom('foo', 'bar', 'fo', 'o', ' ', '.', '\n', '\r\n', 'Été', '😀'), { maxLength: 30 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (texts) => {
      const names = createOwnNames();
      for (const one of texts) names.update(one);
      const last = new Set(texts.at(-1)?.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
      const all = new Set(texts.flatMap((one) => one.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []));
      for (const name of all) expect(names.has(name), name).toBe(last.has(name));
    }),
    { seed: 5 },
  );
});

test('a name that is cut in two is gone, and its halves are there', () => {
  const names = createOwnNames();
  names.update('const openCart = 1;\nlast();\n');
  names.update('const open Cart = 1;\nlast();\n');
  expect(['openCart', 'open', 'Cart', 'last'].map(names.has)).toEqual([false, true, true, true]);
});

test('a line without end is not taken apart, the lines beside it are', () => {
  const names = createOwnNames();
  names.update(`before();\n${'minified();'.repeat(2000)}\nafter();\n`);
  expect(['before', 'minified', 'after'].map(names.has)).toEqual([true, false, true]);
});
