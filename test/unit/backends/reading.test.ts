import fc from 'fast-check';
import { expect, test } from 'vitest';
import { framesOf } from '../../../src/backends/frames.ts';
import { readingOf } from '../../../src/backends/reading.ts';
import { BackendError } from '../../../src/core/errors.ts';
import { realClock } from './rig.ts';

const encoder = new TextEncoder();

/** The text of an answer whose body comes in pieces of `size` bytes. */
async function textOf(body: string, size = 7, type = 'text/event-stream'): Promise<string> {
  const bytes = encoder.encode(body);
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  let text = '';
  const response = new Response(stream, { headers: { 'content-type': type } });
  for await (const frame of framesOf(response, realClock)) text += readingOf(frame).text;
  return text;
}

const delta = (text: string): string => JSON.stringify({ choices: [{ index: 0, delta: { content: text } }] });

const accepted: Readonly<Record<string, string>> = {
  'OpenAI with a role first and an empty end': `data: ${JSON.stringify({ choices: [{ delta: { role: 'assistant', content: null } }] })}\n\ndata: ${delta('a é ')}\n\ndata: ${delta('b 😀')}\n\ndata: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}\n\ndata: [DONE]\n\n`,
  'CRLF line ends': `data: ${delta('a é ')}\r\n\r\ndata: ${delta('b 😀')}\r\n\r\ndata: [DONE]\r\n\r\n`,
  'no space after the colon, and no blank lines': `data:${delta('a é ')}\ndata:${delta('b 😀')}\ndata:[DONE]\n`,
  'comments, event names, ids and retries': `: ping\n\nevent: chunk\nid: 1\nretry: 5\ndata: ${delta('a é ')}\n\n: ping\n\nevent: chunk\ndata: ${delta('b 😀')}\n\n`,
  'fields that nobody knows': `trace-id: 7\ndata: ${delta('a é b 😀')}\nx: y\n\n`,
  'pieces beside the whole so far': `data: ${JSON.stringify({ choices: [{ delta: { content: 'a é ' }, message: { content: 'a é ' } }] })}\n\ndata: ${JSON.stringify({ choices: [{ delta: { content: 'b 😀' }, message: { content: 'a é b 😀' } }] })}\n\ndata: ${JSON.stringify({ choices: [{ delta: {}, message: { content: 'a é b 😀' }, finish_reason: 'stop' }] })}\n\n`,
  'no [DONE] and no last line end': `data: ${delta('a é ')}\n\ndata: ${delta('b 😀')}`,
  'something behind [DONE]': `data: ${delta('a é b 😀')}\n\ndata: [DONE]\n\ndata: ${delta('more')}\n\n`,
  'an event over two data lines': `data: {"choices":\ndata: [{"delta":{"content":"a é b 😀"}}]}\n\n`,
  'one JSON answer to a streamed request': JSON.stringify({
    choices: [{ message: { role: 'assistant', content: 'a é b 😀' } }],
  }),
  'one JSON answer printed over several lines': JSON.stringify(
    { choices: [{ text: 'a é b 😀', logprobs: null }] },
    null,
    2,
  ),
  'older completions': `data: ${JSON.stringify({ choices: [{ text: 'a é ' }] })}\n\ndata: ${JSON.stringify({ choices: [{ text: 'b 😀' }] })}\n\n`,
  'llama.cpp': `data: {"index":0,"content":"a é ","tokens":[1],"stop":false}\n\ndata: {"content":"b 😀","stop":false}\n\ndata: {"content":"","stop":true,"timings":{"prompt_n":3}}\n\n`,
  'Ollama generate, one JSON a line': `{"response":"a é ","done":false}\n{"response":"b 😀","done":false}\n{"response":"","done":true}\n`,
  'Ollama chat': `{"message":{"role":"assistant","content":"a é b 😀"},"done":false}\n{"message":{"role":"assistant","content":""},"done":true}\n`,
  'Mistral with parts': `data: ${JSON.stringify({ choices: [{ delta: { content: [{ type: 'text', text: 'a é b 😀' }] } }] })}\n\n`,
  'reasoning before the answer': `data: ${JSON.stringify({ choices: [{ delta: { reasoning_content: 'hm' } }] })}\n\ndata: ${delta('a é b 😀')}\n\n`,
  "Azure's first chunk without choices": `data: {"choices":[],"prompt_filter_results":[{}]}\n\ndata: ${delta('a é b 😀')}\n\ndata: {"choices":[{"finish_reason":"content_filter","delta":{}}]}\n\n`,
  'numbers that only Python has': `data: {"choices":[{"delta":{"content":"a é b 😀"},"logprobs":{"content":[{"token":"a","logprob":-Infinity}]}}],"x":NaN}\n\n`,
  'a byte order mark': `\uFEFFdata: ${delta('a é b 😀')}\n\n`,
};

test.each(Object.entries(accepted))('the text is read from %s', async (_name, body) => {
  for (const size of [1, 3, 7, 1000]) expect(await textOf(body, size)).toBe('a é b 😀');
});

test('words that are numbers in Python stay as they are inside of the text', async () => {
  const answer = 'if x == [1, NaN, -Infinity]: y = "\\" NaN"';
  const frame = JSON.stringify({ choices: [{ delta: { content: answer } }] });
  expect(await textOf(`data: ${frame.replace('}]', ',"logprob":NaN}]')}\n\n`)).toBe(answer);
});

test('an end without a line end is an end, though the connection stays open', async () => {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`data: ${delta('a')}\n\ndata: [DONE]`)),
  });
  let text = '';
  for await (const frame of framesOf(new Response(body), realClock)) text += readingOf(frame).text;
  expect(text).toBe('a');
});

const refused: Readonly<Record<string, string>> = {
  'a login page': '<!doctype html>\n<html><body>Sign in</body></html>',
  'an event that is no JSON': 'data: hello\n\n',
  'an event that is no whole JSON': 'data: {"choices": [\n\ndata: {}\n\n',
  'bytes that are nothing': '\u0001\u0002\n\u0003',
  'an empty body': '',
  'a sentence with a colon': 'Error: it broke',
  'only comments': ': ping\n\n: ping\n\n',
  'half a JSON body': '{"choices": [{"message"',
};

test.each(Object.entries(refused))('%s is garbled', async (_name, body) => {
  for (const size of [1, 1000]) {
    const error = await textOf(body, size).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({ kind: 'garbled' });
  }
});

test('an error inside of the stream is an error of the server, in its words', () => {
  const caught = (frame: unknown): unknown => {
    try {
      return readingOf(frame);
    } catch (error) {
      return error;
    }
  };
  expect(caught({ error: { message: 'out of memory', type: 'server_error' } })).toMatchObject({
    kind: 'server',
  });
  expect(caught({ error: 'model runner has stopped' })).toMatchObject({ kind: 'server' });
  expect(caught({ error: { message: 'no', code: 'insufficient_quota' } })).toMatchObject({
    kind: 'no-credit',
  });
  expect(caught({ error: { code: 429, message: 'slow down' } })).toMatchObject({ kind: 'rate-limited' });
  expect(caught({ error: { code: 502, message: 'gone' }, choices: [] })).toMatchObject({ kind: 'server' });
  expect(
    caught({ error: { code: 400, message: 'too long', type: 'exceed_context_size_error' } }),
  ).toMatchObject({ kind: 'rejected' });
  expect(caught({ error: null, choices: [] })).toMatchObject({ text: '' });
});

test('usage is read from every protocol', () => {
  const usages = [
    {
      choices: [],
      usage: { prompt_tokens: 9, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 3 } },
    },
    { choices: [], usage: { prompt_tokens: 9, completion_tokens: 4, prompt_cache_hit_tokens: 3 } },
    {
      content: '',
      stop: true,
      tokens_evaluated: 9,
      tokens_predicted: 4,
      timings: { cache_n: 3, prompt_n: 6 },
    },
    { choices: [], timings: { prompt_n: 6, cache_n: 3, predicted_n: 4 } },
  ].map((frame) => readingOf(frame).usage);
  expect(new Set(usages.map((usage) => JSON.stringify(usage)))).toEqual(
    new Set([JSON.stringify({ promptTokens: 9, cachedTokens: 3, completionTokens: 4 })]),
  );
  expect(readingOf({ response: '', done: true, prompt_eval_count: 9, eval_count: 4 }).usage).toEqual({
    promptTokens: 9,
    cachedTokens: 0,
    completionTokens: 4,
  });
  // The running count of an answer that may be given up.
  expect(
    readingOf({ content: 'a', stop: false, tokens_evaluated: 9, tokens_predicted: 1 }).usage,
  ).toMatchObject({ promptTokens: 9, completionTokens: 1 });
  expect(readingOf({ choices: [{ delta: { content: 'a' } }], usage: null }).usage).toBeUndefined();
});

test('an answer is the same however its bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      async (text, size) => {
        const half = Math.floor([...text].length / 2);
        const parts = [[...text].slice(0, half).join(''), [...text].slice(half).join('')];
        const body = parts.map((part) => `data: ${delta(part)}\r\n\r\n`).join('');
        expect(await textOf(body, size)).toBe(text);
      },
    ),
    { numRuns: 200 },
  );
});

test('no bytes whatever end in anything but text or a garbled answer', async () => {
  const lines = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      'data: {',
      'data:',
      '}',
      ']',
      '{"error":1}',
      'data: [DONE]',
      'data: null',
      '[1]',
      'data: {"choices":{}}',
      '<html>',
    ),
    fc.json({ maxDepth: 2 }).map((json) => `data: ${json}`),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(lines, { maxLength: 8 }),
      fc.integer({ min: 1, max: 20 }),
      async (body, size) => {
        const result = await textOf(body.join('\n'), size).catch((error: unknown) => error);
        expect(typeof result === 'string' || result instanceof BackendError).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});
