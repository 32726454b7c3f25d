import { expect, test } from 'vitest';
import { splitBudget } from '../../../src/prompt/budget.ts';
import { siteAt } from '../filters/siteAt.ts';

test.each(['\nabc', '\n', '\n\n\nabc', '', 'abc\n', '\r\nabc'])(
  'the file %j is shown whole up to its end',
  (text) => {
    const site = siteAt(text, text.length, { languageId: 'python' });
    expect(splitBudget(site, [], 100, ({ length }) => length, 0).prefix).toBe(text);
  },
);
