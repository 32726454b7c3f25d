import type { TokenLogprob } from '../core/answer.ts';
import { BackendError } from '../core/errors.ts';
import type { TokenUsage } from '../core/ports.ts';
import { streamErrorKind } from './classify.ts';
import { errorBodyOf } from './errorBody.ts';

/** What one frame of any of the protocols says. */
export interface Reading {
  readonly text: string;
  readonly tokens: readonly TokenLogprob[];
  /** The model is writing, even if what it writes is no answer yet (reasoning). */
  readonly alive: boolean;
  readonly usage: TokenUsage | undefined;
  /** The server says that this is the end, or why. */
  readonly ended: boolean;
  /** Tokens a second of the answer, where the server measures them. */
  readonly speed: number | undefined;
}

/**
 * Reads a frame by what it holds and not by who sent it: `choices[0].delta.content`, `.text` or `.message.content` (OpenAI,
 * Azure, vLLM, Mistral, …), `content` (llama.cpp), `response` or `message.content` (Ollama). A frame without text is
 * a reading without text. Throws BackendError for an error object inside of the stream.
 */
export function readingOf(frame: unknown): Reading {
  const object = record(frame);
  // Older vLLM and FastChat have no member for it, and call the whole frame an error.
  const failed = (object.error !== undefined && object.error !== null) || object.object === 'error';
  if (failed) throw streamError(object);
  const choice = record(list(object.choices)[0]);
  const delta = record(choice.delta);
  const message = record(choice.message ?? object.message);
  // Beside a piece, some services repeat the whole message so far.
  const text =
    choice.delta === undefined || choice.delta === null
      ? words(choice.text) || words(message.content) || words(object.content) || words(object.response)
      : words(delta.content) || words(delta.text);
  return {
    text,
    tokens: tokensOf(object, choice),
    alive: text !== '' || thinks(delta) || thinks(message) || thinks(object),
    usage: usageOf(object),
    // KoboldCpp once wrote "null" as a word.
    ended:
      !['', 'null'].includes(words(choice.finish_reason)) || object.done === true || object.stop === true,
    speed: speedOf(object),
  };
}

function thinks(object: Members): boolean {
  return [object.reasoning_content, object.reasoning, object.thinking].some((part) => words(part) !== '');
}

function streamError(object: Members): BackendError {
  const body = errorBodyOf(JSON.stringify(object));
  return new BackendError(streamErrorKind(body), `The server broke off: ${body.message}`);
}

function tokensOf(object: Members, choice: Members): readonly TokenLogprob[] {
  const logprobs = record(choice.logprobs);
  // Chat: a list of tokens. Older completions: two lists side by side. llama.cpp's own: a list under another name.
  const entries = Array.isArray(logprobs.content)
    ? logprobs.content
    : Array.isArray(logprobs.tokens)
      ? logprobs.tokens.map((token, at) => ({ token, logprob: list(logprobs.token_logprobs)[at] }))
      : list(object.completion_probabilities ?? object.logprobs);
  if (entries.length === 0) return none;
  const tokens: TokenLogprob[] = [];
  let end = 0;
  for (const entry of entries) {
    const { token, logprob } = record(entry);
    if (typeof token !== 'string' || typeof logprob !== 'number') return none;
    end += token.length;
    tokens.push({ end, logprob });
  }
  return tokens;
}

const none: readonly TokenLogprob[] = [];

function usageOf(object: Members): TokenUsage | undefined {
  const usage = record(object.usage ?? record(object.x_groq).usage);
  const timings = record(object.timings);
  const prompt =
    count(usage.prompt_tokens ?? object.prompt_eval_count ?? object.tokens_evaluated) ??
    sum(timings.prompt_n, timings.cache_n);
  const completion =
    count(usage.completion_tokens ?? object.eval_count ?? object.tokens_predicted) ??
    count(timings.predicted_n);
  // Where every frame has the running counts, each replaces the one before: of an answer that is given up, the last one seen holds.
  if (prompt === undefined || completion === undefined) return undefined;
  // Some gateways send the members and do not count.
  if (prompt + completion === 0) return undefined;
  const details = record(usage.prompt_tokens_details);
  const cached = count(details.cached_tokens ?? usage.prompt_cache_hit_tokens ?? timings.cache_n) ?? 0;
  return { promptTokens: prompt, cachedTokens: Math.min(cached, prompt), completionTokens: completion };
}

function speedOf(object: Members): number | undefined {
  const said = record(object.timings).predicted_per_second;
  if (typeof said === 'number' && said > 0) return said;
  const tokens = count(object.eval_count);
  const nanoseconds = count(object.eval_duration);
  return tokens !== undefined && nanoseconds !== undefined && nanoseconds > 0
    ? (tokens * 1e9) / nanoseconds
    : undefined;
}

function sum(one: unknown, other: unknown): number | undefined {
  const first = count(one);
  return first === undefined ? undefined : first + (count(other) ?? 0);
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : undefined;
}

function words(value: unknown): string {
  if (typeof value === 'string') return value;
  // A list of parts, as some services send content: only its texts are an answer.
  return list(value)
    .map((part) => record(part).text)
    .filter((text) => typeof text === 'string')
    .join('');
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The members that are looked at, in any of the protocols. */
type Members = Partial<
  Record<
    | 'error'
    | 'object'
    | 'choices'
    | 'delta'
    | 'message'
    | 'content'
    | 'text'
    | 'response'
    | 'finish_reason'
    | 'done'
    | 'stop'
    | 'logprobs'
    | 'tokens'
    | 'token_logprobs'
    | 'completion_probabilities'
    | 'token'
    | 'logprob'
    | 'usage'
    | 'x_groq'
    | 'timings'
    | 'prompt_tokens'
    | 'completion_tokens'
    | 'prompt_tokens_details'
    | 'cached_tokens'
    | 'prompt_cache_hit_tokens'
    | 'prompt_eval_count'
    | 'eval_count'
    | 'eval_duration'
    | 'tokens_evaluated'
    | 'tokens_predicted'
    | 'cache_n'
    | 'prompt_n'
    | 'predicted_n'
    | 'reasoning_content'
    | 'reasoning'
    | 'thinking'
    | 'predicted_per_second',
    unknown
  >
>;

function record(value: unknown): Members {
  return typeof value === 'object' && value !== null ? value : {};
}
