import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { countByLine, loadTokenizer } from '../../../src/prompt/tokens.ts';

const count = countByLine(await loadTokenizer());
const whole = (text: string) => countTokens(text, { disallowedSpecial: new Set() });

const pieces =
  'a b e A Z 0 9 _ $ { } ( ) = > é 漢 😀 👨‍👩‍👧 é " / \\ . ; , function const return <|endoftext|> <|im_start|>'.split(
    ' ',
  );
const text = fc
  .uniqueArray(fc.constantFrom(...pieces, ' ', '  ', '\t', '\n', '\r\n', '\n\n', '\u00a0', '\u2028'), {
    minLength: 1,
    maxLength: 12,
  })
  .chain((some) => fc.array(fc.constantFrom(...some), { minLength: 5, maxLength: 120 }))
  .map((parts) => parts.join(''));

test('no text has more tokens for the model than are counted', () => {
  fc.assert(
    fc.property(text, (one) => {
      expect(count(one)).toBeGreaterThanOrEqual(whole(one));
    }),
    { numRuns: 3000, seed: 11 },
  );
});

test('code is counted to the token, with its blank lines and comments', () => {
  const code =
    'if (a) {\r\n// one\r\n\r\n\r\n  /* two */\r\n}\n\n\n/** three */\nconst b = c /\n/d/;\n   \n\tend();\n';
  expect(count(code)).toBe(whole(code));
});
