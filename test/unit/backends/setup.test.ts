import { expect, test } from 'vitest';
import { findServers } from '../../../src/backends/detect.ts';
import { createBackend } from '../../../src/backends/index.ts';
import { lookAtServer } from '../../../src/backends/look.ts';
import { probeServer } from '../../../src/backends/probe.ts';
import { pullModel } from '../../../src/backends/pull.ts';
import { recommendedModel } from '../../../src/backends/recommend.ts';
import { warmConnection } from '../../../src/backends/warm.ts';
import { isAbort } from '../../../src/core/errors.ts';
import { turn } from '../../support/virtualClock.ts';
import { answerOf, portsWith, realClock, requestFor, serverWith, settingsWith } from './rig.ts';

const signal = AbortSignal.timeout(60_000);

/** A fetch that finds the given servers at the usual ports, as if they listened there, and nobody else. */
function redirected(places: Readonly<Record<string, string>>): {
  fetch: typeof fetch;
  asked: string[];
  sent: RequestInit[];
} {
  const asked: string[] = [];
  const sent: RequestInit[] = [];
  return {
    asked,
    sent,
    fetch: async (input, init) => {
      const url = new URL(String(input));
      asked.push(url.href);
      sent.push(init ?? {});
      const place = places[url.origin];
      if (place === undefined)
        throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
      return fetch(place + url.pathname, init);
    },
  };
}

test('the servers at the usual ports are found with their kinds and models', async () => {
  const ollama = await serverWith({
    serve: ['chat', 'ollama'],
    models: ['qwen2.5-coder:1.5b-base', 'nomic-embed-text'],
  });
  const llama = await serverWith({
    serve: ['chat', 'infill', 'llama'],
    owner: 'llamacpp',
    models: ['/models/a.gguf'],
  });
  const vllm = await serverWith({
    serve: ['chat', 'completions'],
    owner: 'vllm',
    models: ['Qwen/Qwen2.5-Coder-7B'],
  });
  const { fetch, asked, sent } = redirected({
    'http://127.0.0.1:11434': ollama.origin,
    'http://127.0.0.1:8080': llama.origin,
    'http://[::1]:8080': llama.origin,
    'http://[::1]:8000': vllm.origin,
  });
  const found = await findServers(
    fetch,
    realClock,
    ['https://example.com', 'http://192.168.1.2:8080'],
    signal,
  );
  expect(found.map(({ endpoint, kind, models }) => ({ endpoint, kind, models }))).toEqual([
    { endpoint: 'http://127.0.0.1:11434', kind: 'ollama', models: ['qwen2.5-coder:1.5b-base'] },
    { endpoint: 'http://127.0.0.1:8080', kind: 'llama.cpp', models: ['/models/a.gguf'] },
    { endpoint: 'http://[::1]:8000', kind: 'vllm', models: ['Qwen/Qwen2.5-Coder-7B'] },
  ]);
  expect(asked.filter((url) => !/^http:\/\/(127\.0\.0\.1|\[::1\]):/.test(url))).toEqual([]);
  expect(
    sent.every((init) => !new Headers(init.headers).has('authorization') && init.redirect === 'manual'),
  ).toBe(true);
});

test('what answers but is no model server is not found', async () => {
  const web = await serverWith({ serve: [] });
  const { fetch } = redirected({ 'http://127.0.0.1:8080': web.origin });
  expect(await findServers(fetch, realClock, [], signal)).toEqual([]);
});

test('a server is asked what it can do, and the backend uses what was found out', async () => {
  const server = await serverWith({
    serve: ['chat', 'infill', 'llama'],
    owner: 'llamacpp',
    maxStops: null,
    text: 'one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve',
    tokensPerSecond: 200,
    models: ['/models/qwen2.5-coder.gguf'],
  });
  const ports = portsWith();
  const probe = await probeServer(server.origin, '', ports, signal);
  expect(probe).toMatchObject({
    server: 'llama.cpp',
    fill: 'infill',
    chat: true,
    manyStops: true,
    usage: true,
    logprobs: true,
    model: '/models/qwen2.5-coder.gguf',
  });
  expect(probe?.tokensPerSecond).toBeGreaterThan(20);
  expect(probe?.firstTokenMs).toBeGreaterThan(0);
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const backend = createBackend('local', settings, ports);
  expect(backend.dialect).toEqual({ kind: 'fill' });
  expect((await answerOf(backend, requestFor(settings))).text).toContain('one');
});

test('a strict server is seen to be strict', async () => {
  const server = await serverWith({
    serve: ['chat'],
    refuse: ['stream_options', 'logprobs'],
    usage: 'never',
    text: 'one, two, three',
  });
  const probe = await probeServer(`${server.origin}/v1`, '', portsWith(), signal);
  expect(probe).toMatchObject({ fill: 'none', chat: true, manyStops: false, usage: false, logprobs: false });
});

test('where nobody answers there is nothing to probe', async () => {
  expect(await probeServer('http://127.0.0.1:1', '', portsWith(), signal)).toBeUndefined();
});

test('a code model is recommended before others', () => {
  expect(recommendedModel(['llama3:8b', 'qwen2.5-coder:7b', 'qwen2.5-coder:1.5b-base'])).toBe(
    'qwen2.5-coder:1.5b-base',
  );
  expect(recommendedModel(['llama3:8b', 'codellama:7b-code'])).toBe('codellama:7b-code');
  expect(recommendedModel(['llama3:8b'])).toBe('llama3:8b');
  expect(recommendedModel([])).toBeUndefined();
});

test('Ollama fetches a model with progress', async () => {
  const server = await serverWith({ serve: ['ollama'] });
  const seen: string[] = [];
  await pullModel(
    server.origin,
    'qwen2.5-coder:1.5b-base',
    { fetch, clock: realClock },
    ({ status, total, completed }) =>
      seen.push(`${status} ${total === 0 ? '' : Math.round((100 * completed) / total)}`),
    signal,
  );
  expect(seen[0]).toBe('pulling manifest ');
  expect(seen).toContain('pulling 74701a8c35f6 50');
  expect(seen.at(-1)).toBe('success 100');
});

test('a fetch of a model that does not exist says so, and one that is cancelled ends at once', async () => {
  const server = await serverWith({ serve: ['ollama'] });
  const ports = { fetch, clock: realClock };
  await expect(pullModel(server.origin, 'missing', ports, () => undefined, signal)).rejects.toMatchObject({
    kind: 'no-model',
  });
  const stop = new AbortController();
  const pulled = pullModel(
    server.origin,
    'qwen',
    ports,
    ({ completed }) => completed > 0 && stop.abort(),
    stop.signal,
  );
  await expect(pulled).rejects.toSatisfy(isAbort);
  await expect(pullModel('http://127.0.0.1:1', 'qwen', ports, () => undefined, signal)).rejects.toMatchObject(
    { kind: 'unreachable' },
  );
});

test('a warmed connection is the one that the first request uses', async () => {
  const server = await serverWith();
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  await warmConnection('cloud', settings, fetch, signal);
  // The connection is free a turn after its answer was read.
  for (let turns = 0; turns < 5; turns += 1) await turn();
  await answerOf(createBackend('cloud', settings, portsWith()), requestFor(settings));
  expect(server.connections).toBe(1);
  expect(server.paths).toEqual(['GET /v1/models', 'POST /v1/chat/completions']);
});

test('a server that is away is no error of the warming', async () => {
  const away = () => Promise.reject(new TypeError('fetch failed'));
  await warmConnection('local', settingsWith({}), away, signal);
});

test('a server that wants a key is found without one, and tells the rest to whoever has it', async () => {
  const server = await serverWith({ serve: ['chat'], models: ['m'], owner: 'vllm', key: 'sk-team' });
  const { fetch: atUsualPort } = redirected({ 'http://127.0.0.1:8000': server.origin });
  const [found] = await findServers(atUsualPort, realClock, [], signal);
  expect(found).toMatchObject({ endpoint: 'http://127.0.0.1:8000', state: 'locked', models: [] });
  const withKey = portsWith({ key: async () => 'sk-team' });
  expect(await lookAtServer(`${server.origin}/v1`, withKey, signal)).toMatchObject({
    endpoint: server.origin,
    name: 'vLLM',
    state: 'ready',
    models: ['m'],
  });
  expect(await lookAtServer(server.origin, portsWith(), signal)).toMatchObject({ state: 'locked' });
});

test('a server that loads its model is found, and says so', async () => {
  const server = await serverWith({ starting: true });
  expect(await lookAtServer(server.origin, portsWith(), signal)).toMatchObject({ state: 'starting' });
});

test('a program that refuses everybody in its own words is no model server', async () => {
  const page = async () => new Response('<html>Forbidden</html>', { status: 403 });
  expect(await lookAtServer('http://127.0.0.1:5000', portsWith({ fetch: page }), signal)).toBeUndefined();
  expect(await lookAtServer('file:///etc', portsWith(), signal)).toBeUndefined();
});

test('models that write no text are left out of the list', async () => {
  const models = ['bge-m3', 'whisper-1', 'text-embedding-3-small', 'a-coder', 'tts-1', 'llama-guard'];
  const server = await serverWith({ serve: ['chat'], models });
  expect(await lookAtServer(server.origin, portsWith(), signal)).toMatchObject({ models: ['a-coder'] });
});

test('a model that can only go on is timed by going on', async () => {
  const server = await serverWith({
    serve: ['completions'],
    models: ['pythia'],
    text: 'three, four, five, six, seven, eight',
    tokensPerSecond: 200,
  });
  const probe = await probeServer(server.origin, '', portsWith(), signal);
  expect(probe).toMatchObject({ chat: false, completions: true, usage: true, logprobs: true });
  expect(probe?.tokensPerSecond).toBeGreaterThan(20);
});

test('a key is not sent in the clear to look at a server, and the user is told', async () => {
  const asked: string[] = [];
  const nobody: typeof globalThis.fetch = async (input) => {
    asked.push(String(input));
    return new Response('{}');
  };
  const ports = portsWith({ fetch: nobody, key: async () => 'sk-team' });
  await expect(lookAtServer('http://192.168.0.9:8000', ports, signal)).rejects.toMatchObject({
    reason: 'insecure',
  });
  expect(asked).toEqual([]);
});
