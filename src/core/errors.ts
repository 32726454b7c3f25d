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

/** What exactly is wrong, where the kind alone would leave the user guessing. */
export type BackendErrorReason =
  | 'address-missing'
  | 'address-unreadable'
  | 'address-scheme'
  | 'address-password'
  | 'address-forbidden'
  | 'insecure'
  | 'service'
  | 'certificate'
  | 'no-https'
  | 'proxy'
  | 'redirected'
  | 'web-page'
  | 'too-long'
  | 'starting'
  | 'key-characters';

/** The only error a backend throws, made only in backends. `message` is one sentence for the log, without keys or code. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly kind: BackendErrorKind;
  /** How long the server asks to be left alone, in ms, where it says so. */
  readonly retryAfterMs: number | undefined;
  readonly reason: BackendErrorReason | undefined;

  constructor(
    kind: BackendErrorKind,
    message: string,
    options: {
      retryAfterMs?: number | undefined;
      reason?: BackendErrorReason | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
    this.reason = options.reason;
  }
}

/** True for the error that an aborted signal makes: the user moved on, nobody is told. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
