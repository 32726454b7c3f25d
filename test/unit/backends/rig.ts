import { setTimeout as wait } from 'node:timers/promises';
import { afterEach } from 'vitest';
import type { BackendPorts } from '../../../src/backends/index.ts';
import { BackendError } from '../../../src/core/errors.ts';
import type { Backend, BackendRequest, Chunk, Clock } from '../../../src/core/ports.ts';
import type { Prompt } from '../../../src/core/prompt.ts';
import { defaultSettings, type Settings } from '../../../src/core/settings.ts';
import type { Site } from '../../../src/core/site.ts';
import { type ModelServer, type Script, startModelServer } from '../../support/modelServer.ts';
import { passed } from '../../support/openGuard.ts';

/** Real time, for tests that speak with a server. */
export const realClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await wait(ms, undefined, { signal });
    } catch {
      signal.throwIfAborted();
    }
  },
};

/** Ports with nothing stored, whose log is kept. */
export function portsWith(change: Partial<BackendPorts> = {}): BackendPorts & { readonly lines: string[] } {
  const lines: string[] = [];
  const kept = new Map<string, unknown>();
  const keep = (line: string): void => {
    lines.push(line);
  };
  return {
    key: async () => undefined,
    fetch: globalThis.fetch,
    clock: realClock,
    log: { info: keep, warn: keep, error: keep },
    memory: { get: (name) => kept.get(name), set: (name, value) => void kept.set(name, value) },
    templateFor: () => undefined,
    countTokens: async (text) => text.length,
    machine: '',
    cacheKey: '',
    retries: 1,
    // Generous: on a busy machine nothing comes quickly. Tests of what is late set their own.
    bounds: { connect: 10_000, firstToken: 10_000, between: 10_000 },
    ...change,
    lines,
  };
}

/** Settings as they are when nothing is set, but for the given ones. */
export function settingsWith(change: Partial<Settings>): Settings {
  return { ...defaultSettings, ...change };
}

/** A place in a file, with the caret at █. */
export function siteAt(marked = 'const a = █\n', languageId = 'typescript'): Site {
  const caret = marked.indexOf('█');
  const text = marked.replace('█', '');
  const snapshot = {
    uri: 'file:///a.ts',
    path: 'a.ts',
    languageId,
    version: 1,
    text,
    caret,
    indentUnit: '  ',
  };
  return { snapshot, zone: 'code', extent: 'block', scopes: [], nextLine: '' };
}

export const chatPrompt: Prompt = {
  kind: 'chat',
  messages: [
    { role: 'system', content: 'Complete the code.' },
    { role: 'user', content: 'const a = ' },
  ],
  stop: ['\n\n\n'],
  maxTokens: 64,
};

export const fillPrompt: Prompt = {
  kind: 'fill',
  prefix: 'import b\nconst a = ',
  suffix: '\n',
  snippets: [{ source: 'test', path: 'b.ts', text: 'export const b = 1;', weight: 1 }],
  stop: ['\n\n\n'],
  maxTokens: 64,
};

export const textPrompt: Prompt = {
  kind: 'text',
  text: '<|fim_prefix|>const a = <|fim_suffix|>\n<|fim_middle|>',
  stop: ['<|endoftext|>'],
  maxTokens: 64,
};

export function requestFor(settings: Settings, prompt: Prompt = chatPrompt): BackendRequest {
  return { prompt: passed(prompt), site: siteAt(), settings };
}

/** The whole answer of a backend. */
export async function answerOf(
  backend: Backend,
  request: BackendRequest,
  signal: AbortSignal = AbortSignal.timeout(15_000),
): Promise<{ text: string; chunks: readonly Chunk[] }> {
  const chunks: Chunk[] = [];
  for await (const chunk of backend.stream(request, signal)) chunks.push(chunk);
  return { text: chunks.map((chunk) => chunk.text).join(''), chunks };
}

/** The error that the answer ends with; fails if it ends well. */
export async function failureOf(
  backend: Backend,
  request: BackendRequest,
  signal?: AbortSignal,
): Promise<BackendError> {
  try {
    await answerOf(backend, request, signal);
  } catch (error) {
    if (error instanceof BackendError) return error;
    throw error;
  }
  throw new Error('There was an answer.');
}

const servers: ModelServer[] = [];

/** A model server that lives as long as the test. */
export async function serverWith(script: Partial<Script> = {}): Promise<ModelServer> {
  const server = await startModelServer(script);
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
