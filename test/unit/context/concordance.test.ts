import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concordanceOf } from '../../../src/context/concordance.ts';

const word = fc.constantFrom('a', 'b', 'ab', '__proto__', 'constructor', 'é');
const text = fc.array(fc.array(word, { maxLength: 6 }), { maxLength: 12 });

const read = (rows: readonly (readonly string[])[]) =>
  concordanceOf(rows.length, (row, add) => rows[row]?.forEach(add));

function rowsWith(rows: readonly (readonly string[])[], word: string): readonly number[] {
  return rows.flatMap((words, row) => (words.includes(word) ? [row] : []));
}

test('a word is found in the rows that it stands in, once each, and nowhere else', () => {
  fc.assert(
    fc.property(text, word, (rows, asked) => {
      const found: number[] = [];
      const concordance = read(rows);
      concordance.eachRow(asked, (row) => found.push(row));
      expect(found).toEqual(rowsWith(rows, asked));
      expect(concordance.count(asked)).toBe(found.length);
    }),
  );
});

test('rows give their words back in order, each once a row, also beyond both ends', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: -3, max: 15 }), fc.nat({ max: 15 }), (rows, from, length) => {
      const found: string[] = [];
      read(rows).eachWord(from, from + length, (one) => found.push(one));
      const end = Math.max(0, from + length);
      expect(found).toEqual(rows.slice(Math.max(0, from), end).flatMap((words) => [...new Set(words)]));
    }),
  );
});

test('every word is listed once, and a row is as large as it has different words', () => {
  fc.assert(
    fc.property(text, (rows) => {
      const concordance = read(rows);
      expect(concordance.words).toEqual([...new Set(rows.flat())]);
      expect(rows.map((_, row) => concordance.size(row))).toEqual(rows.map((words) => new Set(words).size));
    }),
  );
});

test('what is read for one text is not in the next, nor changed by it', () => {
  const long = read(Array.from({ length: 900 }, (_, row) => ['x', `y${row}`, `z${row}`]));
  const short = read([['x'], ['q']]);
  expect([long.count('x'), long.count('y899'), long.count('q')]).toEqual([900, 1, 0]);
  expect([short.count('x'), short.count('y0'), short.count('q')]).toEqual([1, 0, 1]);
});
