import { expect, test } from 'vitest';
import { createBackend } from '../../../src/backends/index.ts';
import { isAbort } from '../../../src/core/errors.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { passed } from '../../support/openGuard.ts';
import {
  answerOf,
  chatPrompt,
  failureOf,
  fillPrompt,
  portsWith,
  requestFor,
  serverWith,
  settingsWith,
  siteAt,
} from './rig.ts';

const key = async () => 'sk-secret';

test('the cloud backend streams a chat completion with its usage and log-probabilities', async () => {
  const server = await serverWith({ text: 'one two three', key: 'sk-secret', cachedTokens: 1 });
  const settings = settingsWith({ 'cloud.endpoint': `${server.origin}/v1` });
  const backend = createBackend('cloud', settings, portsWith({ key }));
  const { text, chunks } = await answerOf(backend, requestFor(settings));
  expect(text).toBe('one two three');
  expect(chunks.length).toBeGreaterThan(3);
  expect(chunks[0]?.tokens).toEqual([{ end: 3, logprob: -0.1 }]);
  expect(chunks.at(-1)).toEqual({
    text: '',
    usage: {
      promptTokens: server.requests[0]?.promptTokens,
      cachedTokens: 1,
      completionTokens: server.requests[0]?.tokensSent,
    },
  });
  expect(server.requests[0]?.body).toMatchObject({
    model: 'gpt-4o-mini',
    messages: chatPrompt.kind === 'chat' ? chatPrompt.messages : [],
    stop: ['\n\n\n'],
    stream: true,
    stream_options: { include_usage: true },
  });
});

test('nothing about the machine leaves it but the request', async () => {
  const server = await serverWith();
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  await answerOf(createBackend('cloud', settings, portsWith({ key })), requestFor(settings));
  const names = Object.keys(server.requests[0]?.headers ?? {}).sort();
  const transportOwn = [
    'accept-encoding',
    'accept-language',
    'connection',
    'content-length',
    'host',
    'sec-fetch-mode',
  ];
  expect(names.filter((name) => !transportOwn.includes(name))).toEqual([
    'accept',
    'authorization',
    'content-type',
    'user-agent',
  ]);
});

test('an endpoint with and without /v1 reaches the same server', async () => {
  const server = await serverWith({ text: 'x' });
  for (const path of ['', '/', '/v1', '/v1/', '/v1/chat/completions']) {
    const settings = settingsWith({ 'cloud.endpoint': server.origin + path });
    const backend = createBackend('cloud', settings, portsWith({ key }));
    expect((await answerOf(backend, requestFor(settings))).text).toBe('x');
  }
  expect(new Set(server.requests.map((request) => request.path))).toEqual(new Set(['/v1/chat/completions']));
});

test('the language chooses the model', async () => {
  const server = await serverWith();
  const settings = settingsWith({
    'cloud.endpoint': server.origin,
    'cloud.modelByLanguage': { python: 'py-model' },
  });
  const backend = createBackend('cloud', settings, portsWith({ key }));
  await answerOf(backend, { prompt: passed(chatPrompt), site: siteAt('a█', 'python'), settings });
  await answerOf(backend, { prompt: passed(chatPrompt), site: siteAt('a█', 'go'), settings });
  expect(server.requests.map((request) => (request.body as { model: string }).model)).toEqual([
    'py-model',
    'gpt-4o-mini',
  ]);
});

test('Azure is asked at its deployment, with its version and its own header', async () => {
  const server = await serverWith({ text: 'azure', key: 'sk-secret' });
  const settings = settingsWith({
    'cloud.service': 'azure',
    'cloud.endpoint': `${server.origin}/`,
    'cloud.model': 'my deployment',
  });
  const backend = createBackend('cloud', settings, portsWith({ key }));
  expect((await answerOf(backend, requestFor(settings))).text).toBe('azure');
  const [asked] = server.requests;
  expect(asked).toMatchObject({
    path: '/openai/deployments/my%20deployment/chat/completions',
    query: '?api-version=2024-10-21',
  });
  expect([asked?.headers['api-key'], asked?.headers.authorization]).toEqual(['sk-secret', undefined]);
});

test("an address that was copied from Azure's page names the deployment", async () => {
  const server = await serverWith({ text: 'azure' });
  const settings = settingsWith({
    'cloud.service': 'azure',
    'cloud.endpoint': `${server.origin}/openai/deployments/mine/chat/completions?api-version=2025-01-01-preview`,
  });
  await answerOf(createBackend('cloud', settings, portsWith({ key })), requestFor(settings));
  expect(server.requests[0]?.path).toBe('/openai/deployments/mine/chat/completions');
});

test("a content filter's refusal is an answer without text", async () => {
  const server = await serverWith({ finish: 'content_filter', text: '' });
  const settings = settingsWith({ 'cloud.service': 'azure', 'cloud.endpoint': server.origin });
  const backend = createBackend('cloud', settings, portsWith({ key }));
  expect((await answerOf(backend, requestFor(settings))).text).toBe('');
  server.script({ fault: { kind: 'status', status: 400, code: 'content_filter' } });
  expect((await answerOf(backend, requestFor(settings))).text).toBe('');
});

test('a service with a fill-in-the-middle endpoint is asked there, with prompt and suffix', async () => {
  const server = await serverWith({ text: 'filled' });
  const settings = settingsWith({ 'cloud.service': 'codestral', 'cloud.endpoint': server.origin });
  const backend = createBackend('cloud', settings, portsWith({ key }));
  expect(backend.dialect).toEqual({ kind: 'fill' });
  const { text, chunks } = await answerOf(backend, requestFor(settings, fillPrompt));
  expect(text).toBe('filled');
  expect(chunks.at(-1)?.usage?.completionTokens).toBe(server.requests[0]?.tokensSent);
  expect(server.requests[0]).toMatchObject({ path: '/v1/fim/completions', body: { suffix: '\n' } });
});

test('what a server refuses is left out at once and from then on', async () => {
  const server = await serverWith({ text: 'x', refuse: ['stream_options', 'logprobs'], maxStops: 0 });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const backend = createBackend('cloud', settings, portsWith({ key }));
  expect((await answerOf(backend, requestFor(settings))).text).toBe('x');
  const first = server.requests.length;
  expect((await answerOf(backend, requestFor(settings))).text).toBe('x');
  expect(server.requests.length).toBe(first + 1);
});

test('a server that fails over a field instead of refusing it gets the request without it', async () => {
  const server = await serverWith({ text: 'x', refuse: ['logprobs'], refuseWith: 500 });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const backend = createBackend('cloud', settings, portsWith({ key, retries: 0 }));
  expect((await answerOf(backend, requestFor(settings))).text).toBe('x');
  expect(server.requests.length).toBe(2);
});

test('a server that wants the other name for the bound of tokens gets it', async () => {
  const server = await serverWith({ text: 'x', refuse: ['max_tokens'] });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  await answerOf(createBackend('cloud', settings, portsWith({ key })), requestFor(settings));
  expect(server.requests.at(-1)?.body).toMatchObject({ max_completion_tokens: 64 });
});

test('without a key nothing is sent to a service on the internet', async () => {
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    return new Response();
  };
  const settings = settingsWith({});
  const backend = createBackend('cloud', settings, portsWith({ fetch }));
  expect((await failureOf(backend, requestFor(settings))).kind).toBe('no-key');
  expect(asked).toBe(0);
});

test('a key is never sent over plain http to another machine', async () => {
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    return new Response();
  };
  const settings = settingsWith({ 'cloud.endpoint': 'http://models.example.com/v1' });
  const error = await failureOf(
    createBackend('cloud', settings, portsWith({ key, fetch })),
    requestFor(settings),
  );
  expect(error.kind).toBe('rejected');
  expect(error.message).toContain('https');
  expect(asked).toBe(0);
});

test('a key with line breaks, blanks or the word Bearer is sent as it was meant', async () => {
  const server = await serverWith({ key: 'sk-secret', text: 'x' });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  for (const pasted of ['sk-secret\n', ' sk-sec\r\nret ', 'Bearer sk-secret', '"sk-secret"']) {
    const backend = createBackend('cloud', settings, portsWith({ key: async () => pasted }));
    expect((await answerOf(backend, requestFor(settings))).text).toBe('x');
  }
});

test('a redirect is not followed, and the key does not go where it points', async () => {
  const other = await serverWith();
  const server = await serverWith({ fault: { kind: 'redirect', to: `${other.origin}/v1/chat/completions` } });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const error = await failureOf(createBackend('cloud', settings, portsWith({ key })), requestFor(settings));
  expect(error.kind).toBe('rejected');
  expect(other.paths).toEqual([]);
});

test('whoever aborts gets the AbortError, and the server sees the connection end', async () => {
  const server = await serverWith({ fault: { kind: 'hang', afterTokens: 1 }, text: 'one two three' });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const ports = portsWith({ key, bounds: { connect: 5000, firstToken: 5000, between: 5000 } });
  const stop = new AbortController();
  const answer = answerOf(createBackend('cloud', settings, ports), requestFor(settings), stop.signal);
  await server.until((requests) => requests[0]?.tokensSent === 1, AbortSignal.timeout(5000));
  stop.abort();
  await expect(answer).rejects.toSatisfy(isAbort);
  await server.until((requests) => requests[0]?.end === 'hung-up', AbortSignal.timeout(5000));
});

test('ending the iteration hangs up', async () => {
  const server = await serverWith({ fault: { kind: 'hang', afterTokens: 1 }, text: 'one two three' });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const backend = createBackend('cloud', settings, portsWith({ key }));
  for await (const chunk of backend.stream(requestFor(settings), AbortSignal.timeout(5000))) {
    expect(chunk.text).toBe('one');
    break;
  }
  await server.until((requests) => requests[0]?.end === 'hung-up', AbortSignal.timeout(5000));
});

test('answers one after another share connections', async () => {
  const server = await serverWith({ text: 'x' });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const backend = createBackend('cloud', settings, portsWith({ key }));
  for (let i = 0; i < 5; i += 1) await answerOf(backend, requestFor(settings));
  // The second may start before the first connection is free again.
  expect(server.connections).toBeLessThanOrEqual(2);
});

test('an answer is never asked to be longer than the model writes, nor a prompt sent that it cannot take', async () => {
  const server = await serverWith();
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const backend = createBackend('cloud', settings, portsWith({ key }));
  const long = {
    kind: 'chat',
    messages: [{ role: 'user', content: 'x' }],
    stop: [],
    maxTokens: 99_999,
  } as const;
  await answerOf(backend, requestFor(settings, long));
  expect(server.requests[0]?.body).toMatchObject({ max_tokens: 16_384 });
  const huge = { ...long, messages: [{ role: 'user', content: 'x'.repeat(200_000) }] } as const;
  expect((await failureOf(backend, requestFor(settings, huge))).kind).toBe('rejected');
  expect(server.requests.length).toBe(1);
});

test('a path that the server does not have is not mistaken for a model that it does not have', async () => {
  const message = 'Cannot POST /openai/deployments/gpt-4o-mini/chat/completions';
  const server = await serverWith({ fault: { kind: 'status', status: 404, message } });
  const settings = settingsWith({ 'cloud.service': 'azure', 'cloud.endpoint': server.origin });
  const error = await failureOf(createBackend('cloud', settings, portsWith({ key })), requestFor(settings));
  expect(error.kind).toBe('rejected');
  expect(error.message).toContain('no such path');
});

test('an error never repeats the key that was refused', async () => {
  const server = await serverWith({
    fault: { kind: 'status', status: 401, message: 'Incorrect API key provided: 0123456789abcdef.' },
  });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const ports = portsWith({ key: async () => '0123456789abcdef' });
  const error = await failureOf(createBackend('cloud', settings, ports), requestFor(settings));
  expect(error.kind).toBe('denied');
  expect(`${error.message} ${ports.lines.join(' ')}`).not.toContain('0123456789abcdef');
});

test('a certificate that does not match is named, and so is what to do', async () => {
  const fetch = async () => {
    throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' } });
  };
  const settings = settingsWith({ 'cloud.endpoint': 'https://models.example.com' });
  const ports = portsWith({ key, fetch, retries: 0 });
  const error = await failureOf(createBackend('cloud', settings, ports), requestFor(settings));
  expect(error.kind).toBe('unreachable');
  expect(error.message).toMatch(/certificate is for another name/);
});

test('a proxy that asks for a password is named', async () => {
  const fetch = async () => new Response('<html>Proxy</html>', { status: 407 });
  const settings = settingsWith({ 'cloud.endpoint': 'https://models.example.com' });
  const error = await failureOf(
    createBackend('cloud', settings, portsWith({ key, fetch })),
    requestFor(settings),
  );
  expect(error.kind).toBe('rejected');
  expect(error.message).toContain('proxy');
});

test('settings that cannot be used say what is wrong with them', async () => {
  for (const [change, words] of [
    [{ 'cloud.service': 'nobody' }, 'known are openai, azure'],
    [{ 'cloud.service': 'azure' }, 'No address is set'],
    [{ 'cloud.endpoint': 'https://me:pw@example.com' }, 'password'],
  ] as const) {
    const settings = settingsWith(change);
    const error = await failureOf(createBackend('cloud', settings, portsWith({ key })), requestFor(settings));
    expect(error.kind).toBe('rejected');
    expect(error.message).toContain(words);
  }
});

test('a refusal that names nothing never costs the bound of the answer', async () => {
  const server = await serverWith({
    text: 'x',
    fault: { kind: 'status', status: 400, message: 'no' },
    faultTimes: 1,
  });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const backend = createBackend('cloud', settings, portsWith({ key }));
  expect((await answerOf(backend, requestFor(settings))).text).toBe('x');
  expect(server.requests.at(-1)?.body).toMatchObject({ max_tokens: 64 });
  expect(server.requests.at(-1)?.body).not.toHaveProperty('logprobs');
});

test('a picture is sent in the form of the protocol', async () => {
  const server = await serverWith({ serve: ['chat', 'ollama'] });
  const image = 'data:image/png;base64,iVBORw0KGgo=';
  const messages = [{ role: 'user', content: 'What is this?', images: [image] }] as const;
  const prompt = { kind: 'chat', messages, stop: [], maxTokens: 2000 } as const;
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  await answerOf(createBackend('cloud', settings, portsWith({ key })), requestFor(settings, prompt));
  const local = settingsWith({
    'local.endpoint': server.origin,
    'local.protocol': 'ollama',
    'local.model': 'm',
  });
  await answerOf(createBackend('local', local, portsWith()), requestFor(local, prompt));
  const parts = [
    { type: 'text', text: 'What is this?' },
    { type: 'image_url', image_url: { url: image } },
  ];
  expect(server.requests.map((request) => (request.body as { messages: unknown }).messages)).toEqual([
    [{ role: 'user', content: parts }],
    [{ role: 'user', content: 'What is this?', images: ['iVBORw0KGgo='] }],
  ]);
});

test('a service that was shut down says so, and an address of its own is asked all the same', async () => {
  const gone = createBackend('cloud', settingsWith({ 'cloud.service': 'github' }), portsWith());
  expect((await failureOf(gone, requestFor(settingsWith({})))).message).toContain(
    'was shut down on 2026-07-30',
  );
  const server = await serverWith({ text: 'x' });
  const settings = settingsWith({ 'cloud.service': 'github', 'cloud.endpoint': server.origin });
  const backend = createBackend('cloud', settings, portsWith({ key: async () => 'k' }));
  expect((await answerOf(backend, requestFor(settings))).text).toBe('x');
});

test('a service is asked for the model that it is known for until another is chosen', async () => {
  const server = await serverWith({ text: 'x' });
  const ports = portsWith({ key: async () => 'k' });
  const asked = async (change: Partial<Settings>): Promise<unknown> => {
    const settings = settingsWith({ 'cloud.endpoint': server.origin, ...change });
    await answerOf(createBackend('cloud', settings, ports), requestFor(settings));
    const body: unknown = server.requests.at(-1)?.body;
    return (body as { readonly model: string }).model;
  };
  expect(await asked({ 'cloud.service': 'gemini' })).toBe('gemini-2.5-flash-lite');
  expect(await asked({ 'cloud.service': 'gemini', 'cloud.model': 'gemini-pro' })).toBe('gemini-pro');
  expect(await asked({})).toBe('gpt-4o-mini');
  const typescript = { 'cloud.modelByLanguage': { typescript: 'a-coder' } };
  expect(await asked({ 'cloud.service': 'gemini', ...typescript })).toBe('a-coder');
});
