import { expect, test } from 'vitest';
import { priceOf, prices, relativesOf, unknownPrice } from '../../../src/usage/prices.ts';

test.each([
  ['gpt-4o-mini', 'gpt-4o-mini'],
  ['gpt-4o-mini-2024-07-18', 'gpt-4o-mini'],
  ['openai/gpt-4o-mini', 'gpt-4o-mini'],
  ['GPT-4o-Mini', 'gpt-4o-mini'],
  ['gpt-4o-2024-11-20', 'gpt-4o'],
  ['codestral-latest', 'codestral'],
  ['codestral-2508', 'codestral'],
])('%s has the price of %s', (model, row) => {
  expect(priceOf(model, {})).toEqual({ price: prices[row], known: true });
});

test.each(['gpt-4o-audio', 'gpt-4', 'gpt-4o-minister', 'my-deployment', ''])(
  '%j has no known price',
  (model) => {
    expect(priceOf(model, {})).toEqual({ price: unknownPrice, known: false });
  },
);

test('a model’s relatives are those with a price that a service is likely to have too', () => {
  expect(relativesOf('gpt-4o-mini').slice(0, 2)).toEqual(['gpt-4o-mini', 'gpt-4o']);
  expect(relativesOf('openai/gpt-4o-mini')).toContain('openai/gpt-4.1-mini');
  expect(relativesOf('claude-haiku-4-5')).toEqual(['claude-haiku-4-5']);
  for (const relative of relativesOf('gpt-4o-mini')) expect(priceOf(relative, {}).known).toBe(true);
});

test("the user's own price counts before the table's", () => {
  const own = {
    'gpt-4o-mini': { input: 1, cachedInput: 1, output: 1 },
    'my-deployment': { input: 2, cachedInput: 2, output: 2 },
  };
  expect(priceOf('gpt-4o-mini-2024-07-18', own).price.input).toBe(1);
  expect(priceOf('my-deployment', own)).toEqual({ price: own['my-deployment'], known: true });
});

test('every price has a day and a source', () => {
  for (const { day, source } of Object.values(prices)) {
    expect(day).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(source).toMatch(/^https:\/\//);
  }
});
