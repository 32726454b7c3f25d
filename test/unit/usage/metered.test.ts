import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { createBackend } from '../../../src/backends/index.ts';
import { metered } from '../../../src/usage/metered.ts';
import { countTokens } from '../../../src/usage/tokens.ts';
import {
  answerOf,
  chatPrompt,
  failureOf,
  fillPrompt,
  portsWith,
  realClock,
  requestFor,
  serverWith,
  settingsWith,
} from '../backends/rig.ts';
import { freshMeter, rowOf } from './rig.ts';

test.each(['cloud', 'local'] as const)(
  'the meter agrees to the token with what a %s server counts, where it sends its usage',
  async (kind) => {
    const server = await serverWith({
      cachedTokens: 2,
      text: 'const sum = items.reduce((a, b) => a + b, 0);',
      serve: ['chat', 'infill', 'llama'],
    });
    const settings = settingsWith({ 'cloud.endpoint': server.origin, 'local.endpoint': server.origin });
    const meter = freshMeter();
    const backend = metered(createBackend(kind, settings, portsWith()), meter);
    await backend.ready?.(AbortSignal.timeout(5000));
    const before = server.requests.length;
    for (let time = 0; time < 5; time += 1) {
      await answerOf(backend, requestFor(settings, kind === 'local' ? fillPrompt : chatPrompt));
    }
    const asked = server.requests.slice(before);
    const row = await rowOf(meter, 5);
    expect(row).toMatchObject({
      promptTokens: asked.reduce((sum, request) => sum + request.promptTokens, 0),
      completionTokens: asked.reduce((sum, request) => sum + request.tokensSent, 0),
      cachedTokens: 10,
      countedTokens: 0,
      wastedTokens: 0,
      backend: kind,
    });
  },
);

test('where no usage is sent, tokens are counted as the model counts them', async () => {
  const code =
    'export function sum(items: readonly number[]): number {\n  return items.reduce((a, b) => a + b, 0);\n}\n';
  const text = code.repeat(10);
  const server = await serverWith({ text, usage: 'never', refuse: ['logprobs'] });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const meter = freshMeter();
  const backend = metered(createBackend('cloud', settings, portsWith()), meter);
  const prompt = {
    kind: 'chat',
    messages: [
      { role: 'system', content: 'Complete the code. Answer with code only.' },
      { role: 'user', content: code.repeat(20) },
    ],
    stop: [],
    maxTokens: 4000,
  } as const;
  await answerOf(backend, requestFor(settings, prompt));
  const row = await rowOf(meter, 1);
  const real = 3 + prompt.messages.reduce((sum, { content }) => sum + 4 + encode(content).length, 0);
  expect(row.promptTokens).toBe(real);
  expect(row.completionTokens).toBe(encode(text).length);
  expect(row.countedTokens).toBe(row.promptTokens + row.completionTokens);
});

test('a request that is given up counts as wasted, one that is refused does not count', async () => {
  const server = await serverWith({ text: 'one two three', fault: { kind: 'cut', afterTokens: 2 } });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const meter = freshMeter();
  const backend = metered(createBackend('cloud', settings, portsWith()), meter);
  await failureOf(backend, requestFor(settings));
  const row = await rowOf(meter, 1);
  expect(row.wastedTokens).toBe(row.promptTokens + row.completionTokens);
  server.script({ fault: { kind: 'status', status: 401 } });
  await failureOf(backend, requestFor(settings));
  server.script({ fault: { kind: 'none' } });
  await answerOf(backend, requestFor(settings));
  expect((await rowOf(meter, 2)).requests).toBe(2);
});

test.each([
  ['llama.cpp, filling in', { owner: 'llamacpp', serve: ['chat', 'infill', 'llama'] }, fillPrompt],
  ['llama.cpp, by chat', { owner: 'llamacpp', serve: ['chat', 'llama'] }, chatPrompt],
  ['vLLM', { owner: 'vllm', serve: ['chat'] }, chatPrompt],
] as const)(
  'an answer of %s that is hung up is counted as the server has counted it by then',
  async (_who, script, prompt) => {
    const server = await serverWith({
      ...script,
      cachedTokens: 2,
      text: 'one two three four five six seven',
    });
    const settings = settingsWith({ 'local.endpoint': server.origin });
    const meter = freshMeter();
    const backend = metered(createBackend('local', settings, portsWith()), meter);
    await backend.ready?.(AbortSignal.timeout(5000));
    server.script({ fault: { kind: 'hang', afterTokens: 3 } });
    let pieces = 0;
    for await (const { text } of backend.stream(requestFor(settings, prompt), AbortSignal.timeout(5000))) {
      if (text !== '') pieces += 1;
      if (pieces === 3) break;
    }
    const asked = server.requests.at(-1);
    expect(await rowOf(meter, 1)).toMatchObject({
      promptTokens: asked?.promptTokens,
      completionTokens: asked?.tokensSent,
      countedTokens: 0,
      wastedTokens: 0,
    });
  },
);

test('text that looks like special tokens is counted as text', async () => {
  expect(await countTokens('<|endoftext|><|fim_prefix|>')).toBeGreaterThan(2);
});

test('a model that counts otherwise than ours is counted its own way once it has said how', async () => {
  const count = (text: string): number => Math.round(text.length / 3);
  const server = await serverWith({
    count,
    text: 'const sum = items.reduce((a, b) => a + b, 0);',
    refuse: ['logprobs'],
  });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const meter = freshMeter();
  const backend = metered(createBackend('cloud', settings, portsWith()), meter);
  const code = 'export function sum(items: readonly number[]): number {\n';
  const asking = (times: number) =>
    ({
      kind: 'chat',
      messages: [{ role: 'user', content: code.repeat(times) }],
      stop: [],
      maxTokens: 99,
    }) as const;
  await answerOf(backend, requestFor(settings, asking(20)));
  await rowOf(meter, 1);
  server.script({ usage: 'never' });
  await answerOf(backend, requestFor(settings, asking(40)));
  const row = await rowOf(meter, 2);
  const own = server.requests
    .filter((request) => request.end === 'answered')
    .reduce((sum, request) => sum + request.promptTokens, 0);
  expect(Math.abs(row.promptTokens - own) / own).toBeLessThan(0.02);
});

test('a server that cannot count is asked whether it does once, and the estimate is called one', async () => {
  const server = await serverWith({ usage: 'never', refuse: ['logprobs'], serve: ['chat'] });
  const settings = settingsWith({
    'local.endpoint': server.origin,
    'local.protocol': 'chat',
    'local.model': 'm',
  });
  const meter = freshMeter();
  const backend = metered(createBackend('local', settings, portsWith()), meter);
  await answerOf(backend, requestFor(settings));
  const first = await rowOf(meter, 1);
  expect(first.countedTokens).toBe(first.promptTokens + first.completionTokens);
  const paths = server.paths.length;
  await answerOf(backend, requestFor(settings));
  await rowOf(meter, 2);
  expect(server.paths.slice(paths)).toEqual(['POST /v1/chat/completions']);
});

test('a server in the cloud is never asked to count', async () => {
  const server = await serverWith({ usage: 'never', refuse: ['logprobs'] });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const meter = freshMeter();
  const backend = metered(createBackend('cloud', settings, portsWith()), meter);
  await answerOf(backend, requestFor(settings));
  await rowOf(meter, 1);
  expect(new Set(server.paths)).toEqual(new Set(['POST /v1/chat/completions']));
});

test('an answer that is hung up says nothing of whether its server sends usage: it is not asked to count', async () => {
  const server = await serverWith({ tokenizer: 'llama.cpp', text: 'a();\nb();\nc();', serve: ['chat'] });
  const settings = settingsWith({
    'local.endpoint': server.origin,
    'local.protocol': 'chat',
    'local.model': 'm',
  });
  const meter = freshMeter();
  const backend = metered(createBackend('local', settings, portsWith()), meter);
  for await (const _ of backend.stream(requestFor(settings), AbortSignal.timeout(15_000))) break;
  await rowOf(meter, 1);
  expect(server.paths.filter((path) => path.includes('token'))).toEqual([]);
});

test('what a server can count is remembered beyond the session', async () => {
  const server = await serverWith({
    usage: 'never',
    tokenizer: 'koboldcpp',
    refuse: ['logprobs'],
    serve: ['chat'],
  });
  const settings = settingsWith({
    'local.endpoint': server.origin,
    'local.protocol': 'chat',
    'local.model': 'm',
  });
  const ports = portsWith();
  for (const session of [1, 2]) {
    const meter = freshMeter();
    const backend = metered(createBackend('local', settings, ports), meter);
    const before = server.paths.length;
    await answerOf(backend, requestFor(settings));
    expect(await rowOf(meter, 1)).toMatchObject({ countedTokens: 0 });
    const counting = server.paths.slice(before).filter((path) => path !== 'POST /v1/chat/completions');
    if (session === 2) expect(new Set(counting)).toEqual(new Set(['POST /api/extra/tokencount']));
  }
});

test('a server that hangs when it is asked to count is not waited for, and its answer is estimated', async () => {
  const server = await serverWith({ usage: 'never', refuse: ['logprobs'], serve: ['chat'] });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const meter = freshMeter();
  const fetch: typeof globalThis.fetch = (input, init) =>
    String(input).endsWith('/chat/completions')
      ? globalThis.fetch(input, init)
      : new Promise((_, reject) =>
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
        );
  const hurried = {
    ...realClock,
    sleep: (ms: number, signal: AbortSignal) => realClock.sleep(ms / 100, signal),
  };
  const ports = portsWith({ fetch, clock: hurried, bounds: { connect: 1e6, firstToken: 1e6, between: 1e6 } });
  const backend = metered(createBackend('cloud', settings, ports), meter);
  await answerOf(backend, requestFor(settings));
  const row = await rowOf(meter, 1);
  expect(row.countedTokens).toBe(row.promptTokens + row.completionTokens);
});
