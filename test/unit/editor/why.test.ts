import { expect, test, vi } from 'vitest';
import { silentReasons } from '../../../src/core/outcome.ts';
import { Desk } from '../../support/desk.ts';
import { ScriptedBackend } from '../../support/scriptedBackend.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const seen: { labels: readonly string[]; details: readonly string[]; clipboard: string } = {
  labels: [],
  details: [],
  clipboard: '',
};

vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...values: readonly unknown[]) =>
      text.replace(/\{(\d)\}/g, (_, at: string) => String(values[Number(at)])),
  },
  window: {
    showQuickPick: async (items: readonly { readonly label: string; readonly detail?: string }[]) => {
      seen.labels = items.map(({ label }) => label);
      seen.details = items.map(({ detail }) => detail ?? '');
      return items.at(-1);
    },
    showInformationMessage: async () => undefined,
  },
  env: { clipboard: { writeText: async (text: string) => (seen.clipboard = text) } },
}));

const { whyNoSuggestion } = await import('../../../src/editor/why.ts');

const secret = 'theUsersOwnName';

/** Types `keys` in a file whose every word is the user's own, with a model that answers the same. */
async function typed(keys: string, answer: string): Promise<Desk> {
  const clock = new VirtualClock();
  const desk = new Desk(clock, new ScriptedBackend(clock, () => ({ text: answer })), `const ${secret} = █`);
  for (const key of keys) {
    desk.type(key);
    await clock.advance(1000);
  }
  desk.dispose();
  return desk;
}

test('the last outcomes are told in words with the time of each stage, newest first', async () => {
  const desk = await typed('  x', '');
  await whyNoSuggestion(desk.completer.history, 'Foretype 1.0');
  expect(seen.labels[0]).toBe(silentReasons['nothing-answered']);
  expect(seen.details[0]).toMatch(/survey \d+\.\d ms · .*read \d+\.\d ms/);
});

test('fifty outcomes are kept, and the report tells of all without a word of the code', async () => {
  const desk = await typed(' '.repeat(70), `${secret}.answer();`);
  expect(desk.completer.history).toHaveLength(50);
  await whyNoSuggestion(desk.completer.history, 'Foretype 1.0');
  expect(seen.clipboard.split('\n')).toHaveLength(51);
  expect(seen.clipboard).toContain('Foretype 1.0');
  expect(seen.clipboard).toMatch(/Shown.*: \d+ characters/);
  expect(seen.clipboard).not.toMatch(/theUsersOwnName|answer\(|example|file:/);
});

test('before anything was asked, it says so', async () => {
  await whyNoSuggestion([], 'Foretype 1.0');
  expect(seen.labels[0]).toMatch(/^Nothing has been asked yet/);
});
