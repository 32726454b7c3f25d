import { BackendError } from '../core/errors.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Target } from './classify.ts';
import type { Endpoint } from './endpoint.ts';

/** How a service wants to see the key. */
export type Auth = 'bearer' | 'api-key';

/** What is needed to send a key along. */
export interface KeyOptions {
  readonly endpoint: Endpoint;
  readonly auth: Auth;
  /** The key stored for an origin. */
  readonly key: (origin: string) => Promise<string | undefined>;
  /** Whether asking without a key makes no sense. */
  readonly needsKey: boolean;
  readonly log: Log;
  readonly clock: Clock;
  readonly target: Omit<Target, 'model'>;
}

/** The headers that carry the key; null where the SDK would set one of its own. Throws BackendError if there is none, or it must not be sent. */
export async function authHeaders(
  options: KeyOptions,
  signal: AbortSignal,
): Promise<Record<string, string | null>> {
  const { endpoint, target } = options;
  const key = cleanKey(await storedKey(options, signal));
  if (key === '') {
    if (options.needsKey) throw noKey(options);
    return { authorization: null };
  }
  if (!endpoint.secure) {
    throw insecure(endpoint);
  }
  if (/[^\x21-\x7e]/.test(key)) {
    const message = `${target.name}: The stored key holds characters that no key has.`;
    throw new BackendError('denied', message, { reason: 'key-characters' });
  }
  return options.auth === 'bearer'
    ? { authorization: `Bearer ${key}` }
    : { authorization: null, 'api-key': key };
}

/** A key is stored for an address that it must not be sent to in the clear. */
export function insecure({ origin }: Endpoint): BackendError {
  const message = `${new URL(origin).host}: A key is stored for ${origin}, and keys are only sent over https.`;
  return new BackendError('rejected', message, { reason: 'insecure' });
}

/** No key is stored, and one is wanted. */
export function noKey({ endpoint, target }: KeyOptions): BackendError {
  return new BackendError('no-key', `${target.name}: No key is stored for ${endpoint.origin}.`);
}

/** How long the place where keys are kept may take, ms; a keyring that asks its user for a password answers a later key. */
const keyPatience = 2000;

/** The stored key. Where one is needed, a storage that fails or keeps silent is a failure with its own words; elsewhere it is none. */
async function storedKey(options: KeyOptions, signal: AbortSignal): Promise<string | undefined> {
  const { clock, endpoint, log, needsKey, target } = options;
  const stop = new AbortController();
  const late = clock.sleep(keyPatience, AbortSignal.any([signal, stop.signal])).then(() => {
    throw new Error('It does not answer.');
  });
  try {
    return await Promise.race([options.key(endpoint.origin), late]);
  } catch (error) {
    signal.throwIfAborted();
    const message = `${target.name}: The editor's secret storage could not be read. ${String(error)}`;
    if (needsKey) throw new BackendError('no-key', message, { cause: error });
    log.warn(message);
    return undefined;
  } finally {
    stop.abort();
  }
}

/** A key as it was meant: pasted ones come with line breaks, blanks, quotes or the word Bearer. */
export function cleanKey(pasted: string | undefined): string {
  return (pasted ?? '').replace(/^\s*Bearer\s+/i, '').replace(/[\s"']/g, '');
}
