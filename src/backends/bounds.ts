import type { BackendRequest, Clock } from '../core/ports.ts';

/** Answers longer than this are explanations. Tokens. */
export const longestCompletion = 1024;

/** How long a server may keep silent, ms. */
export interface Bounds {
  /** Until it answers the request at all or, from half of the time on, a knock at its door. */
  readonly connect: number;
  /** From the request to the first text. */
  readonly firstToken: number;
  /** Between two pieces of the answer. */
  readonly between: number;
}

/** A service on the internet: its first token comes within a second or two; later than this, the text has long moved on. */
export const cloudBounds: Bounds = { connect: 3000, firstToken: 7000, between: 6000 };

/** A server of one's own may load a model into memory before its first token. */
export const localBounds: Bounds = { connect: 2000, firstToken: 60_000, between: 20_000 };

/** Where somebody else can answer, nobody waits longer than this for a completion's first token, ms. */
const patience = 5000;

/** Whoever asks for an explanation has time: the prompt is long, and some models think first. ms. */
const explanationPatience = 60_000;

/** The bounds for one request. */
export function boundsFor(usual: Bounds, { prompt, settings }: BackendRequest): Bounds {
  if (prompt.maxTokens > longestCompletion) return { ...usual, firstToken: explanationPatience };
  const alone = settings.fallback.every((kind) => kind === settings.backend);
  return alone ? usual : { ...usual, firstToken: Math.min(usual.firstToken, patience) };
}

/** One timer that is moved, not one for each piece of the answer. */
export interface Watch {
  /** From now on `late` is called with `what` if `ms` pass without another call. */
  expect(what: keyof Bounds, ms: number): void;
  stop(): void;
}

/** Watches over the pauses of one request. */
export function watchOver(clock: Clock, late: (what: keyof Bounds) => void): Watch {
  let what: keyof Bounds = 'connect';
  let deadline = 0;
  let wakes = Number.POSITIVE_INFINITY;
  let sleep = new AbortController();
  const run = async (signal: AbortSignal): Promise<void> => {
    try {
      while (!signal.aborted) {
        const left = deadline - clock.now();
        if (left <= 0) {
          wakes = Number.POSITIVE_INFINITY;
          return late(what);
        }
        wakes = deadline;
        await clock.sleep(left, signal);
      }
    } catch {
      // Stopped while asleep: nothing was late.
    }
  };
  return {
    expect(next, ms) {
      what = next;
      deadline = clock.now() + ms;
      // A sleeper that wakes before the new deadline will look again by itself.
      if (wakes <= deadline) return;
      sleep.abort();
      sleep = new AbortController();
      void run(sleep.signal);
    },
    stop: () => sleep.abort(),
  };
}
