import type { Prompt, Snippet } from '../core/prompt.ts';
import { longestCompletion } from './bounds.ts';
import { chatMessages, ollamaMessages } from './messages.ts';
import type { Ask } from './negotiate.ts';
import type { ServerKind } from './server.ts';
import type { Service } from './services.ts';

type ChatPrompt = Extract<Prompt, { kind: 'chat' }>;
type FillPrompt = Extract<Prompt, { kind: 'fill' }>;
type TextPrompt = Extract<Prompt, { kind: 'text' }>;

/** Code is wanted as it would most likely go on: the same answer for the same question. */
const likeliest = 0;

/** Models from before there was such a field, which refuse it. */
const neverThinks = /(?:^|\/)gpt-[34]/;

/**
 * MLX's server hangs up at the number that older completions have there, others fail where they write the probabilities into their
 * answer. The services with a page for keys are known to take it.
 */
function fragileAt({ keyPage }: Service): readonly string[] {
  return keyPage === '' ? ['logprobs'] : [];
}

const tokenBounds = { max_completion_tokens: 'max_tokens', max_tokens: 'max_completion_tokens' };

/** A chat request; `cacheKey` keeps requests of one workspace on the service's machine that has their prompt cached. */
export function chatAsk(service: Service, model: string, prompt: ChatPrompt, cacheKey: string): Ask {
  return {
    path: '/chat/completions',
    model,
    required: { ...named(model), messages: chatMessages(prompt.messages), stream: true },
    optional: {
      [service.bound]: Math.min(prompt.maxTokens, service.longestAnswer),
      temperature: prompt.temperature ?? likeliest,
      ...stops(service.blankStops ? prompt.stop : prompt.stop.filter((stop) => stop.trim() !== '')),
      ...(service.usage ? { stream_options: { include_usage: true } } : {}),
      // Nobody reads the log-probabilities of an explanation.
      ...(service.logprobs && prompt.maxTokens <= longestCompletion ? { logprobs: true } : {}),
      ...(prompt.maxTokens <= longestCompletion && !neverThinks.test(model) ? service.unthinking : {}),
      ...(service.storing
        ? { store: false, ...(cacheKey === '' ? {} : { prompt_cache_key: cacheKey }) }
        : {}),
    },
    renamed: tokenBounds,
    fragile: fragileAt(service),
  };
}

/**
 * What one kind of server understands beyond OpenAI's protocol. The running count of tokens is what the meter has of an answer that
 * is given up; and a model that thinks aloud before it completes a line has used up the answer's bound by then.
 */
export function ownFields(server: ServerKind, prompt: Prompt): Readonly<Record<string, unknown>> {
  const brief = prompt.kind === 'chat' && prompt.maxTokens <= longestCompletion;
  switch (server) {
    case 'llama.cpp':
      return { timings_per_token: true, ...(brief ? withoutThinking : {}) };
    case 'vllm':
      return {
        stream_options: { include_usage: true, continuous_usage_stats: true },
        ...(brief ? withoutThinking : {}),
      };
    case 'ollama':
      return brief ? { reasoning_effort: 'none' } : {};
    case 'lm-studio':
    case 'openai-compatible':
      return {};
  }
}

/** Read by the templates of the models that can do both. */
const withoutThinking = { chat_template_kwargs: { enable_thinking: false } };

/** An older completions request, with the text as it stands. */
export function textAsk(service: Service, model: string, prompt: TextPrompt): Ask {
  return {
    path: '/completions',
    model,
    required: { ...named(model), prompt: prompt.text, max_tokens: prompt.maxTokens, stream: true },
    optional: {
      temperature: prompt.temperature ?? likeliest,
      ...stops(prompt.stop),
      ...(service.usage ? { stream_options: { include_usage: true } } : {}),
      ...(service.logprobs ? { logprobs: 1 } : {}),
    },
    renamed: {},
    fragile: fragileAt(service),
  };
}

/** A fill-in-the-middle request with prompt and suffix (Mistral, DeepSeek). */
export function fillAsk(service: Service, model: string, prompt: FillPrompt, path: string): Ask {
  return {
    path: service.fill ?? '/completions',
    model,
    required: {
      ...named(model),
      prompt: withSnippets(prompt, path),
      suffix: prompt.suffix,
      max_tokens: prompt.maxTokens,
      stream: true,
    },
    optional: {
      temperature: prompt.temperature ?? likeliest,
      ...stops(prompt.stop),
      ...(service.usage ? { stream_options: { include_usage: true } } : {}),
    },
    renamed: {},
  };
}

/**
 * A request to llama.cpp's `/infill`. The server joins `input_prefix` and `prompt`; the caret's own line goes into `prompt`, which
 * it never cuts away.
 */
export function infillAsk(model: string, prompt: FillPrompt): Ask {
  const line = prompt.prefix.lastIndexOf('\n') + 1;
  return {
    path: '/infill',
    model,
    required: {
      input_prefix: prompt.prefix.slice(0, line),
      prompt: prompt.prefix.slice(line),
      input_suffix: prompt.suffix,
      n_predict: prompt.maxTokens,
      stream: true,
    },
    optional: {
      ...named(model),
      input_extra: prompt.snippets.map(({ path, text }) => ({ filename: path, text })),
      temperature: prompt.temperature ?? likeliest,
      cache_prompt: true,
      n_probs: 1,
      timings_per_token: true,
      ...stops(prompt.stop),
    },
    renamed: {},
  };
}

/** A request to Ollama's own endpoints: `/api/chat` for chat, `/api/generate` for everything else. */
export function ollamaAsk(model: string, prompt: Prompt, path: string): Ask {
  const asked =
    prompt.kind === 'chat'
      ? { messages: ollamaMessages(prompt.messages) }
      : prompt.kind === 'fill'
        ? { prompt: withSnippets(prompt, path), suffix: prompt.suffix }
        : { prompt: prompt.text, raw: true };
  return {
    path: prompt.kind === 'chat' ? '/api/chat' : '/api/generate',
    model,
    required: {
      model,
      ...asked,
      stream: true,
      options: {
        temperature: prompt.temperature ?? likeliest,
        num_predict: prompt.maxTokens,
        ...stops(prompt.stop),
      },
    },
    // Loading a model takes seconds: it stays for as long as somebody is likely to go on typing.
    optional: {
      keep_alive: '30m',
      ...(prompt.kind === 'chat' && prompt.maxTokens <= longestCompletion ? { think: false } : {}),
    },
    renamed: {},
  };
}

function named(model: string): { model?: string } {
  // A server with one model needs no name, and an empty one would be looked up.
  return model === '' ? {} : { model };
}

function stops(stop: readonly string[]): { stop?: readonly string[] } {
  return stop.length === 0 ? {} : { stop };
}

/** Other files before the current one, each headed by its path, in the form that Codestral was trained on. */
function withSnippets({ snippets, prefix }: FillPrompt, path: string): string {
  if (snippets.length === 0) return prefix;
  const files: readonly Pick<Snippet, 'path' | 'text'>[] = [...snippets, { path, text: prefix }];
  return files.map((file) => `+++++ ${file.path}\n${file.text}`).join('\n\n');
}
