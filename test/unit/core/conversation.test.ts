import { expect, test } from 'vitest';
import type { Cleared } from '../../../src/core/cleared.ts';
import { type ConversationPorts, createConversation } from '../../../src/core/conversation.ts';
import { BackendError } from '../../../src/core/errors.ts';
import type { ExplainSubject } from '../../../src/core/explain.ts';
import type { Prompt } from '../../../src/core/prompt.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import { type Script, ScriptedBackend } from '../../support/scriptedBackend.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

function codeOf(text: string): ExplainSubject {
  const snapshot = {
    uri: 'file:///a.ts',
    path: 'a.ts',
    languageId: 'typescript',
    version: 1,
    text,
    caret: 0,
    indentUnit: '  ',
  };
  return { kind: 'code', snapshot, span: { start: 0, end: text.length } };
}

/** A conversation with a scripted model; `shown` is what the page was told, as `index state text`. */
function talking(scripts: readonly Script[], change: Partial<ConversationPorts> = {}) {
  const clock = new VirtualClock();
  let asked = 0;
  const backend = new ScriptedBackend(clock, () => scripts[asked++] ?? { text: '' });
  const shown: string[] = [];
  const reports: string[] = [];
  const talk = createConversation(
    {
      survey: (of) => ({ snapshot: of, zone: 'code', extent: 'block', scopes: [], nextLine: '' }),
      gather: async () => [],
      guard: {
        mayLeave: async () => true,
        clear: (site, snippets, _, about = { start: 0, end: 0 }) => ({
          about,
          site,
          snippets,
          seal: (prompt) => ({ prompt: prompt as Cleared<Prompt>, restore: (answer) => answer }),
        }),
      },
      compose: () => ({ kind: 'chat', messages: [], stop: [], maxTokens: 100 }),
      clock,
      backend: () => backend,
      report: (_backend, end, error) => reports.push(error ? `${end} ${error.kind}` : end),
      settingsFor: () => defaultSettings,
      language: 'en',
      ...change,
    },
    (index, turn) => shown.push(`${index} ${turn.state.kind} ${turn.text}`),
  );
  return { clock, backend, talk, shown, reports };
}

test('asking about a place again shows what is kept, without a request', async () => {
  const { clock, backend, talk } = talking([{ text: 'First.' }, { text: 'Other.' }]);
  expect(talk.open(codeOf('a()'))).toBe('new');
  void talk.ask('');
  await clock.advance(5_000);
  talk.open(codeOf('b()'));
  void talk.ask('');
  await clock.advance(5_000);
  expect(talk.open(codeOf('a()'))).toBe('known');
  expect(talk.turns.map(({ text }) => text)).toEqual(['First.']);
  expect(talk.open(codeOf('a(1)'))).toBe('new');
  expect(backend.requests).toHaveLength(2);
});

test('asking about a place again while its answer is being written goes on with it', async () => {
  const { clock, backend, talk, shown } = talking([{ text: 'Long answer.', chunk: 1, everyMs: 100 }]);
  talk.open(codeOf('a()'));
  void talk.ask('');
  await clock.advance(800);
  expect(talk.open(codeOf('a()'))).toBe('known');
  await clock.advance(5_000);
  expect(shown.at(-1)).toBe('0 done Long answer.');
  expect(backend.requests).toHaveLength(1);
});

test('what is kept is shown without any model, and only what is not needs one', async () => {
  let model = true;
  const clock = new VirtualClock();
  const backend = new ScriptedBackend(clock, () => ({ text: 'Kept.' }));
  const { talk } = talking([], { clock, backend: () => (model ? backend : undefined) });
  talk.open(codeOf('a()'));
  void talk.ask('');
  await clock.advance(5_000);
  model = false;
  expect(talk.open(codeOf('b()'))).toBe('needs-model');
  expect(talk.open(codeOf('a()'))).toBe('known');
});

test('turning to another place ends the answer that is being written and never shows it there', async () => {
  const { clock, backend, talk, shown, reports } = talking([
    { text: 'Long answer.', chunk: 1, everyMs: 100 },
    { text: 'B.' },
  ]);
  talk.open(codeOf('a()'));
  void talk.ask('');
  await clock.advance(800);
  talk.open(codeOf('b()'));
  shown.length = 0;
  void talk.ask('');
  await clock.advance(5_000);
  expect(shown.every((line) => !line.includes('Long'))).toBe(true);
  expect(shown.at(-1)).toBe('0 done B.');
  expect([backend.running, ...reports]).toEqual([0, 'aborted', 'finished']);
  talk.open(codeOf('a()'));
  expect(talk.turns[0]).toMatchObject({ text: 'Long ', state: { kind: 'stopped' } });
});

test('making an answer again takes its place, also while it is being written', async () => {
  const { clock, talk, shown } = talking([{ text: 'Old answer.', chunk: 1, everyMs: 100 }, { text: 'New.' }]);
  talk.open(codeOf('a()'));
  void talk.ask('');
  await clock.advance(800);
  shown.length = 0;
  void talk.again();
  await clock.advance(5_000);
  expect(shown.filter((line) => line.includes('Old'))).toEqual([]);
  expect(talk.turns.map(({ text }) => text)).toEqual(['New.']);
});

test('a stopped answer stays, and a follow-up comes after it', async () => {
  const { clock, talk, shown } = talking([
    { text: 'Half of it.', chunk: 1, everyMs: 100 },
    { text: 'More.' },
  ]);
  talk.open(codeOf('a()'));
  void talk.ask('');
  await clock.advance(800);
  talk.stop();
  await clock.advance(1);
  expect(shown.at(-1)).toBe('0 stopped Half ');
  void talk.ask('And?');
  await clock.advance(5_000);
  expect(talk.turns.map(({ question, text }) => [question, text])).toEqual([
    ['', 'Half '],
    ['And?', 'More.'],
  ]);
});

test('a backend that may not be asked is a failed turn that says why, and asking again works when it may', async () => {
  const denied = new BackendError('no-key', 'There is no key.');
  let may = false;
  const clock = new VirtualClock();
  const backend = new ScriptedBackend(clock, () => ({ text: 'Now.' }));
  const { talk } = talking([], { clock, backend: () => (may ? backend : denied) });
  talk.open(codeOf('a()'));
  await talk.ask('');
  expect(talk.turns[0]?.state).toEqual({ kind: 'failed', error: denied });
  may = true;
  void talk.again();
  await clock.advance(5_000);
  expect(talk.turns.map(({ text }) => text)).toEqual(['Now.']);
});

test('a failure is reported, so that the status shows it', async () => {
  const error = new BackendError('server', 'It said 500.');
  const { clock, talk, reports } = talking([{ text: 'Ha', error, failAfter: 2 }]);
  talk.open(codeOf('a()'));
  void talk.ask('');
  await clock.advance(5_000);
  expect(reports).toEqual(['failed server']);
});

test('a fast stream is told of at most every 60 ms, and its end always', async () => {
  const { clock, talk, shown } = talking([{ text: 'x'.repeat(200), chunk: 1, everyMs: 5 }]);
  talk.open(codeOf('a()'));
  void talk.ask('');
  await clock.advance(5_000);
  expect(shown.length).toBeLessThan(25);
  expect(shown.at(-1)).toBe(`0 done ${'x'.repeat(200)}`);
});
