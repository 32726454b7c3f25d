import { field, list, string } from './modelServerJson.ts';
import type { Script } from './modelServerScript.ts';

/** How one make of server answers when it is asked to count; undefined for bodies that it refuses. */
type Answers = Readonly<Record<string, (body: unknown, count: Script['count']) => unknown>>;

const text = (body: unknown, name: string): string | undefined =>
  field(body, name) === undefined ? undefined : string(field(body, name));

const tokens = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** The shapes of these servers' own documentation. Their models want no token before a prompt. */
const makes: Readonly<Record<NonNullable<Script['tokenizer']>, Answers>> = {
  'llama.cpp': {
    '/tokenize': (body, count) => ({ tokens: tokens(count(text(body, 'content') ?? '')) }),
    '/apply-template': (body) => ({ prompt: conversationOf(body) }),
  },
  vllm: {
    '/tokenize': (body, count) => {
      const asked = text(body, 'prompt') ?? (field(body, 'messages') && conversationOf(body));
      if (typeof asked !== 'string') return undefined;
      return { count: count(asked), max_model_len: 4096, tokens: tokens(count(asked)) };
    },
  },
  tgi: {
    '/tokenize': (body, count) => {
      const asked = text(body, 'inputs');
      if (asked === undefined) return undefined;
      return tokens(count(asked)).map((id) => ({ id, text: 'a', start: 0, stop: 1 }));
    },
    '/chat_tokenize': (body, count) => ({
      tokenize_response: tokens(count(conversationOf(body))).map((id) => ({ id, text: 'a' })),
      templated_text: conversationOf(body),
    }),
  },
  tabbyapi: {
    '/v1/token/encode': (body, count) => {
      const given = field(body, 'text');
      const asked = Array.isArray(given) ? conversationOf({ messages: given }) : string(given);
      return { tokens: tokens(count(asked)), length: count(asked) };
    },
  },
  webui: {
    '/v1/internal/token-count': (body, count) => ({ length: count(string(field(body, 'text'))) }),
    '/v1/internal/chat-prompt': (body) => ({ prompt: conversationOf(body) }),
  },
  koboldcpp: {
    '/api/extra/tokencount': (body, count) => ({ value: count(string(field(body, 'prompt'))), ids: [] }),
  },
  localai: {
    '/v1/tokenize': (body, count) => ({ tokens: tokens(count(string(field(body, 'content')))) }),
  },
  litellm: {
    '/utils/token_counter': (body, count) => ({
      total_tokens: count(text(body, 'prompt') ?? conversationOf(body)),
      request_model: string(field(body, 'model')),
      tokenizer_type: 'huggingface_tokenizer',
    }),
  },
};

/** The status and the value that the script's server answers to a request to count; undefined for any other path. */
export function tokensReply(
  script: Script,
  method: string,
  path: string,
  body: unknown,
): { readonly status: number; readonly value: unknown } | undefined {
  const answer = script.tokenizer === null ? undefined : makes[script.tokenizer][path];
  if (answer === undefined || method !== 'POST') return undefined;
  const value = answer(body, script.count);
  const refusal = { error: { message: 'Field required', type: 'Bad Request', code: 400 } };
  return value === undefined ? { status: 400, value: refusal } : { status: 200, value };
}

/** A conversation as its model reads it. */
export function conversationOf(body: unknown): string {
  const turns = list(field(body, 'messages')).map(
    (turn) => `${string(field(turn, 'role'))}\n${string(field(turn, 'content'))}\n\n`,
  );
  return `${turns.join('')}assistant\n`;
}
