import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freshIndentation } from '../../../src/builtin/indentation.ts';
import { Live } from '../../../src/builtin/live.ts';
import { Vocabulary } from '../../../src/builtin/vocabulary.ts';

const pieces = fc.constantFrom(
  'if',
  'user',
  'x',
  ' ',
  '  ',
  '\n',
  '\n    ',
  '\r\n\t',
  '(',
  ')',
  '=',
  '=>',
  '..',
  '/',
  '"',
  "'",
  '7',
  'é',
  '\n\n',
);
const texts = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));

test('a file that is edited step by step is known exactly as if it were read at once', () => {
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 6 }), fc.nat(40), (prefixes, cut) => {
      const vocabulary = new Vocabulary();
      const live = new Live(vocabulary);
      for (const prefix of prefixes) {
        const shorter = prefix.slice(0, cut);
        for (const now of [prefix, shorter, shorter + prefix]) {
          const place = live.follow('a', now, freshIndentation());
          const fresh = new Live(vocabulary);
          const { typed, indentation } = fresh.follow('a', now, freshIndentation());
          expect(place.typed).toBe(typed);
          expect(place.indentation).toEqual(indentation);
          expect(known(live)).toEqual(known(fresh));
        }
      }
    }),
    { numRuns: 60 },
  );
});

/** The tokens, and for every place the latest place of the same context, by every chain. */
function known({ trail }: Live) {
  const tokens = trail.tokens.slice(0, trail.length);
  const heads = Array.from(tokens, (_, place) => [...trail.heads(tokens, place)]);
  return { tokens, heads };
}

test('the part of a word that may still grow is held back', () => {
  const live = new Live(new Vocabulary());
  expect(live.follow('a', 'return use', freshIndentation()).typed).toBe(' use');
  expect(live.follow('a', 'return user.', freshIndentation()).typed).toBe('.');
  expect(live.follow('a', 'return (', freshIndentation()).typed).toBe('');
  expect(live.follow('a', 'return;\n  ', freshIndentation()).typed).toBe('\n  ');
});
