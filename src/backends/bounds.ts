import type { Clock } from '../core/ports.ts';

/** How long a server may keep silent, ms. */
export interface Bounds {
  /** Until it answers the request at all or, if it does not, until it answers a knock at its door. */
  readonly connect: number;
  /** Until the first text. */
  readonly firstToken: number;
  /** Between two pieces of the answer. */
  readonly between: number;
}

/**
 * A service on the internet: its first token comes within a second or two; later than this, the text has long moved on.
 */
export const cloudBounds: Bounds = { connect: 4000, firstToken: 8000, between: 6000 };

/** A server of one's own may load a model into memory before its first token. */
export const localBounds: Bounds = { connect: 2000, firstToken: 60_000, between: 20_000 };

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
