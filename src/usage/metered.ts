import { isAbort } from '../core/errors.ts';
import type { Backend, BackendRequest, Chunk, TokenUsage } from '../core/ports.ts';
import type { Meter } from './meter.ts';
import { createScales, type Scales } from './scale.ts';
import { countPrompt, countTokens } from './tokens.ts';

/** The same backend, whose requests are counted: by the server's own usage, else by its tokenizer where it has one, else here. */
export function metered(backend: Backend, meter: Meter): Backend {
  const { ready } = backend;
  const scales = createScales();
  /** The server's last whole answer came without usage. One that is hung up has none, whatever the server. */
  let isMute = false;
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
      const seen: Seen = { usage: undefined, text: '', tokens: 0, whole: true, chunks: 0, isMute };
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
        if (seen.usage !== undefined || end === 'finished') isMute = seen.usage === undefined;
        seen.isMute = isMute;
        if (end !== 'refused') void record(backend, meter, scales, request, seen, end === 'aborted');
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
  /** The server sends no usage, and may be asked to count. */
  isMute: boolean;
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
  scales: Scales,
  request: BackendRequest,
  seen: Seen,
  wasted: boolean,
): Promise<void> {
  const { site, settings } = request;
  const { languageId } = site.snapshot;
  const model = backend.modelFor?.(request) ?? '';
  const kind = { model, language: languageId };
  if (seen.usage !== undefined) scales.learn(kind, request.prompt, seen.usage.promptTokens);
  const { usage, countedTokens } =
    seen.usage === undefined
      ? await counted(backend, scales, kind, request, seen)
      : { usage: seen.usage, countedTokens: 0 };
  meter.record({
    backend: backend.kind,
    model,
    language: languageId,
    usage,
    countedTokens,
    wasted,
    metered: backend.metered,
    prices: settings.prices,
  });
}

/** What the server tells when it is asked, and estimates of the rest. */
async function counted(
  backend: Backend,
  scales: Scales,
  kind: Parameters<Scales['of']>[0],
  request: BackendRequest,
  seen: Seen,
): Promise<{ readonly usage: TokenUsage; readonly countedTokens: number }> {
  const { prompt } = request;
  const told = seen.isMute
    ? await backend.count?.(request, seen.text, new AbortController().signal)
    : undefined;
  if (told !== undefined) scales.learn(kind, prompt, told.promptTokens);
  const listed = seen.whole && seen.text !== '' ? seen.tokens : undefined;
  const written = listed ?? told?.completionTokens;
  const scale = told !== undefined && written !== undefined ? 1 : await scales.of(kind);
  const estimate = async (ours: Promise<number>): Promise<number> => Math.round((await ours) * scale);
  const promptTokens = told?.promptTokens ?? (await estimate(countPrompt(prompt)));
  const completionTokens = written ?? (await estimate(countTokens(seen.text)));
  return {
    usage: { promptTokens, cachedTokens: 0, completionTokens },
    countedTokens: (told === undefined ? promptTokens : 0) + (written === undefined ? completionTokens : 0),
  };
}
