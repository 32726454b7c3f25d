import { isAbort } from '../core/errors.ts';
import type { Backend, BackendRequest, Chunk, TokenUsage } from '../core/ports.ts';
import type { Prompt } from '../core/prompt.ts';
import type { Meter } from './meter.ts';
import { countPrompt, countTokens } from './tokens.ts';

/** The same backend, whose requests are counted: by the server's own usage, else by tokens counted here. */
export function metered(backend: Backend, meter: Meter): Backend {
  const { ready } = backend;
  const samples = new Map<string, Sample>();
  return {
    get id() {
      return backend.id;
    },
    kind: backend.kind,
    get dialect() {
      return backend.dialect;
    },
    lanes: backend.lanes,
    metered: backend.metered,
    modelFor: (request) => backend.modelFor?.(request) ?? '',
    ...(ready === undefined ? {} : { ready: (signal: AbortSignal) => ready.call(backend, signal) }),
    async *stream(request: BackendRequest, signal: AbortSignal): AsyncGenerator<Chunk> {
      const seen: Seen = { usage: undefined, text: '', tokens: 0, whole: true, chunks: 0 };
      let end: 'finished' | 'hung-up' | 'aborted' | 'refused' = 'hung-up';
      try {
        for await (const chunk of backend.stream(request, signal)) {
          see(seen, chunk);
          yield chunk;
        }
        end = 'finished';
      } catch (error) {
        // What fails before its first word was most likely never worked on, and no service bills it.
        end = isAbort(error) || seen.chunks > 0 ? 'aborted' : 'refused';
        throw error;
      } finally {
        if (end !== 'refused') void record(backend, meter, samples, request, seen, end === 'aborted');
      }
    },
  };
}

interface Seen {
  usage: TokenUsage | undefined;
  text: string;
  /** Tokens that the server listed one by one. */
  tokens: number;
  /** Whether all of the text came with its tokens. */
  whole: boolean;
  chunks: number;
}

function see(seen: Seen, chunk: Chunk): void {
  seen.usage = chunk.usage ?? seen.usage;
  seen.text += chunk.text;
  seen.chunks += 1;
  if (chunk.text === '') return;
  if (chunk.tokens === undefined) seen.whole = false;
  else seen.tokens += chunk.tokens.length;
}

async function record(
  backend: Backend,
  meter: Meter,
  samples: Map<string, Sample>,
  request: BackendRequest,
  seen: Seen,
  wasted: boolean,
): Promise<void> {
  const { site, settings } = request;
  const model = backend.modelFor?.(request) ?? '';
  if (seen.usage !== undefined)
    samples.set(model, { prompt: request.prompt, tokens: seen.usage.promptTokens });
  const usage = seen.usage ?? (await counted(request, seen, samples.get(model)));
  meter.record({
    backend: backend.kind,
    model,
    language: site.snapshot.languageId,
    usage,
    counted: seen.usage === undefined,
    wasted,
    metered: backend.metered,
    prices: settings.prices,
  });
}

/** A prompt of a model whose tokens its server has counted: it tells how far our count is from the model's own. */
interface Sample {
  readonly prompt: Prompt;
  readonly tokens: number;
}

/** Tokenizers differ by less than this from one model family to another; more is a server that counts something else. */
const mostDifference = 2;

async function counted(
  { prompt }: BackendRequest,
  seen: Seen,
  sample: Sample | undefined,
): Promise<TokenUsage> {
  const ratio = sample === undefined ? 1 : sample.tokens / (await countPrompt(sample.prompt));
  const scale = ratio > 1 / mostDifference && ratio < mostDifference ? ratio : 1;
  const listed = seen.whole && seen.text !== '';
  return {
    promptTokens: Math.round((await countPrompt(prompt)) * scale),
    cachedTokens: 0,
    completionTokens: listed ? seen.tokens : Math.round((await countTokens(seen.text)) * scale),
  };
}
