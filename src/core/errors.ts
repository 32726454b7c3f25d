/** Why a backend cannot answer, in words a user could read. */
export type BackendErrorKind =
  | 'no-key'
  | 'denied'
  | 'no-credit'
  | 'over-budget'
  | 'rate-limited'
  | 'unreachable'
  | 'timed-out'
  | 'no-model'
  | 'rejected'
  | 'server'
  | 'garbled';

/** The only error a backend throws, made only in backends. `message` is one sentence for the log, without keys or code. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly kind: BackendErrorKind;
  /** How long the server asks to be left alone, in ms, where it says so. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: BackendErrorKind,
    message: string,
    options: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** True for the error that an aborted signal makes: the user moved on, nobody is told. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
