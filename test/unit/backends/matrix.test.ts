import { afterAll, describe, expect, test } from 'vitest';
import { createChain } from '../../../src/backends/chain.ts';
import { createBackend } from '../../../src/backends/index.ts';
import { BackendError, type BackendErrorKind, isAbort } from '../../../src/core/errors.ts';
import type { Chunk } from '../../../src/core/ports.ts';
import type { Prompt } from '../../../src/core/prompt.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { type Fault, type ModelServer, type Script, startModelServer } from '../../support/modelServer.ts';
import { chatPrompt, fillPrompt, portsWith, realClock, requestFor, settingsWith, textPrompt } from './rig.ts';

/** Every protocol: how it is set up, and what it is asked. */
interface Protocol {
  readonly settings: (origin: string) => Partial<Settings>;
  readonly prompt: Prompt;
  /** How this protocol's servers say that there is no such model; those with one model never do. */
  readonly noModel: Partial<Script> | 'never';
}

const model = 'the-model';
const local =
  (protocol: Settings['local.protocol']) =>
  (origin: string): Partial<Settings> => ({
    backend: 'local',
    'local.endpoint': origin,
    'local.protocol': protocol,
    'local.model': model,
    'local.template': 'qwen',
  });
const cloud =
  (service: string) =>
  (origin: string): Partial<Settings> => ({
    backend: 'cloud',
    'cloud.service': service,
    'cloud.endpoint': origin,
    'cloud.model': model,
  });
const others = { models: ['another-model'] };

const protocols: Readonly<Record<string, Protocol>> = {
  'OpenAI chat': { settings: cloud('openai'), prompt: chatPrompt, noModel: others },
  Azure: {
    settings: cloud('azure'),
    prompt: chatPrompt,
    noModel: {
      fault: { kind: 'status', status: 404, code: 'DeploymentNotFound', message: 'It does not exist.' },
    },
  },
  'Mistral FIM': { settings: cloud('mistral'), prompt: fillPrompt, noModel: others },
  'local chat': { settings: local('chat'), prompt: chatPrompt, noModel: others },
  'local completions': { settings: local('completions'), prompt: textPrompt, noModel: others },
  'llama.cpp /infill': { settings: local('infill'), prompt: fillPrompt, noModel: 'never' },
  'Ollama generate': { settings: local('ollama'), prompt: fillPrompt, noModel: others },
  'Ollama chat': { settings: local('ollama'), prompt: chatPrompt, noModel: others },
};

/** Every condition: what the server does, and what the user reads for it. */
interface Condition {
  readonly script: Partial<Script>;
  readonly shown: BackendErrorKind | 'well';
}

const text = 'one two three four five six';
const whole = text.length;
const fault = (what: Fault, faultTimes: number | null = null): Partial<Script> => ({
  fault: what,
  faultTimes,
});

const conditions: Readonly<Record<string, Condition>> = {
  works: { script: {}, shown: 'well' },
  streams: { script: { tokensPerSecond: 100 }, shown: 'well' },
  'missing model': { script: {}, shown: 'no-model' },
  'bad key': { script: { key: 'another-key' }, shown: 'denied' },
  'no credit': { script: fault({ kind: 'status', status: 402 }), shown: 'no-credit' },
  '429, Retry-After 1': {
    script: fault({ kind: 'status', status: 429, retryAfter: '1' }),
    shown: 'rate-limited',
  },
  'loads its model': { script: { starting: true }, shown: 'server' },
  '500, then well': { script: fault({ kind: 'status', status: 500 }, 1), shown: 'well' },
  '500': { script: fault({ kind: 'status', status: 500 }), shown: 'server' },
  'hang before the first token': { script: fault({ kind: 'hang', afterTokens: 0 }), shown: 'timed-out' },
  'hang before the headers': {
    script: fault({ kind: 'hang', afterTokens: 0, headers: false }),
    shown: 'timed-out',
  },
  'hang in mid-stream': { script: fault({ kind: 'hang', afterTokens: 2 }), shown: 'timed-out' },
  cut: { script: fault({ kind: 'cut', afterTokens: 2 }), shown: 'unreachable' },
  garbage: { script: fault({ kind: 'garbage', afterTokens: 2 }), shown: 'garbled' },
  'error in mid-stream': { script: fault({ kind: 'error-frame', afterTokens: 2 }), shown: 'server' },
  'a web page': { script: fault({ kind: 'html' }), shown: 'garbled' },
  redirect: { script: fault({ kind: 'redirect', to: 'http://127.0.0.1:9/' }), shown: 'rejected' },
  'empty answer': { script: fault({ kind: 'empty' }), shown: 'well' },
  'usage missing': { script: { usage: 'never' }, shown: 'well' },
  'odd bytes, CRLF, comments': {
    script: { split: 'odd', newline: '\r\n', space: false, comments: true },
    shown: 'well',
  },
  'one JSON answer': { script: { whole: true }, shown: 'well' },
  'an end that is not hung up': { script: { lingers: true }, shown: 'well' },
  'no finish, no [DONE]': { script: { finish: 'missing', done: false }, shown: 'well' },
};

interface Cell {
  readonly shown: string;
  readonly requests: number;
  /** From the end of the cause to the next answer, ms. */
  readonly recoveryMs: number;
}

const table = new Map<string, Map<string, string>>();

describe.concurrent.each(Object.entries(protocols))('%s', (name, protocol) => {
  test.each(Object.entries(conditions))(
    'shows the right state for: %s, and works again after it',
    async (condition, { script, shown }) => {
      const server = await startModelServer({ text });
      try {
        const change = condition === 'missing model' ? protocol.noModel : script;
        const cell = await cellFor(server, protocol, change === 'never' ? {} : change);
        note(condition, name, `${cell.shown} · ${cell.requests} · ${(cell.recoveryMs / 1000).toFixed(2)} s`);
        expect(cell.shown).toBe(change === 'never' ? 'well' : shown);
      } finally {
        await server.close();
      }
    },
  );
});

// One after the other: what is timed is the backend, not the crowd of other tests.
describe.each(Object.entries(protocols))('%s', (name, protocol) => {
  test.each([
    ['cancelled', (stop: AbortController) => stop.abort()],
    ['read no further', () => undefined],
  ] as const)('hangs up when it is %s', async (how, cancel) => {
    const server = await startModelServer({ text, fault: { kind: 'hang', afterTokens: 2 } });
    try {
      const settings = settingsWith(protocol.settings(server.origin));
      const ports = portsWith({ bounds: { connect: 5000, firstToken: 5000, between: 5000 } });
      const backend = createBackend(settings.backend === 'cloud' ? 'cloud' : 'local', settings, ports);
      const stop = new AbortController();
      const iterator = backend
        .stream(requestFor(settings, protocol.prompt), stop.signal)
        [Symbol.asyncIterator]();
      for (let read = ''; read.length < 7; ) read += (await iterator.next()).value?.text;
      const left = performance.now();
      const waiting = how === 'cancelled' ? iterator.next() : iterator.return?.();
      cancel(stop);
      if (how === 'cancelled') await expect(waiting).rejects.toSatisfy(isAbort);
      await server.until((requests) => requests[0]?.end === 'hung-up', AbortSignal.timeout(10_000));
      const seen = (server.requests[0]?.endedAt ?? 0) - left;
      note(how, name, `hung up in ${seen.toFixed(1)} ms`);
    } finally {
      await server.close();
    }
  });
});

/** Asks under a condition, ends the condition, and asks as the editor does until there is an answer. */
async function cellFor(server: ModelServer, protocol: Protocol, script: Partial<Script>): Promise<Cell> {
  const settings = settingsWith(protocol.settings(server.origin));
  const key = async () => 'the-key';
  // Only a server that hangs is given little time: the others may be slow on a busy machine.
  const ms = script.fault?.kind === 'hang' ? 300 : 10_000;
  const ports = portsWith({ key, bounds: { connect: ms, firstToken: ms, between: ms } });
  const chain = createChain({
    make: (kind) => createBackend(kind === 'cloud' ? 'cloud' : 'local', settings, ports),
    refuse: () => undefined,
    clock: realClock,
    changed: () => undefined,
    failed: () => undefined,
  });
  const ask = async (): Promise<readonly Chunk[] | BackendError> => {
    const backend = chain.pick(settings);
    if (backend instanceof BackendError) return backend;
    const chunks: Chunk[] = [];
    try {
      const signal = AbortSignal.timeout(15_000);
      for await (const chunk of backend.stream(requestFor(settings, protocol.prompt), signal))
        chunks.push(chunk);
      chain.report({ backend, end: 'finished' }, undefined);
      return chunks;
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      chain.report({ backend, end: 'failed' }, error);
      return error;
    }
  };
  server.script(script);
  const answer = await ask();
  const shown = chain.state(settings).because?.kind ?? 'well';
  const requests = server.requests.length;
  if (!(answer instanceof BackendError)) {
    const answered = answer.map((chunk) => chunk.text).join('');
    expect([0, whole]).toContain(answered.length);
    if (script.tokensPerSecond !== undefined) expect(answer.length).toBeGreaterThan(3);
  }
  server.reset();
  const over = performance.now();
  for (;;) {
    const again = await ask();
    if (!(again instanceof BackendError)) break;
    await realClock.sleep(Math.min(again.retryAfterMs ?? 0, 20), AbortSignal.timeout(1000));
  }
  chain.dispose();
  return { shown, requests, recoveryMs: performance.now() - over };
}

function note(condition: string, protocol: string, cell: string): void {
  const row = table.get(condition) ?? new Map<string, string>();
  table.set(condition, row.set(protocol, cell));
}

afterAll(() => {
  const names = Object.keys(protocols);
  const rows = [...Object.keys(conditions), 'cancelled', 'read no further'].map((condition) => [
    condition,
    ...names.map((name) => table.get(condition)?.get(name) ?? ''),
  ]);
  const lines = [['state · requests · recovery', ...names], ...rows];
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  const print = (line: readonly string[]) =>
    line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  console.log(`\n${lines.map(print).join('\n')}\n`);
});
