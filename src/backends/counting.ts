import { BackendError } from '../core/errors.ts';
import type { ServerCount } from '../core/ports.ts';
import type { Prompt } from '../core/prompt.ts';
import type { Endpoint } from './endpoint.ts';
import type { Memory } from './negotiate.ts';
import type { BackendPorts } from './ports.ts';
import { readSaid, within } from './server.ts';
import { type Tokenizer, type TokenizerName, tokenizers } from './tokenizers.ts';
import { Refused, type Transport } from './transport.ts';

/** How long a server has to count, ms: nobody waits for it, but nothing is to pile up either. */
const countMs = 5000;

/** No code of the user's: what a server is asked to count to see whether it does. */
const sample = 'for (const item of items) total += item.price;';

/** Counts by the tokenizer of the server that wrote an answer. */
export interface Counting {
  /** The tokens of a prompt and its answer; undefined if the server has no way to count, or does not answer. */
  count(model: string, prompt: Prompt, answer: string, signal: AbortSignal): Promise<ServerCount | undefined>;
}

/** Finds out once per address and model how a server counts, and remembers it. Asks no other origin than the transport's. */
export function createCounting(
  endpoint: Endpoint,
  transport: Transport,
  { clock, log, memory }: Pick<BackendPorts, 'clock' | 'log' | 'memory'>,
): Counting {
  // Whoever cannot count today may learn it: that is asked again in the next session.
  const unable = new Set<string>();

  const ask = async (path: string, body: object, model: string, signal: AbortSignal): Promise<unknown> => {
    const named = model === '' ? body : { ...body, model };
    return (await readSaid(await transport.post(endpoint.root + path, named, model, signal))).json;
  };
  const textCount = async (
    row: Tokenizer,
    model: string,
    text: string,
    begins: boolean,
    signal: AbortSignal,
  ): Promise<number | undefined> =>
    text === '' ? 0 : tokensIn(await ask(row.path, row.text(text, begins), model, signal), row.tokens);
  const find = async (model: string, signal: AbortSignal): Promise<TokenizerName | undefined> => {
    for (const name of names) {
      const tokens = await orRefused(() => textCount(tokenizers[name], model, sample, false, signal));
      // A server of another kind may have the path, and count a text that it did not find there.
      if (tokens !== undefined && tokens > 2 && tokens <= sample.length) return name;
    }
    return undefined;
  };
  const plainCount = async (
    row: Tokenizer,
    model: string,
    prompt: Prompt,
    signal: AbortSignal,
  ): Promise<number | undefined> => {
    const tokens = await textCount(row, model, textOf(prompt), true, signal);
    return tokens && tokens + frameOf(prompt);
  };
  const promptCount = async (
    row: Tokenizer,
    model: string,
    prompt: Prompt,
    signal: AbortSignal,
  ): Promise<number | undefined> => {
    if (prompt.kind !== 'chat' || row.chat === undefined) return plainCount(row, model, prompt, signal);
    const { path, ask: bodyFor, holds, member } = row.chat;
    const messages = prompt.messages.map(({ role, content }) => ({ role, content }));
    const said = await orRefused(() => ask(path, bodyFor(messages), model, signal));
    if (holds === 'tokens') return tokensIn(said, member) ?? plainCount(row, model, prompt, signal);
    const written = memberOf(said, member);
    if (typeof written === 'string') return textCount(row, model, written, true, signal);
    return plainCount(row, model, prompt, signal);
  };

  return {
    count: (model, prompt, answer, signal) =>
      within(clock, countMs, signal, async (inner) => {
        if (unable.has(model)) return undefined;
        const known = remembered(memory, endpoint, model);
        const name = known ?? (await find(model, inner));
        if (name === undefined) {
          unable.add(model);
          return undefined;
        }
        if (known === undefined) {
          log.info(`${endpoint.root}: Its answers come without usage; ${tokenizers[name].path} counts them.`);
          memory.set(memoryName(endpoint, model), name);
        }
        const row: Tokenizer = tokenizers[name];
        // The prompt last: it is what "Show What Was Sent" is asked for.
        const completionTokens = await orRefused(() => textCount(row, model, answer, false, inner));
        const promptTokens = await orRefused(() => promptCount(row, model, prompt, inner));
        // Another server may have taken the place of the one that could.
        if (promptTokens === undefined) memory.set(memoryName(endpoint, model), undefined);
        return promptTokens === undefined ? undefined : { promptTokens, completionTokens };
      }),
  };
}

const names = Object.keys(tokenizers) as readonly TokenizerName[];

function memoryName(endpoint: Endpoint, model: string): string {
  return `tokenizer ${endpoint.root} ${model}`;
}

function remembered(memory: Memory, endpoint: Endpoint, model: string): TokenizerName | undefined {
  const value = memory.get(memoryName(endpoint, model));
  return names.find((name) => name === value);
}

/** What the server answered; undefined if it refused. Rejects if nobody answers: that says nothing of what it can do. */
async function orRefused<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    const lost = error instanceof BackendError && ['unreachable', 'timed-out'].includes(error.kind);
    if (error instanceof Refused || (error instanceof BackendError && !lost)) return undefined;
    throw error;
  }
}

/** The number that a member is, or of the tokens that it lists. */
function tokensIn(said: unknown, member: string | undefined): number | undefined {
  const value = member === undefined ? said : memberOf(said, member);
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

function memberOf(said: unknown, member: string): unknown {
  return (said as Record<string, unknown> | null | undefined)?.[member];
}

/** What a template usually puts around a message, and before the answer: the two ends, the role and its line. */
const messageTokens = 4;
const answerTokens = 3;

/** The marks of prefix, suffix and middle. */
const fillTokens = 3;

function frameOf(prompt: Prompt): number {
  if (prompt.kind === 'fill') return fillTokens;
  return prompt.kind === 'chat' ? prompt.messages.length * messageTokens + answerTokens : 0;
}

/** A prompt as one text, where a server counts nothing else. */
function textOf(prompt: Prompt): string {
  if (prompt.kind === 'text') return prompt.text;
  if (prompt.kind === 'chat') return prompt.messages.map(({ content }) => content).join('\n');
  const snippets = prompt.snippets.map(({ path, text }) => `${path}\n${text}`);
  return [...snippets, prompt.prefix, prompt.suffix].join('\n');
}
