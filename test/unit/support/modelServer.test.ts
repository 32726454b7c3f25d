import OpenAI from 'openai';
import { afterEach, expect, test } from 'vitest';
import { type ModelServer, type Script, startModelServer } from '../../support/modelServer.ts';

const servers: ModelServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serverWith(script: Partial<Script>): Promise<ModelServer> {
  const server = await startModelServer(script);
  servers.push(server);
  return server;
}

const ask = (server: ModelServer, path: string, body: unknown, init: RequestInit = {}) =>
  fetch(server.origin + path, { method: 'POST', body: JSON.stringify(body), ...init });

test.each(['frames', 'bytes', 'odd'] as const)(
  'the openai package reads a stream whose frames are cut by %s, with usage and log-probabilities',
  async (split) => {
    const server = await serverWith({ text: 'const π = "naïve";\nreturn π;', split, cachedTokens: 2 });
    const client = new OpenAI({ apiKey: 'k', baseURL: `${server.origin}/v1` });
    const stream = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'say it' }],
      stream: true,
      logprobs: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let logprobs = 0;
    const reasons: unknown[] = [];
    const usages: unknown[] = [];
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      logprobs += chunk.choices[0]?.logprobs?.content?.length ?? 0;
      if (chunk.choices[0]?.finish_reason) reasons.push(chunk.choices[0].finish_reason);
      if (chunk.usage) usages.push([chunk.choices.length, chunk.usage.completion_tokens]);
    }
    const asked = server.requests[0];
    expect({ text, reasons, usages }).toEqual({
      text: 'const π = "naïve";\nreturn π;',
      reasons: ['stop'],
      usages: [[0, asked?.tokensSent]],
    });
    expect(logprobs).toBe(asked?.tokensSent);
    expect(asked).toMatchObject({ protocol: 'chat', prompt: 'say it', end: 'answered' });
  },
);

test('an answer ends before a stop sequence and after the token limit', async () => {
  const server = await serverWith({ text: 'one two three four' });
  const body = { model: 'm', messages: [], stop: [' three'] };
  const stopped = await (await ask(server, '/v1/chat/completions', body)).json();
  const short = await (
    await ask(server, '/v1/completions', { model: 'm', prompt: '', max_tokens: 2 })
  ).json();
  expect(stopped).toMatchObject({ choices: [{ message: { content: 'one two' }, finish_reason: 'stop' }] });
  expect(short).toMatchObject({ choices: [{ text: 'one two', finish_reason: 'length' }] });
});

test('rules choose the text by what the prompt holds', async () => {
  const server = await serverWith({
    text: [
      { when: 'def ', answer: 'python' },
      { when: '', answer: 'other' },
    ],
  });
  const answer = async (prompt: string) => (await ask(server, '/completion', { prompt })).json();
  expect(await answer('def f():')).toMatchObject({ content: 'python' });
  expect(await answer('function f() {')).toMatchObject({ content: 'other' });
});

test('a fault meets as many requests as told, and then all is well', async () => {
  const server = await serverWith({
    fault: { kind: 'status', status: 429, retryAfter: '3' },
    faultTimes: 1,
  });
  const body = { model: 'm', messages: [] };
  const first = await ask(server, '/v1/chat/completions', body);
  const second = await ask(server, '/v1/chat/completions', body);
  expect([first.status, first.headers.get('retry-after'), second.status]).toEqual([429, '3', 200]);
});

test('the time at which a client hangs up is recorded, before the first token and in mid-stream', async () => {
  const server = await serverWith({ fault: { kind: 'hang', afterTokens: 1 }, text: 'one two three' });
  const hangUp = new AbortController();
  const body = { model: 'm', messages: [], stream: true };
  const response = await ask(server, '/v1/chat/completions', body, { signal: hangUp.signal });
  const reader = response.body?.getReader();
  let seen = '';
  while (!seen.includes('one')) seen += new TextDecoder().decode((await reader?.read())?.value);
  expect(server.requests[0]).toMatchObject({ end: 'open', tokensSent: 1 });
  hangUp.abort();
  await server.until((requests) => requests[0]?.end === 'hung-up', AbortSignal.timeout(5000));
  expect(server.requests[0]?.endedAt).toBeGreaterThan(0);
});

test('a cut stream breaks the connection', async () => {
  const server = await serverWith({ fault: { kind: 'cut', afterTokens: 1 }, text: 'one two three' });
  const response = await ask(server, '/v1/chat/completions', { model: 'm', messages: [], stream: true });
  await expect(response.text()).rejects.toThrow();
  expect(server.requests[0]).toMatchObject({ end: 'cut', tokensSent: 1 });
});

test('another process changes the script and reads the requests', async () => {
  const server = await serverWith({});
  const changed = await ask(server, '/script', { text: 'changed', key: 'secret' });
  expect(await changed.json()).toMatchObject({ text: 'changed' });
  expect((await ask(server, '/v1/chat/completions', { model: 'm' })).status).toBe(401);
  const requests = await (await fetch(`${server.origin}/requests`)).json();
  expect(requests).toMatchObject([{ path: '/v1/chat/completions', end: 'failed' }]);
  await ask(server, '/reset', {});
  expect(server.requests).toEqual([]);
});

test('Ollama, llama.cpp and Azure are spoken as well', async () => {
  const server = await serverWith({ text: 'a + b', models: ['qwen'] });
  const lines = (
    await (await ask(server, '/api/generate', { model: 'qwen', prompt: 'x', suffix: 'y' })).text()
  )
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map((line) => line.response).join('')).toBe('a + b');
  expect(lines.at(-1)).toMatchObject({ done: true, eval_count: server.requests[0]?.tokensSent });
  const infill = await (
    await ask(server, '/infill', { input_prefix: 'p', input_suffix: 's', stream: true })
  ).text();
  expect(infill).toContain('"stop":true');
  expect(infill).not.toContain('[DONE]');
  const azure = '/openai/deployments/d/chat/completions?api-version=1';
  expect(await (await ask(server, azure, { messages: [], stream: true })).text()).toContain(
    'data: {"id":"","object":"","created":0,"model":"","choices":[],"prompt_filter_results"',
  );
  const paths = ['/v1/models', '/props', '/health', '/api/tags', '/api/version', '/nothing'];
  const statuses = await Promise.all(paths.map(async (path) => (await fetch(server.origin + path)).status));
  expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
});
