import type { ChatMessage } from '../core/prompt.ts';

/** How a kind of server counts the tokens of a text, and of a conversation in its model's own template. */
export interface Tokenizer {
  /** From the server's root. */
  readonly path: string;
  /** `begins`: with what the model wants to read before a prompt. */
  readonly text: (text: string, begins: boolean) => object;
  /** The member of the answer that holds the tokens or their number; undefined where the answer itself is the list. */
  readonly tokens: string | undefined;
  readonly chat: Conversation | undefined;
}

/** A request with a conversation, whose answer holds either its tokens or its text in the template, which is then counted as a text. */
interface Conversation {
  readonly path: string;
  readonly ask: (messages: readonly Turn[]) => object;
  readonly holds: 'tokens' | 'text';
  readonly member: string;
}

type Turn = Pick<ChatMessage, 'role' | 'content'>;

/**
 * The servers that tell how they count, from their own documentation and sources (read 2026-11-26). The model's name goes with every
 * request. A server of another make that answers like one of them is one of them.
 */
export const tokenizers = {
  'llama.cpp': {
    path: '/tokenize',
    text: (content, begins) => ({ content, add_special: begins, parse_special: true }),
    tokens: 'tokens',
    chat: { path: '/apply-template', ask: (messages) => ({ messages }), holds: 'text', member: 'prompt' },
  },
  // SGLang answers like it.
  vllm: {
    path: '/tokenize',
    text: (prompt, begins) => ({ prompt, add_special_tokens: begins }),
    tokens: 'count',
    chat: {
      path: '/tokenize',
      ask: (messages) => ({ messages, add_generation_prompt: true }),
      holds: 'tokens',
      member: 'count',
    },
  },
  'text-generation-inference': {
    path: '/tokenize',
    text: (inputs, begins) => ({ inputs, add_special_tokens: begins }),
    tokens: undefined,
    chat: {
      path: '/chat_tokenize',
      ask: (messages) => ({ messages }),
      holds: 'tokens',
      member: 'tokenize_response',
    },
  },
  tabbyapi: {
    path: '/v1/token/encode',
    text: (text, begins) => ({ text, add_bos_token: begins }),
    tokens: 'length',
    chat: {
      path: '/v1/token/encode',
      ask: (messages) => ({ text: messages }),
      holds: 'tokens',
      member: 'length',
    },
  },
  'text-generation-webui': {
    path: '/v1/internal/token-count',
    text: (text) => ({ text }),
    tokens: 'length',
    chat: {
      path: '/v1/internal/chat-prompt',
      ask: (messages) => ({ messages }),
      holds: 'text',
      member: 'prompt',
    },
  },
  koboldcpp: {
    path: '/api/extra/tokencount',
    text: (prompt, begins) => ({ prompt, special: begins }),
    tokens: 'value',
    chat: undefined,
  },
  localai: { path: '/v1/tokenize', text: (content) => ({ content }), tokens: 'tokens', chat: undefined },
  litellm: {
    path: '/utils/token_counter',
    text: (prompt) => ({ prompt }),
    tokens: 'total_tokens',
    chat: {
      path: '/utils/token_counter',
      ask: (messages) => ({ messages }),
      holds: 'tokens',
      member: 'total_tokens',
    },
  },
} as const satisfies Readonly<Record<string, Tokenizer>>;

/** The name of a row. */
export type TokenizerName = keyof typeof tokenizers;
