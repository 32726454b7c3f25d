import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createBackend } from '../../../src/backends/index.ts';
import { lookAtServer } from '../../../src/backends/look.ts';
import { probeServer } from '../../../src/backends/probe.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { answerOf, chatPrompt, failureOf, portsWith, requestFor, settingsWith, textPrompt } from './rig.ts';

/** What one make of server does with a request; the shapes are those of its own sources. */
type Handler = (asked: Asked) => void;

interface Asked {
  readonly request: IncomingMessage;
  /** Method and path. */
  readonly what: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly response: ServerResponse;
  /** Answers JSON. */
  json(status: number, value: unknown): void;
  /** Answers text, of server-sent events unless another type is given. */
  text(body: string, status?: number, type?: string): void;
}

const close: (() => void)[] = [];
afterEach(() => {
  for (const end of close.splice(0)) end();
});

async function served(handle: Handler): Promise<string> {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    handle({
      request,
      what: `${request.method} ${request.url}`,
      body: text === '' ? {} : JSON.parse(text),
      response,
      json: (status, value) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      },
      text: (body, status = 200, type = 'text/event-stream') => {
        response.writeHead(status, { 'content-type': type }).end(body);
      },
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const list = (...data: object[]) => ({ object: 'list', data });
const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const whole = {
  choices: [{ index: 0, message: { role: 'assistant', content: 'a' }, finish_reason: 'stop' }],
};
const usage = { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 };

const makes: Readonly<
  Record<string, { readonly handle: Handler; readonly kind: string; readonly models: readonly string[] }>
> = {
  'mlx_lm.server': {
    kind: 'openai-compatible',
    models: ['mlx-community/Qwen2.5-Coder-1.5B-4bit'],
    handle: ({ what, body, response, json, text }) => {
      if (what === 'GET /v1/models') {
        return json(200, list({ id: 'mlx-community/Qwen2.5-Coder-1.5B-4bit', object: 'model', created: 1 }));
      }
      const talks = /^POST (?:\/v1)?\/chat\/completions$/.test(what);
      if (!talks && what !== 'POST /v1/completions') return text('Not Found', 404, 'application/json');
      // What it cannot take ends its thread, without an answer.
      if (!['undefined', 'boolean'].includes(typeof body['logprobs'])) return void response.destroy();
      if (body['stream'] !== true) return json(200, { ...whole, usage });
      const choice = (piece: string, finish: string | null) => {
        const said = talks ? { delta: { role: 'assistant', content: piece } } : { text: piece };
        return event({ choices: [{ index: 0, finish_reason: finish, ...said }] });
      };
      const told = body['stream_options'] === undefined ? '' : event({ choices: [], usage });
      text(`: keepalive 2/7\n\n${choice('one ', null)}${choice('two', 'stop')}${told}data: [DONE]\n\n`);
    },
  },
  'LM Studio': {
    kind: 'lm-studio',
    models: ['qwen2.5-coder-1.5b'],
    handle: ({ what, body, json, text }) => {
      if (what === 'GET /v1/models') {
        const owned = { object: 'model', owned_by: 'organization_owner' };
        return json(
          200,
          list(
            { id: 'qwen2.5-coder-1.5b', ...owned },
            { id: 'text-embedding-nomic-embed-text-v1.5', ...owned },
          ),
        );
      }
      if (!/^POST \/v1\/(?:chat\/)?completions$/.test(what)) {
        return json(200, { error: `Unexpected endpoint or method. (${what})` });
      }
      if (body['stream'] !== true) return json(200, { ...whole, usage });
      const choice = { index: 0, logprobs: null, finish_reason: null };
      const pieces = what.includes('chat')
        ? [{ delta: { role: 'assistant' } }, { delta: { content: 'one ' } }, { delta: { content: 'two' } }]
        : [{ text: 'one ' }, { text: 'two' }];
      const frames = pieces.map((piece) => event({ choices: [{ ...choice, ...piece }] })).join('');
      text(
        `${frames}${event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}data: [DONE]\n\n`,
      );
    },
  },
  KoboldCpp: {
    kind: 'openai-compatible',
    models: ['koboldcpp/qwen2.5-coder'],
    handle: ({ what, body, response, json }) => {
      if (what === 'GET /v1/models') {
        return json(200, list({ id: 'koboldcpp/qwen2.5-coder', object: 'model', owned_by: 'koboldcpp' }));
      }
      if (what === 'GET /api/tags') {
        const digest = 'b5dc5e784f2a3ee1582373093acf69a2f4e2ac1710b253a001712b86a61f88bb';
        return json(200, { models: [{ name: 'koboldcpp', model: 'koboldcpp', digest }] });
      }
      if (!what.endsWith('/completions')) return json(404, { detail: 'Not Found' });
      if (body['stream'] !== true) return json(200, whole);
      const said = (piece: string, finish: string) =>
        what.includes('chat')
          ? event({
              choices: [{ index: 0, finish_reason: finish, delta: { role: 'assistant', content: piece } }],
            })
          : event({ choices: [{ index: 0, finish_reason: finish, text: piece }] });
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      // Every piece names an end that is none, and nothing ends the last line or the connection.
      response.write(`${said('one ', 'null')}${said('two', 'stop')}data: [DONE]`);
    },
  },
  TabbyAPI: {
    kind: 'openai-compatible',
    models: ['Qwen2.5-Coder-7B-exl2'],
    handle: ({ what, body, json, text }) => {
      if (what === 'GET /v1/models') {
        return json(200, list({ id: 'Qwen2.5-Coder-7B-exl2', object: 'model', owned_by: 'tabbyAPI' }));
      }
      if (!what.startsWith('POST /v1/') || !what.endsWith('/completions')) {
        return json(404, { detail: 'Not Found' });
      }
      if (body['stream'] !== true) return json(200, { ...whole, usage });
      const ping = ': ping - 2026-11-26 12:00:00+00:00\r\n\r\n';
      const logprobs = '"logprobs":{"content":[{"token":"one ","logprob":-Infinity}]}';
      const first = what.includes('chat') ? '"delta":{"content":"one "}' : '"text":"one "';
      const last = what.includes('chat') ? '"delta":{"content":"two"}' : '"text":"two"';
      text(
        `${ping}data: {"choices":[{"index":0,${first},${logprobs}}]}\r\n\r\n${ping}data: {"choices":[{"index":0,${last},"finish_reason":"stop","eos_reason":"stop_token"}]}\r\n\r\ndata: [DONE]\r\n\r\n`,
      );
    },
  },
  'text-generation-webui': {
    kind: 'openai-compatible',
    models: ['Qwen2.5-Coder-7B.gguf'],
    handle: ({ what, body, json, text }) => {
      if (what === 'GET /v1/models') {
        return json(
          200,
          list({ id: 'Qwen2.5-Coder-7B.gguf', object: 'model', created: 0, owned_by: 'user' }),
        );
      }
      if (!what.startsWith('POST /v1/') || !what.endsWith('/completions')) {
        return json(404, { detail: 'Not Found' });
      }
      if (body['stream'] !== true) return json(200, { ...whole, usage });
      const chunk = (piece: string, finish: string | null) => ({
        system_fingerprint: null,
        choices: [
          {
            index: 0,
            finish_reason: finish,
            ...(what.includes('chat') ? { delta: { content: piece } } : { text: piece, logprobs: null }),
          },
        ],
        usage: null,
      });
      const frames = [chunk('', null), chunk('one ', null), chunk('two', null), chunk('', 'stop')];
      text(`${frames.map(event).join('')}${event({ choices: [], usage })}data: [DONE]\n\n`);
    },
  },
  LocalAI: {
    kind: 'openai-compatible',
    models: ['qwen2.5-coder'],
    handle: ({ what, body, json, text }) => {
      if (/^GET (?:\/v1)?\/models$/.test(what)) {
        return json(
          200,
          list({ id: 'qwen2.5-coder', object: 'model' }, { id: 'whisper-1', object: 'model' }),
        );
      }
      if (!what.endsWith('/completions')) {
        return json(404, { error: { code: 404, message: 'Resource not found', type: '' } });
      }
      if (body['stream'] !== true) return json(200, { ...whole, usage });
      const chat = (delta: object, finish: string) =>
        event({
          choices: [{ index: 0, finish_reason: finish, delta }],
          usage: { ...usage, prompt_tokens: 0, completion_tokens: 0 },
        });
      const plain = (piece: string, finish: string) =>
        event({ choices: [{ index: 0, finish_reason: finish, text: piece }] });
      text(
        what.includes('chat')
          ? `${chat({ role: 'assistant', content: null }, '')}${chat({ content: 'one ' }, '')}${chat({ content: 'two' }, '')}${chat({}, 'stop')}data: [DONE]\n\n`
          : `${plain('one ', '')}${plain('two', '')}${plain('', 'stop')}data: [DONE]\n\n`,
      );
    },
  },
  llamafile: {
    kind: 'llama.cpp',
    models: ['LLaMA_CPP'],
    handle: ({ what, body, json, text }) => {
      if (what === 'GET /v1/models') {
        return json(200, list({ id: 'LLaMA_CPP', object: 'model', created: 1, owned_by: 'llamacpp' }));
      }
      if (what === 'GET /props') return json(200, { user_name: '', assistant_name: '', total_slots: 1 });
      if (!what.endsWith('/completions')) return text('File Not Found', 404, 'text/plain');
      if (body['stream'] !== true) return json(200, { ...whole, usage });
      const chunk = (delta: object, finish: string | null) =>
        event({ choices: [{ delta, finish_reason: finish, index: 0 }], object: 'chat.completion.chunk' });
      text(`${chunk({ content: 'one ' }, null)}${chunk({ content: 'two' }, null)}${chunk({}, 'stop')}`);
    },
  },
  'a server that cannot stream': {
    kind: 'openai-compatible',
    models: ['a-model'],
    handle: ({ what, body, json }) => {
      if (what === 'GET /v1/models') return json(200, list({ id: 'a-model', object: 'model' }));
      if (what !== 'POST /v1/chat/completions') return json(404, { error: { message: 'Not found' } });
      if (body['stream'] === true) {
        const message = "'stream' is not supported";
        return json(400, { error: { message, type: 'invalid_request_error', param: null, code: null } });
      }
      const message = { role: 'assistant', content: 'one two' };
      json(200, { choices: [{ index: 0, message, finish_reason: 'stop' }], usage });
    },
  },
  'pages where another path has the answers': {
    kind: 'openai-compatible',
    models: ['a-model'],
    handle: ({ what, body, json, text }) => {
      if (what === 'GET /models') return json(200, list({ id: 'a-model', object: 'model' }));
      if (what.startsWith('GET ')) return text('<!doctype html><title>Chat</title>', 200, 'text/html');
      if (what !== 'POST /chat/completions') return json(405, { detail: 'Method Not Allowed' });
      if (body['stream'] !== true) return json(200, whole);
      text(`${event({ choices: [{ delta: { content: 'one two' } }] })}data: [DONE]\n\n`);
    },
  },
};

test.each(Object.entries(makes))(
  '%s is known, tried out, and completes and explains',
  async (_name, make) => {
    const address = await served(make.handle);
    const ports = portsWith({ retries: 0 });
    const found = await lookAtServer(address, ports, AbortSignal.timeout(10_000));
    expect(found).toMatchObject({ kind: make.kind, models: make.models, state: 'ready' });
    const probe = await probeServer(address, '', ports, AbortSignal.timeout(10_000));
    expect(probe).toMatchObject({ chat: true, fill: 'none', model: make.models[0] });
    const settings = settingsWith({ 'local.endpoint': address });
    const backend = createBackend('local', settings, ports);
    await backend.ready?.(AbortSignal.timeout(10_000));
    expect(backend.dialect).toEqual({ kind: 'chat' });
    expect((await answerOf(backend, requestFor(settings))).text).toBe('one two');
    const explaining = requestFor(settings, { ...chatPrompt, maxTokens: 4000 });
    expect((await answerOf(backend, explaining)).text).toBe('one two');
  },
);

test.each(['mlx_lm.server', 'LM Studio', 'KoboldCpp', 'TabbyAPI', 'text-generation-webui', 'LocalAI'])(
  '%s completes a model with marks of its own by the older completions',
  async (name) => {
    const address = await served(makes[name]?.handle ?? (() => undefined));
    const ports = portsWith({ retries: 0, templateFor: () => 'qwen' });
    const settings = settingsWith({ 'local.endpoint': address });
    const backend = createBackend('local', settings, ports);
    await backend.ready?.(AbortSignal.timeout(10_000));
    expect(backend.dialect).toEqual({ kind: 'text', template: 'qwen' });
    expect((await answerOf(backend, requestFor(settings, textPrompt))).text).toBe('one two');
  },
);

const asked: Partial<Settings> = { 'local.protocol': 'chat', 'local.model': 'a-model' };

test.each([
  [
    'older vLLM, in mid-stream',
    200,
    event({
      object: 'error',
      message: 'The engine died.',
      type: 'InternalServerError',
      param: null,
      code: 500,
    }),
    'server',
  ],
  [
    'older vLLM, for a model',
    404,
    JSON.stringify({
      object: 'error',
      message: 'The model `a-model` does not exist.',
      type: 'NotFoundError',
      param: null,
      code: 404,
    }),
    'no-model',
  ],
  [
    'LiteLLM, for a key',
    401,
    JSON.stringify({
      error: {
        message: 'Authentication Error, No api key passed in.',
        type: 'auth_error',
        param: 'None',
        code: '401',
      },
    }),
    'no-key',
  ],
  [
    'LiteLLM, out of budget',
    400,
    JSON.stringify({
      error: { message: 'Budget has been exceeded!', type: 'budget_exceeded', param: null, code: '400' },
    }),
    'no-credit',
  ],
  [
    'LM Studio, in an event',
    200,
    `event: error\n${event({ error: { message: 'Model unloaded.' } })}`,
    'server',
  ],
  [
    'text-generation-inference, too busy',
    429,
    JSON.stringify({ error: 'Model is overloaded', error_type: 'overloaded' }),
    'rate-limited',
  ],
  [
    'text-generation-inference, in mid-stream',
    200,
    event({ error: 'Request failed during generation', error_type: 'generation' }),
    'server',
  ],
  [
    'TabbyAPI, in mid-stream',
    200,
    `: ping\r\n\r\n${event({ error: { message: 'Completion aborted.', trace: null } })}`,
    'server',
  ],
  [
    'a server that answers errors with status 200',
    200,
    JSON.stringify({ object: 'error', message: 'out of memory', code: 50002 }),
    'server',
  ],
] as const)('the error of %s is read', async (_name, status, body, kind) => {
  const address = await served(({ text }) =>
    text(body, status, status === 200 ? 'text/event-stream' : 'application/json'),
  );
  const settings = settingsWith({ ...asked, 'local.endpoint': address });
  const backend = createBackend('local', settings, portsWith({ retries: 0 }));
  expect(await failureOf(backend, requestFor(settings))).toMatchObject({ kind });
});
