import type { BackendError, BackendErrorKind } from '../core/errors.ts';

/** How a backend has been doing lately. */
export interface Health {
  /** Failures in a row. */
  readonly failures: number;
  /** Not to be asked before this time of the clock, ms. */
  readonly until: number;
  /** The last failure; undefined while all is well. */
  readonly error: BackendError | undefined;
  /** The kinds of failure since all was well: what the user has been told of in this episode. */
  readonly kinds: readonly BackendErrorKind[];
}

/** Nothing has gone wrong, or nothing since the last answer. */
export const goodHealth: Health = { failures: 0, until: 0, error: undefined, kinds: [] };

/**
 * The pause after the first failure and the longest one, ms; it doubles in between. Where asking costs a server nothing
 * (it is not there, or says no at once) the longest pause is short, so that the next keystrokes find out that the cause is gone;
 * a server that struggles is left alone for longer.
 */
const pauses: Readonly<Record<BackendErrorKind, { readonly first: number; readonly longest: number }>> = {
  'no-key': { first: 250, longest: 2000 },
  denied: { first: 250, longest: 2000 },
  'no-credit': { first: 1000, longest: 8000 },
  'over-budget': { first: 1000, longest: 8000 },
  'rate-limited': { first: 1000, longest: 60_000 },
  unreachable: { first: 250, longest: 2000 },
  'timed-out': { first: 1000, longest: 8000 },
  'no-model': { first: 250, longest: 2000 },
  rejected: { first: 250, longest: 2000 },
  server: { first: 500, longest: 8000 },
  garbled: { first: 250, longest: 2000 },
};

/** A server that asks for more than a day means something else. */
const longestWish = 86_400_000;

/** The health after a failure at `now`. A second one that was under way with the first does not count again. */
export function afterFailure(health: Health, error: BackendError, now: number): Health {
  const together = health.error !== undefined && now < health.until;
  const failures = together ? health.failures : health.failures + 1;
  const { first, longest } = pauses[error.kind];
  const pause = Math.min(
    error.retryAfterMs ?? first * 2 ** Math.min(failures - 1, 20),
    longestPause(error, longest),
  );
  const kinds = health.kinds.includes(error.kind) ? health.kinds : [...health.kinds, error.kind];
  return { failures, until: Math.max(health.until, now + pause), error, kinds };
}

function longestPause(error: BackendError, longest: number): number {
  return error.retryAfterMs === undefined ? longest : longestWish;
}

/** Whether the backend is to be left alone at `now`. */
export function isResting(health: Health, now: number): boolean {
  return health.error !== undefined && now < health.until;
}

/** Whether it has failed and its pause is over: one try will tell. */
export function isDue(health: Health, now: number): boolean {
  return health.error !== undefined && now >= health.until;
}
