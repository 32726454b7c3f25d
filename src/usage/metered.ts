import { isAbort } from '../core/errors.ts';
import type { Backend, BackendRequest, Chunk, TokenUsage } from '../core/ports.ts';
import type { Meter } from './meter.ts';
import { countPrompt, countTokens } from './tokens.ts';

/** The same backend, whose requests are counted: by the server's own usage, else by tokens counted here. */
export function metered(backend: Backend, meter: Meter): Backend {
  const { ready } = backend;
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
        if (end !== 'refused') void record(backend, meter, request, seen, end === 'aborted');
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
  request: BackendRequest,
  seen: Seen,
  wasted: boolean,
): Promise<void> {
  const { site, settings } = request;
  const usage = seen.usage ?? (await counted(request, seen));
  meter.record({
    backend: backend.kind,
    model: backend.modelFor?.(request) ?? '',
    language: site.snapshot.languageId,
    usage,
    counted: seen.usage === undefined,
    wasted,
    metered: backend.metered,
    prices: settings.prices,
  });
}

async function counted({ prompt }: BackendRequest, seen: Seen): Promise<TokenUsage> {
  const completionTokens = seen.whole && seen.text !== '' ? seen.tokens : await countTokens(seen.text);
  return { promptTokens: await countPrompt(prompt), cachedTokens: 0, completionTokens };
}
