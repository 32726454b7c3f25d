import type { cloudServices } from '../core/settings.ts';
import type { Auth } from './authorization.ts';

/** A service that speaks OpenAI's protocol, with what it makes of it. One row of `services`. */
export interface Service {
  readonly name: string;
  /** Where it is; empty where every account has its own address. */
  readonly base: string;
  readonly auth: Auth;
  /** Where a key is had. */
  readonly keyPage: string;
  readonly model: string;
  /** Tokens of prompt and answer together that `model` takes. */
  readonly window: number;
  /** Tokens that `model` answers at most. */
  readonly longestAnswer: number;
  /** The field that bounds the answer. */
  readonly bound: 'max_completion_tokens' | 'max_tokens';
  /** Sends the usage of a streamed answer when asked by `stream_options`. */
  readonly usage: boolean;
  readonly logprobs: boolean;
  /** Takes stop sequences of nothing but white space. */
  readonly blankStops: boolean;
  /** Takes `store` and `prompt_cache_key`. */
  readonly storing: boolean;
  /** Fields that keep a model which thinks first from doing so for a completion. */
  readonly unthinking: Readonly<Record<string, unknown>>;
  /** The day on which it was shut down; its row says so to whoever still has it set. Undefined for all others. */
  readonly retired: string | undefined;
  /** Fills in the middle at this path from the address's root, with prompt and suffix. */
  readonly fill: string | undefined;
}

const plain = {
  auth: 'bearer',
  window: 128_000,
  longestAnswer: 8192,
  bound: 'max_tokens',
  usage: true,
  logprobs: false,
  blankStops: true,
  storing: false,
  unthinking: {},
  retired: undefined,
  fill: undefined,
} as const;

/**
 * The services with a name of their own; any other is reached by `openai` and an endpoint.
 * Addresses and abilities from the services' own documentation, read 2026-11-26; what a service refuses all the same is
 * left out from the second request on.
 */
export const services = {
  openai: {
    ...plain,
    name: 'OpenAI',
    base: 'https://api.openai.com/v1',
    keyPage: 'https://platform.openai.com/api-keys',
    model: 'gpt-4o-mini',
    longestAnswer: 16_384,
    bound: 'max_completion_tokens',
    logprobs: true,
    storing: true,
    unthinking: { reasoning_effort: 'none' },
  },
  azure: {
    ...plain,
    name: 'Azure OpenAI',
    base: '',
    auth: 'api-key',
    keyPage: 'https://portal.azure.com',
    model: 'gpt-4o-mini',
    longestAnswer: 16_384,
    logprobs: true,
  },
  mistral: {
    ...plain,
    name: 'Mistral',
    base: 'https://api.mistral.ai/v1',
    keyPage: 'https://console.mistral.ai/api-keys',
    model: 'codestral-latest',
    usage: false,
    fill: '/v1/fim/completions',
  },
  codestral: {
    ...plain,
    name: 'Codestral',
    base: 'https://codestral.mistral.ai/v1',
    keyPage: 'https://console.mistral.ai/codestral',
    model: 'codestral-latest',
    usage: false,
    fill: '/v1/fim/completions',
  },
  deepseek: {
    ...plain,
    name: 'DeepSeek',
    base: 'https://api.deepseek.com',
    keyPage: 'https://platform.deepseek.com/api_keys',
    model: 'deepseek-flash',
    window: 1_000_000,
    longestAnswer: 4096,
    fill: '/beta/completions',
  },
  gemini: {
    ...plain,
    name: 'Gemini',
    base: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keyPage: 'https://aistudio.google.com/apikey',
    model: 'gemini-2.5-flash-lite',
    window: 1_000_000,
  },
  anthropic: {
    ...plain,
    name: 'Anthropic',
    base: 'https://api.anthropic.com/v1',
    keyPage: 'https://console.anthropic.com/settings/keys',
    model: 'claude-haiku-4-5',
    blankStops: false,
    window: 200_000,
  },
  openrouter: {
    ...plain,
    name: 'OpenRouter',
    base: 'https://openrouter.ai/api/v1',
    keyPage: 'https://openrouter.ai/settings/keys',
    model: 'openai/gpt-4o-mini',
    longestAnswer: 16_384,
  },
  groq: {
    ...plain,
    name: 'Groq',
    base: 'https://api.groq.com/openai/v1',
    keyPage: 'https://console.groq.com/keys',
    // Of the models that Groq still serves, one that can answer at once.
    model: 'qwen/qwen3.8-27b',
    bound: 'max_completion_tokens',
    unthinking: { reasoning_effort: 'none' },
  },
  github: {
    ...plain,
    name: 'GitHub Models',
    base: 'https://models.github.ai/inference',
    keyPage: 'https://github.com/settings/tokens',
    model: 'openai/gpt-4o-mini',
    longestAnswer: 4096,
    retired: '2026-07-30',
  },
} as const satisfies Readonly<Record<(typeof cloudServices)[number], Service>>;

/** The row of a name from the settings. */
export function serviceNamed(name: string): Service | undefined {
  return Object.entries(services).find(([key]) => key === name)?.[1];
}

/** Any other server that speaks the protocol: nothing is taken for granted but what all of them have. */
export const anyServer: Service = { ...plain, name: '', base: '', keyPage: '', model: '', logprobs: true };
