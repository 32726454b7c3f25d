import type { Clock } from '../core/ports.ts';
import type { Ask } from './negotiate.ts';
import { readingOf } from './reading.ts';
import { readSaid, within } from './server.ts';

/**
 * Asks a server for the usage that its stream left out, by the same question without a stream: most servers count at least then, and have
 * the prompt in their cache. It gives way to every other question.
 */
export interface Recount {
  /** Wraps a question of the user's: none is recounted while one is open. */
  during<Piece>(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece>;
  /** Settles when no question of the user's is open. */
  idle(): Promise<void>;
  /**
   * Tokens of a prompt by the server's own count. Undefined if there was no time, the server does not say, or enough prompts of its
   * `kind` were counted: how far our own count is from the server's is known by then.
   */
  promptTokens(
    kind: string,
    ask: Ask,
    send: (ask: Ask, signal: AbortSignal) => Promise<Response | undefined>,
    signal: AbortSignal,
  ): Promise<number | undefined>;
}

/** How long nobody may have asked anything, ms: whoever types on asks again before that. */
export const quietMs = 2000;

/** How long the server has to read the prompt again, ms. */
const answerMs = 10_000;

/** Prompts of one kind that are counted in a session: their texts are alike, and so is what tokenizers make of them. */
const mostCounted = 8;

/** Refusals and silences after which a server is not asked again in this session. */
const mostFailures = 2;

/** One per backend. */
export function createRecount(clock: Clock): Recount {
  const counted = new Map<string, number>();
  let failures = 0;
  let open = 0;
  const waiting: (() => void)[] = [];
  let quiet = new AbortController();
  return {
    async *during(pieces) {
      open += 1;
      quiet.abort();
      try {
        yield* pieces;
      } finally {
        open -= 1;
        if (open === 0) for (const go of waiting.splice(0)) go();
      }
    },
    async idle() {
      while (open > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    async promptTokens(kind, ask, send, signal) {
      const before = counted.get(kind) ?? 0;
      if (open > 0 || before >= mostCounted || failures >= mostFailures) return undefined;
      quiet.abort();
      quiet = new AbortController();
      const { signal: moved } = quiet;
      const either = AbortSignal.any([signal, moved]);
      try {
        await clock.sleep(quietMs, either);
        const tokens = await within(clock, answerMs, either, async (inner) => {
          const response = await send(briefly(ask), inner);
          return response && readingOf((await readSaid(response)).json).usage?.promptTokens;
        });
        if (tokens === undefined) failures += 1;
        else counted.set(kind, before + 1);
        return tokens;
      } catch (error) {
        // Somebody has asked something: the next answer is another chance.
        if (moved.aborted) return undefined;
        throw error;
      }
    },
  };
}

/** What bounds an answer, and what only a stream has. */
const bounds: readonly string[] = ['max_tokens', 'max_completion_tokens', 'n_predict', 'num_predict'];
const streamed: readonly string[] = ['stream_options', 'timings_per_token'];

/** The same question for one token at once. */
function briefly(ask: Ask): Ask {
  return {
    ...ask,
    required: { ...shortened(ask.required), stream: false },
    optional: shortened(ask.optional),
  };
}

function shortened(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(fields).filter(([name]) => !streamed.includes(name));
  return Object.fromEntries(
    kept.map(([name, value]) => {
      if (bounds.includes(name)) return [name, 1];
      return [name, name === 'options' ? shortened(value as Record<string, unknown>) : value];
    }),
  );
}
