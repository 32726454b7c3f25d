import { expect, test } from 'vitest';
import type { Settings } from '../../../src/core/settings.ts';
import { readSettings } from '../../../src/core/settingsReader.ts';
import { attemptsText, settingProblemText } from '../../../src/editor/settingWords.ts';
import { english } from '../../../src/editor/words.ts';

/** What the user reads when these are the user's own settings, and the value in use of the first of them. */
function told(values: Readonly<Record<string, unknown>>) {
  const { settings, problems } = readSettings((name) =>
    name in values ? { globalValue: values[name] } : {},
  );
  const [name = ''] = Object.keys(values);
  const texts = problems.map((problem) => settingProblemText(problem, english));
  return { texts, use: settings[name as keyof Settings] };
}

test('a wrong value is told in a sentence that says what it must be, and the default is used', () => {
  const cases: readonly (readonly [string, unknown, string, unknown])[] = [
    ['backend', 'claude', 'must be one of builtin, cloud, local.', 'builtin'],
    ['suggest.delay', -1, 'must be a number from 0 to 5000.', 0],
    ['suggest.maxLines', '8', 'must be a number from 1 to 40.', 8],
    ['budget.daily', Number.NaN, 'must be a number from 0 to 100000.', 0],
    ['instant', 'yes', 'must be true or false.', false],
    ['exclude', 'secrets/', 'must be a list of valid entries.', []],
    ['languages', { go: 'off' }, 'must be a table of valid entries.', { '*': true }],
    ['cloud.model', 4, 'must be a text.', 'gpt-4o-mini'],
    [
      'prices',
      { x: { input: 1 } },
      'must give each model “input”, “cachedInput” and “output” in dollars per million tokens.',
      {},
    ],
  ];
  for (const [name, value, must, use] of cases) {
    expect(told({ [name]: value })).toEqual({
      texts: [`foretype.${name} ${must} Meanwhile its default is used: ${JSON.stringify(use)}.`],
      use,
    });
  }
});

test('an address or a service that is none is told, and never replaced by one that the user did not choose', () => {
  expect(told({ 'cloud.service': 'mistrall' })).toMatchObject({ use: 'mistrall' });
  expect(told({ 'cloud.service': 'mistrall' }).texts[0]).toMatch(
    /^foretype\.cloud\.service must be one of openai, azure, .*\. Until then nothing is asked there\.$/,
  );
  for (const address of ['ftp://x', 'http://', 'a b', 'javascript:alert(1)']) {
    expect(told({ 'local.endpoint': address })).toEqual({
      texts: [
        'foretype.local.endpoint must be an address such as https://models.example.com/v1. Until then nothing is asked there.',
      ],
      use: address,
    });
  }
  for (const address of ['', 'localhost:11434', '127.0.0.1', 'https://models.test/v1', '[::1]:8080']) {
    expect(told({ 'cloud.endpoint': address }).texts).toEqual([]);
  }
});

test('what a workspace tries is told in one text, however much it is', () => {
  const all = ['foretype.backend', 'foretype.prices', 'foretype.exclude'];
  expect([1, 2, 3].map((count) => attemptsText(all.slice(0, count), english))).toEqual([
    'This workspace sets foretype.backend. Only your user settings may, so this is ignored.',
    'This workspace sets foretype.backend and foretype.prices. Only your user settings may, so this is ignored.',
    'This workspace sets foretype.backend, foretype.prices and 1 more. Only your user settings may, so this is ignored.',
  ]);
});
