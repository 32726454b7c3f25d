import { expect, test } from 'vitest';
import type { Cleared } from '../../../src/core/cleared.ts';
import { BackendError } from '../../../src/core/errors.ts';
import {
  type ExplainPorts,
  type ExplainQuestion,
  type ExplainRequest,
  type ExplainTurn,
  explain,
} from '../../../src/core/explain.ts';
import type { Prompt } from '../../../src/core/prompt.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import { type Script, ScriptedBackend } from '../../support/scriptedBackend.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const text = 'function a() {\n  return secret;\n}\n';
const snapshot = {
  uri: 'file:///a.ts',
  path: 'a.ts',
  languageId: 'typescript',
  version: 1,
  text,
  caret: 0,
  indentUnit: '  ',
};

/** Asks one turn of a scripted model; `SECRET` stands for the word `secret` on the wire. */
function asking(script: Script, change: Partial<ExplainRequest> = {}, ports: Partial<ExplainPorts> = {}) {
  const clock = new VirtualClock();
  const backend = new ScriptedBackend(clock, () => script);
  const questions: ExplainQuestion[] = [];
  const stop = new AbortController();
  const turns: ExplainTurn[] = [];
  const request: ExplainRequest = {
    subject: { kind: 'code', snapshot, span: { start: 0, end: 33 } },
    earlier: [],
    question: '',
    language: 'en',
    backend,
    settings: defaultSettings,
    ...change,
  };
  const all: ExplainPorts = {
    survey: (of) => ({ snapshot: of, zone: 'code', extent: 'block', scopes: [], nextLine: '' }),
    gather: async () => [{ source: 'open', path: 'b.ts', text: 'const b = 1;', weight: 1 }],
    guard: {
      mayLeave: async (path) => path !== '.env',
      clear: (site, snippets, _, about = { start: 0, end: 0 }) => ({
        about,
        site,
        snippets,
        seal: (prompt) => ({
          prompt: prompt as Cleared<Prompt>,
          restore: (answer) => answer.replaceAll('SECRET', 'secret'),
        }),
      }),
    },
    compose: (question) => {
      questions.push(question);
      return { kind: 'chat', messages: [{ role: 'user', content: 'explain' }], stop: [], maxTokens: 100 };
    },
    clock,
    ...ports,
  };
  const ended = (async () => {
    for await (const turn of explain(request, all, stop.signal)) turns.push(turn);
  })();
  return { clock, backend, questions, stop, turns, ended };
}

test('an explanation grows from thinking over writing to done', async () => {
  const { clock, turns, ended } = asking({ text: 'It returns.', chunk: 6, everyMs: 10 });
  await clock.advance(2_000);
  await ended;
  expect(turns.map(({ state, text: so }) => `${state.kind}: ${so}`)).toEqual([
    'thinking: ',
    'writing: It ret',
    'writing: It returns.',
    'done: It returns.',
  ]);
});

test('what has arrived is kept when it is stopped, and the stream is hung up', async () => {
  const { clock, backend, stop, turns, ended } = asking({ text: 'It returns.', chunk: 2, everyMs: 100 });
  await clock.advance(520);
  stop.abort();
  await ended;
  expect(turns.at(-1)).toMatchObject({ text: 'It r', state: { kind: 'stopped' } });
  expect(backend.running).toBe(0);
});

test('what has arrived is kept when the backend fails half-way', async () => {
  const error = new BackendError('server', 'The server said 500.');
  const { clock, turns, ended } = asking({ text: 'It returns.', chunk: 4, everyMs: 10, error, failAfter: 4 });
  await clock.advance(2_000);
  await ended;
  expect(turns.at(-1)).toMatchObject({ text: 'It r', state: { kind: 'failed', error } });
});

test('an answer without a word is a failure', async () => {
  const { clock, turns, ended } = asking({ text: '' });
  await clock.advance(2_000);
  await ended;
  expect(turns.at(-1)?.state).toMatchObject({ kind: 'failed', error: { kind: 'garbled' } });
});

test('an answer without an end is hung up and cut', async () => {
  const { clock, backend, turns, ended } = asking({ text: 'x'.repeat(200_000), chunk: 30_000 });
  await clock.advance(60_000);
  await ended;
  expect(turns.at(-1)).toMatchObject({ state: { kind: 'cut' } });
  expect(turns.at(-1)?.text.length).toBe(100_000);
  expect(backend.running).toBe(0);
});

test('an answer of nothing but lines is hung up and cut', async () => {
  const { clock, backend, turns, ended } = asking({ text: '\n'.repeat(50_000), chunk: 1_000, everyMs: 1 });
  await clock.advance(60_000);
  await ended;
  expect(turns.at(-1)).toMatchObject({ state: { kind: 'cut' } });
  expect(backend.running).toBe(0);
});

test('secrets are put back in what the answer repeats', async () => {
  const { clock, turns, ended } = asking({ text: 'It returns SECRET.', chunk: 100 });
  await clock.advance(2_000);
  await ended;
  expect(turns.at(-1)?.text).toBe('It returns secret.');
});

test('a follow-up carries what was said, but no turn that brought nothing', async () => {
  const done = { question: '', text: 'It returns.', state: { kind: 'done' }, usage: undefined } as const;
  const failed = { question: 'What?', text: '', state: { kind: 'stopped' }, usage: undefined } as const;
  const { clock, questions, ended } = asking(
    { text: 'Because.' },
    { earlier: [done, failed], question: 'Why?' },
  );
  await clock.advance(2_000);
  await ended;
  expect(questions[0]?.turns).toEqual([
    { role: 'assistant', content: 'It returns.' },
    { role: 'user', content: 'Why?' },
  ]);
});

test('context that is late is asked for what it has, and waited for no longer', async () => {
  const { clock, backend, ended } = asking(
    { text: 'x' },
    {},
    {
      gather: (_site, _most, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve([]), { once: true })),
    },
  );
  await clock.advance(10_000);
  await ended;
  expect(backend.requests).toHaveLength(1);
});

test('a picture is asked about with its bytes, without code', async () => {
  const image = { path: 'a.png', dataUrl: 'data:image/png;base64,AAAA' };
  const { clock, questions, ended } = asking({ text: 'A cat.' }, { subject: { kind: 'image', image } });
  await clock.advance(2_000);
  await ended;
  expect(questions[0]).toMatchObject({ kind: 'image', image });
});

test('a fault that is no failure of a backend is not swallowed', async () => {
  const fault = new TypeError('a bug');
  const { clock, ended } = asking(
    { text: 'x' },
    {},
    {
      compose: () => {
        throw fault;
      },
    },
  );
  const caught = ended.catch((error: unknown) => error);
  await clock.advance(2_000);
  expect(await caught).toBe(fault);
});
