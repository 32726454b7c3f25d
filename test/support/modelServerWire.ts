import { field, list, number, record, string } from './modelServerJson.ts';

/** What a stream's frames are made from. */
export interface Reply {
  readonly model: string;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  /** Whether the request asked for it and the script allows it. */
  readonly usage: boolean;
  /** Whether every frame has the count so far, as vLLM and llama.cpp send it when asked. */
  readonly running: 'usage' | 'timings' | undefined;
  readonly logprobs: boolean;
  readonly logprob: (piece: string) => number;
  /** As this protocol names it, or null to leave it out. */
  readonly reason: string | null;
}

/** One streaming protocol: how requests are read and answers are framed. */
export interface Wire {
  readonly family: 'chat' | 'completions' | 'fim' | 'infill' | 'ollama';
  readonly name: string;
  readonly framing: 'sse' | 'ndjson';
  prompt(body: unknown): string;
  stop(body: unknown): readonly string[];
  maxTokens(body: unknown): number;
  wantsStream(body: unknown): boolean;
  wantsUsage(body: unknown): boolean;
  wantsRunning?(body: unknown): Reply['running'];
  wantsLogprobs(body: unknown): boolean;
  /** Frames before the first token. */
  open(reply: Reply): unknown[];
  /** `sent` counts the tokens up to and with this one. */
  token(reply: Reply, text: string, sent: number): unknown;
  /** Frames after the last token, `[DONE]` not included. */
  close(reply: Reply, completionTokens: number): unknown[];
  /** The answer to a request that is not streamed. */
  whole(reply: Reply, text: string, completionTokens: number): unknown;
  error(status: number, code: string, message: string): unknown;
}

const created = 1_790_000_000;

function usageOf(reply: Reply, completionTokens: number): object {
  return {
    prompt_tokens: reply.promptTokens,
    completion_tokens: completionTokens,
    total_tokens: reply.promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: reply.cachedTokens, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}

function countSoFar(reply: Reply, sent: number): object {
  if (reply.running === 'usage') return { usage: usageOf(reply, sent) };
  const { promptTokens, cachedTokens } = reply;
  const timings = { cache_n: cachedTokens, prompt_n: promptTokens - cachedTokens, predicted_n: sent };
  return reply.running === 'timings' ? { timings } : {};
}

function openAiError(status: number, code: string, message: string): unknown {
  const type = status === 429 ? 'requests' : status >= 500 ? 'server_error' : 'invalid_request_error';
  return { error: { message, type, param: null, code } };
}

function messagesText(body: unknown): string {
  return list(field(body, 'messages'))
    .map((message) => string(field(message, 'content')))
    .join('\n');
}

function stopOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : list(value).map(string);
}

function chatWire(name: string, azure: boolean): Wire {
  const frame = (reply: Reply, choices: unknown[], more: object = {}): unknown => ({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created,
    model: reply.model,
    system_fingerprint: 'fp_test',
    choices,
    ...(reply.usage ? { usage: null } : {}),
    ...more,
  });
  const choice = (delta: object, finish: string | null, logprobs: unknown = null): unknown => ({
    index: 0,
    delta,
    logprobs,
    finish_reason: finish,
  });
  return {
    family: 'chat',
    name,
    framing: 'sse',
    prompt: messagesText,
    stop: (body) => stopOf(field(body, 'stop')),
    maxTokens: (body) =>
      number(field(body, 'max_completion_tokens')) ?? number(field(body, 'max_tokens')) ?? 16_384,
    wantsStream: (body) => field(body, 'stream') === true,
    wantsUsage: (body) => field(field(body, 'stream_options'), 'include_usage') === true,
    wantsRunning: (body) =>
      field(field(body, 'stream_options'), 'continuous_usage_stats') === true
        ? 'usage'
        : field(body, 'timings_per_token') === true
          ? 'timings'
          : undefined,
    wantsLogprobs: (body) => field(body, 'logprobs') === true,
    open: (reply) => [
      ...(azure
        ? [
            {
              id: '',
              object: '',
              created: 0,
              model: '',
              choices: [],
              prompt_filter_results: [
                { prompt_index: 0, content_filter_results: { hate: { filtered: false, severity: 'safe' } } },
              ],
            },
          ]
        : []),
      frame(reply, [choice({ role: 'assistant', content: '', refusal: null }, null)]),
    ],
    token: (reply, text, sent) =>
      frame(
        reply,
        [
          choice(
            { content: text },
            null,
            reply.logprobs
              ? {
                  content: [{ token: text, logprob: reply.logprob(text), bytes: null, top_logprobs: [] }],
                  refusal: null,
                }
              : null,
          ),
        ],
        countSoFar(reply, sent),
      ),
    close: (reply, tokens) => [
      ...(reply.reason === null ? [] : [frame(reply, [choice({}, reply.reason)])]),
      ...(reply.usage ? [frame(reply, [], { usage: usageOf(reply, tokens) })] : []),
    ],
    whole: (reply, text, tokens) => ({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created,
      model: reply.model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: text },
          logprobs: null,
          finish_reason: reply.reason,
        },
      ],
      ...(reply.usage ? { usage: usageOf(reply, tokens) } : {}),
    }),
    error: openAiError,
  };
}

const completions: Wire = {
  ...chatWire('completions', false),
  family: 'completions',
  prompt: (body) => string(field(body, 'prompt')),
  maxTokens: (body) => number(field(body, 'max_tokens')) ?? 16,
  wantsLogprobs: (body) => number(field(body, 'logprobs')) !== undefined,
  open: () => [],
  token: (reply, text) => textFrame(reply, text, null),
  close: (reply, tokens) => [
    ...(reply.reason === null ? [] : [textFrame(reply, '', reply.reason)]),
    ...(reply.usage
      ? [{ ...record(textFrame(reply, '', null)), choices: [], usage: usageOf(reply, tokens) }]
      : []),
  ],
  whole: (reply, text, tokens) => ({
    ...record(textFrame(reply, text, reply.reason)),
    ...(reply.usage ? { usage: usageOf(reply, tokens) } : {}),
  }),
};

function textFrame(reply: Reply, text: string, finish: string | null): unknown {
  const logprobs =
    reply.logprobs && text !== ''
      ? { tokens: [text], token_logprobs: [reply.logprob(text)], top_logprobs: null, text_offset: [0] }
      : null;
  return {
    id: 'cmpl-1',
    object: 'text_completion',
    created,
    model: reply.model,
    choices: [{ index: 0, text, logprobs, finish_reason: finish }],
  };
}

const fim: Wire = {
  ...chatWire('fim', false),
  family: 'fim',
  prompt: (body) => `${string(field(body, 'prompt'))}█${string(field(body, 'suffix'))}`,
  maxTokens: (body) => number(field(body, 'max_tokens')) ?? 16,
  // Mistral's endpoint always sends the usage, with the last choice.
  close: (reply, tokens) => [
    {
      id: 'fim-1',
      object: 'chat.completion.chunk',
      created,
      model: reply.model,
      choices: [{ index: 0, delta: { content: '' }, finish_reason: reply.reason }],
      ...(reply.usage ? { usage: usageOf(reply, tokens) } : {}),
    },
  ],
  wantsUsage: () => true,
};

const infill: Wire = {
  family: 'infill',
  name: 'infill',
  framing: 'sse',
  prompt: (body) =>
    `${string(field(body, 'input_prefix'))}${string(field(body, 'prompt'))}█${string(field(body, 'input_suffix'))}`,
  stop: (body) => stopOf(field(body, 'stop')),
  maxTokens: (body) => number(field(body, 'n_predict')) ?? 128,
  wantsStream: (body) => field(body, 'stream') === true,
  wantsUsage: () => true,
  wantsLogprobs: (body) => (number(field(body, 'n_probs')) ?? 0) > 0,
  open: () => [],
  token: (reply, text, sent) => ({
    index: 0,
    content: text,
    tokens: [1],
    stop: false,
    id_slot: 0,
    ...(reply.usage ? { tokens_predicted: sent, tokens_evaluated: reply.promptTokens } : {}),
    ...(reply.logprobs
      ? {
          completion_probabilities: [
            { id: 1, token: text, bytes: [], logprob: reply.logprob(text), top_logprobs: [] },
          ],
        }
      : {}),
  }),
  close: (reply, tokens) => [llamaEnd(reply, '', tokens)],
  whole: (reply, text, tokens) => llamaEnd(reply, text, tokens),
  error: (status, code, message) => ({ error: { code: status, message, type: code } }),
};

function llamaEnd(reply: Reply, text: string, tokens: number): object {
  return {
    index: 0,
    content: text,
    tokens: [],
    id_slot: 0,
    stop: true,
    model: reply.model,
    ...(reply.usage ? { tokens_predicted: tokens, tokens_evaluated: reply.promptTokens } : {}),
    truncated: false,
    ...(reply.reason === null ? {} : { stop_type: reply.reason === 'length' ? 'limit' : 'eos' }),
    stopping_word: '',
    tokens_cached: reply.promptTokens + tokens,
    ...(reply.usage
      ? {
          timings: {
            cache_n: reply.cachedTokens,
            prompt_n: reply.promptTokens - reply.cachedTokens,
            predicted_n: tokens,
            predicted_per_second: 50,
          },
        }
      : {}),
  };
}

function ollamaWire(name: 'generate' | 'chat'): Wire {
  const body = (text: string): object =>
    name === 'chat' ? { message: { role: 'assistant', content: text } } : { response: text };
  const end = (reply: Reply, text: string, tokens: number): object => ({
    model: reply.model,
    created_at: '2026-01-01T00:00:00Z',
    ...body(text),
    done: true,
    ...(reply.reason === null ? {} : { done_reason: reply.reason }),
    ...(reply.usage
      ? {
          total_duration: 1e9,
          load_duration: 1e6,
          prompt_eval_count: reply.promptTokens,
          prompt_eval_duration: 1e8,
          eval_count: tokens,
          eval_duration: 1e9,
        }
      : {}),
  });
  return {
    family: 'ollama',
    name,
    framing: 'ndjson',
    prompt: (asked) =>
      name === 'chat'
        ? messagesText(asked)
        : `${string(field(asked, 'prompt'))}${field(asked, 'suffix') === undefined ? '' : `█${string(field(asked, 'suffix'))}`}`,
    stop: (asked) => stopOf(field(field(asked, 'options'), 'stop')),
    maxTokens: (asked) => number(field(field(asked, 'options'), 'num_predict')) ?? 128,
    // Ollama streams unless told otherwise.
    wantsStream: (asked) => field(asked, 'stream') !== false,
    wantsUsage: () => true,
    wantsLogprobs: () => false,
    open: () => [],
    token: (reply, text) => ({
      model: reply.model,
      created_at: '2026-01-01T00:00:00Z',
      ...body(text),
      done: false,
    }),
    close: (reply, tokens) => [end(reply, '', tokens)],
    whole: (reply, text, tokens) => end(reply, text, tokens),
    error: (_status, _code, message) => ({ error: message }),
  };
}

const routes: readonly (readonly [RegExp, Wire])[] = [
  [/\/openai\/deployments\/[^/]+\/chat\/completions$/, chatWire('azure', true)],
  [/\/chat\/completions$/, chatWire('chat', false)],
  [/\/fim\/completions$/, fim],
  [/\/completions$/, completions],
  [/\/(infill|completion)$/, infill],
  [/\/api\/generate$/, ollamaWire('generate')],
  [/\/api\/chat$/, ollamaWire('chat')],
];

/** The protocol that a path belongs to. */
export function wireAt(path: string): Wire | undefined {
  return routes.find(([pattern]) => pattern.test(path))?.[1];
}
