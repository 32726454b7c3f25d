import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { createBackend } from '../../../src/backends/index.ts';
import type { LedgerRow } from '../../../src/usage/ledger.ts';
import { createMeter, type Meter } from '../../../src/usage/meter.ts';
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

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function freshMeter(): Meter {
  const files = new Map<string, string>();
  const storage = {
    list: async () => [...files.keys()],
    read: async (name: string) => files.get(name),
    write: async (name: string, text: string) => void files.set(name, text),
    remove: async (name: string) => void files.delete(name),
  };
  return createMeter(storage, realClock, log, 'test');
}

/** The meter's only row, as soon as it has one of so many requests. */
async function rowOf(meter: Meter, requests: number): Promise<LedgerRow> {
  for (let turns = 0; turns < 2000; turns += 1) {
    const row = meter.rows()[0];
    if (row !== undefined && row.requests >= requests) return row;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('The meter recorded nothing.');
}

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
