import { expect, test, vi } from 'vitest';
import { createBackend } from '../../../src/backends/index.ts';
import { isAbort } from '../../../src/core/errors.ts';
import { startModelServer } from '../../support/modelServer.ts';
import {
  answerOf,
  chatPrompt,
  failureOf,
  fillPrompt,
  portsWith,
  requestFor,
  serverWith,
  settingsWith,
  textPrompt,
} from './rig.ts';

const signal = AbortSignal.timeout(60_000);

test.each(['', '/', '/v1', '/v1/chat/completions'])(
  'a plain chat server is found and answers at an endpoint that ends in "%s"',
  async (path) => {
    const server = await serverWith({ text: 'one two', serve: ['chat'], models: ['the-model'] });
    const settings = settingsWith({ 'local.endpoint': server.origin + path });
    const backend = createBackend('local', settings, portsWith());
    await backend.ready?.(signal);
    expect(backend.dialect).toEqual({ kind: 'chat' });
    expect((await answerOf(backend, requestFor(settings))).text).toBe('one two');
    expect(server.requests.at(-1)).toMatchObject({
      path: '/v1/chat/completions',
      body: { model: 'the-model' },
    });
  },
);

test('a server whose paths have no /v1 is found', async () => {
  const server = await serverWith({ text: 'x', serve: ['chat'] });
  const withoutV1 = async (input: Request | URL | string, init?: RequestInit) =>
    String(input).includes('/v1/')
      ? new Response('{"detail":"Not Found"}', { status: 404 })
      : fetch(input, init);
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const backend = createBackend('local', settings, portsWith({ fetch: withoutV1 }));
  expect((await answerOf(backend, requestFor(settings))).text).toBe('x');
  expect(server.requests.at(-1)?.path).toBe('/chat/completions');
});

test('llama.cpp with a model that fills in is asked by /infill, and explains by chat', async () => {
  const server = await serverWith({
    text: 'b + 1',
    serve: ['chat', 'completions', 'infill', 'llama'],
    owner: 'llamacpp',
  });
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const backend = createBackend('local', settings, portsWith());
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'fill' });
  const { text, chunks } = await answerOf(backend, requestFor(settings, fillPrompt));
  expect(text).toBe('b + 1');
  expect(chunks[0]?.tokens).toEqual([{ end: 1, logprob: -0.1 }]);
  expect(chunks.at(-1)?.usage).toMatchObject({ completionTokens: server.requests.at(-1)?.tokensSent });
  expect(server.requests.at(-1)).toMatchObject({
    path: '/infill',
    body: {
      input_prefix: 'import b\n',
      prompt: 'const a = ',
      input_suffix: '\n',
      input_extra: [{ filename: 'b.ts', text: 'export const b = 1;' }],
      n_predict: 64,
    },
  });
  expect((await answerOf(backend, requestFor(settings, chatPrompt))).text).toBe('b + 1');
  expect(server.requests.at(-1)?.path).toBe('/v1/chat/completions');
});

test('llama.cpp that wants a key is known by its name, though it answers like Ollama', async () => {
  const server = await serverWith({ serve: ['chat', 'infill', 'llama'], owner: 'llamacpp', key: 'sk-local' });
  const keyless: typeof fetch = async (input, init) =>
    String(input).endsWith('/props')
      ? new Response('{"error":{"code":401}}', { status: 401 })
      : fetch(input, init);
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const ports = portsWith({ fetch: keyless, key: async () => 'sk-local' });
  const backend = createBackend('local', settings, ports);
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'fill' });
});

test('llama.cpp with a model that cannot fill in is asked by chat', async () => {
  const server = await serverWith({
    text: 'x',
    serve: ['chat', 'infill', 'llama'],
    owner: 'llamacpp',
    fill: false,
  });
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const backend = createBackend('local', settings, portsWith());
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'chat' });
});

test('Ollama is asked with a suffix where the model has one', async () => {
  const server = await serverWith({ text: 'b + 1', serve: ['chat', 'ollama'], models: ['qwen'] });
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const backend = createBackend('local', settings, portsWith());
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'fill' });
  const { text, chunks } = await answerOf(backend, requestFor(settings, fillPrompt));
  expect(text).toBe('b + 1');
  expect(chunks.at(-1)?.usage?.completionTokens).toBe(server.requests.at(-1)?.tokensSent);
  expect(server.requests.at(-1)).toMatchObject({
    path: '/api/generate',
    body: { model: 'qwen', suffix: '\n' },
  });
});

test('Ollama without a suffix in its template is asked by chat', async () => {
  const server = await serverWith({ serve: ['chat', 'ollama'], models: ['llama'], fill: false });
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const backend = createBackend('local', settings, portsWith());
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'chat' });
});

test('a model of a known family is asked by completions with its template', async () => {
  const server = await serverWith({
    text: 'b',
    serve: ['chat', 'completions'],
    models: ['Qwen2.5-Coder-1.5B'],
    owner: 'vllm',
  });
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const ports = portsWith({ templateFor: (model) => (/qwen/i.test(model) ? 'qwen' : undefined) });
  const backend = createBackend('local', settings, ports);
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'text', template: 'qwen' });
  const { text } = await answerOf(backend, requestFor(settings, textPrompt));
  expect(text).toBe('b');
  const asked = server.requests.at(-1);
  expect(asked).toMatchObject({
    path: '/v1/completions',
    prompt: textPrompt.kind === 'text' ? textPrompt.text : '',
  });
  expect(asked?.body).not.toHaveProperty('suffix');
});

test('what a server can do is remembered by its address, and looked at again meanwhile', async () => {
  const server = await serverWith({ serve: ['chat', 'infill', 'llama'] });
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const ports = portsWith();
  await createBackend('local', settings, ports).ready?.(signal);
  const again = createBackend('local', settings, ports);
  expect(again.dialect).toEqual({ kind: 'fill' });
  // Another model was loaded since.
  server.script({ fill: false });
  await again.ready?.(signal);
  expect(again.dialect).toEqual({ kind: 'fill' });
  await vi.waitFor(() => expect(again.dialect).toEqual({ kind: 'chat' }));
  expect(createBackend('local', settings, ports).dialect).toEqual({ kind: 'chat' });
});

test('a server that starts late is looked at again', async () => {
  let up = false;
  const server = await serverWith({ text: 'x', serve: ['chat', 'infill', 'llama'] });
  const fetchIfUp: typeof fetch = async (input, init) => {
    if (!up) throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
    return fetch(input, init);
  };
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const backend = createBackend(
    'local',
    settings,
    portsWith({ fetch: fetchIfUp, retries: 0, machine: 'ssh-host' }),
  );
  const error = await failureOf(backend, requestFor(settings));
  expect(error.kind).toBe('unreachable');
  expect(error.message).toContain('ssh-host');
  up = true;
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'fill' });
  expect((await answerOf(backend, requestFor(settings, fillPrompt))).text).toBe('x');
});

test('the id changes with the server, the model and the way of asking', async () => {
  const server = await serverWith({ serve: ['chat'], models: ['m'] });
  const ids = ['m', 'n'].map(
    (model) =>
      createBackend(
        'local',
        settingsWith({ 'local.endpoint': server.origin, 'local.model': model }),
        portsWith(),
      ).id,
  );
  const other = createBackend(
    'local',
    settingsWith({ 'local.endpoint': 'http://127.0.0.1:1', 'local.model': 'm' }),
    portsWith(),
  );
  expect(new Set([...ids, other.id]).size).toBe(3);
});

test('a template that the user has chosen is used whatever the model is called', async () => {
  const server = await serverWith({ serve: ['chat', 'completions'], models: ['my-own-model'] });
  const settings = settingsWith({ 'local.endpoint': server.origin, 'local.template': 'starcoder' });
  const backend = createBackend('local', settings, portsWith());
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'text', template: 'starcoder' });
});

test('a server is reached by IPv6', async ({ skip }) => {
  const server = await startModelServer({ text: 'x', serve: ['chat'] }, { host: '::1' }).catch(
    () => undefined,
  );
  if (server === undefined) return skip('This machine has no IPv6.');
  const settings = settingsWith({ 'local.endpoint': server.origin });
  expect((await answerOf(createBackend('local', settings, portsWith()), requestFor(settings))).text).toBe(
    'x',
  );
  await server.close();
});

test('while no address is set, a server at another of the usual ports is found and used, and found again elsewhere', async () => {
  const llama = await serverWith({ text: 'llama', serve: ['chat', 'infill', 'llama'], owner: 'llamacpp' });
  const vllm = await serverWith({ text: 'vllm', serve: ['chat'], owner: 'vllm' });
  let places: Record<string, string> = { 'http://127.0.0.1:8080': llama.origin };
  const atUsualPorts: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const place = places[url.origin];
    if (place === undefined)
      throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
    return fetch(place + url.pathname, init);
  };
  const settings = settingsWith({});
  const ports = portsWith({ fetch: atUsualPorts, retries: 0 });
  const backend = createBackend('local', settings, ports);
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'fill' });
  expect((await answerOf(backend, requestFor(settings, fillPrompt))).text).toBe('llama');
  expect(ports.lines.join()).toContain('llama.cpp at http://127.0.0.1:8080');
  places = { 'http://127.0.0.1:8000': vllm.origin };
  expect((await failureOf(backend, requestFor(settings, fillPrompt))).kind).toBe('unreachable');
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'chat' });
  expect((await answerOf(backend, requestFor(settings))).text).toBe('vllm');
});

test('an address that is set is the only one that is asked', async () => {
  const asked: string[] = [];
  const nobody: typeof fetch = async (input) => {
    asked.push(new URL(String(input)).origin);
    throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
  };
  const settings = settingsWith({ 'local.endpoint': 'http://127.0.0.1:9999' });
  const backend = createBackend('local', settings, portsWith({ fetch: nobody, retries: 0 }));
  expect((await failureOf(backend, requestFor(settings))).kind).toBe('unreachable');
  expect(new Set(asked)).toEqual(new Set(['http://127.0.0.1:9999']));
});

test('a server that loads its model is looked at again, and nothing wrong is remembered of it', async () => {
  const server = await serverWith({ text: 'x', serve: ['chat', 'infill', 'llama'], starting: true });
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const ports = portsWith({ retries: 0 });
  const backend = createBackend('local', settings, ports);
  expect(await failureOf(backend, requestFor(settings))).toMatchObject({ kind: 'server' });
  server.script({ starting: false });
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'fill' });
  server.script({ starting: true });
  expect(createBackend('local', settings, ports).dialect).toEqual({ kind: 'fill' });
});

test('a model that can be asked only by completions goes on with the text', async () => {
  const server = await serverWith({ text: 'b', serve: ['completions'], models: ['pythia'], owner: 'vllm' });
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const backend = createBackend('local', settings, portsWith());
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'text', template: 'plain' });
  const prompt = { kind: 'text', text: 'const a = ', stop: [], maxTokens: 64 } as const;
  expect((await answerOf(backend, requestFor(settings, prompt))).text).toBe('b');
  expect(server.requests.at(-1)?.body).not.toHaveProperty('stop');
});

test('Ollama without a model says that there is none, and is asked again once one was fetched', async () => {
  const server = await serverWith({ text: 'x', serve: ['chat', 'ollama'], models: ['nomic-embed-text'] });
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const backend = createBackend('local', settings, portsWith());
  expect(await failureOf(backend, requestFor(settings))).toMatchObject({ kind: 'no-model' });
  server.script({ models: ['nomic-embed-text', 'qwen'] });
  expect((await answerOf(backend, requestFor(settings, fillPrompt))).text).toBe('x');
});

test('a model of Ollama that takes no suffix is talked to, even where its protocol is set', async () => {
  const server = await serverWith({ text: 'x', serve: ['ollama'], models: ['llama'], fill: false });
  const settings = settingsWith({
    'local.endpoint': server.origin,
    'local.protocol': 'ollama',
    'local.model': 'llama',
  });
  const backend = createBackend('local', settings, portsWith());
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'chat' });
  expect((await answerOf(backend, requestFor(settings, chatPrompt))).text).toBe('x');
  expect(server.requests.at(-1)?.path).toBe('/api/chat');
});

test('a server that imitates Ollama is asked by the protocol that it is really good at', async () => {
  const server = await serverWith({ text: 'x', serve: ['chat'], models: ['m'] });
  const imitating: typeof fetch = async (input, init) =>
    String(input).endsWith('/api/tags')
      ? Response.json({ models: [{ name: 'm', digest: '' }] })
      : fetch(input, init);
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const backend = createBackend('local', settings, portsWith({ fetch: imitating }));
  expect((await answerOf(backend, requestFor(settings))).text).toBe('x');
  expect(server.requests.at(-1)?.path).toBe('/v1/chat/completions');
});

test('a model that only thinks aloud is told not to, for a completion but not for an explanation', async () => {
  const server = await serverWith({ serve: ['chat', 'llama'], owner: 'llamacpp' });
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const backend = createBackend('local', settings, portsWith());
  await answerOf(backend, requestFor(settings, chatPrompt));
  expect(server.requests.at(-1)?.body).toMatchObject({ chat_template_kwargs: { enable_thinking: false } });
  await answerOf(backend, requestFor(settings, { ...chatPrompt, maxTokens: 4000 }));
  expect(server.requests.at(-1)?.body).not.toHaveProperty('chat_template_kwargs');
});

test('a server that wants a key and gets none is no refusal of a key', async () => {
  const server = await serverWith({ serve: ['chat'], key: 'sk-team', owner: 'vllm', models: ['m'] });
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const keyless = createBackend('local', settings, portsWith());
  expect(await failureOf(keyless, requestFor(settings))).toMatchObject({ kind: 'no-key' });
  const wrong = createBackend('local', settings, portsWith({ key: async () => 'sk-other' }));
  expect(await failureOf(wrong, requestFor(settings))).toMatchObject({ kind: 'denied' });
  const right = createBackend('local', settings, portsWith({ key: async () => 'sk-team' }));
  await answerOf(right, requestFor(settings));
});

test('a server that says who it is and then hangs is not waited for while somebody else can answer', async () => {
  const server = await serverWith({
    serve: ['chat', 'infill', 'llama'],
    owner: 'llamacpp',
    fault: { kind: 'hang', afterTokens: 0, headers: false },
  });
  const settings = settingsWith({
    backend: 'local',
    fallback: ['builtin'],
    'local.endpoint': server.origin,
  });
  const bounds = { connect: 200, firstToken: 200, between: 200 };
  const backend = createBackend('local', settings, portsWith({ bounds }));
  expect(await failureOf(backend, requestFor(settings))).toMatchObject({ kind: 'timed-out' });
  // The first is still being tried when the second is given up.
  await server.until((requests) => requests[1]?.end === 'hung-up', signal);
  expect(server.requests.map(({ path, end }) => `${path} ${end}`)).toEqual([
    '/infill open',
    '/v1/chat/completions hung-up',
  ]);
});

test('whoever types on does not wait for what is being found out', async () => {
  const server = await serverWith({
    serve: ['chat', 'infill', 'llama'],
    owner: 'llamacpp',
    fault: { kind: 'hang', afterTokens: 0, headers: false },
  });
  const backend = createBackend('local', settingsWith({ 'local.endpoint': server.origin }), portsWith());
  const stop = new AbortController();
  const waiting = backend.ready?.(stop.signal);
  await server.until((requests) => requests.length > 0, signal);
  stop.abort();
  await expect(waiting).rejects.toSatisfy(isAbort);
});

test('a server that has Ollama’s own paths and no others is asked by them', async () => {
  const server = await serverWith({ text: 'x', serve: ['ollama'], models: ['llama'], fill: false });
  const settings = settingsWith({ 'local.endpoint': server.origin });
  const backend = createBackend('local', settings, portsWith());
  await backend.ready?.(signal);
  expect(backend.dialect).toEqual({ kind: 'chat' });
  expect((await answerOf(backend, requestFor(settings))).text).toBe('x');
  expect(server.requests.at(-1)).toMatchObject({ path: '/api/chat', body: { think: false } });
});
