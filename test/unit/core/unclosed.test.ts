import { expect, test } from 'vitest';
import { uptoUnclosed } from '../../../src/core/unclosed.ts';

test.each([
  ['save(item, ', 'save('],
  ['if (ready) {\n  go();', 'if (ready) {'],
  ['name = "Jo', 'name = "'],
  ["name = 'Jo", "name = '"],
  ['total(items[0].pri', 'total('],
])('%j is shown up to what it opens', (text, shown) => expect(uptoUnclosed(text)).toBe(shown));

test.each([
  'save(item);',
  'if (ready) {',
  'a[i] = "(" + b',
  "// do not (yet) stop at what isn't open",
  'he said \\"no',
  ')];',
])('%j is whole', (text) => expect(uptoUnclosed(text)).toBe(text));
