import { BackendError, isAbort } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { watchOver } from './bounds.ts';
import { connectionError, refusalError } from './classify.ts';
import { endpointOf } from './endpoint.ts';
import { errorBodyOf } from './errorBody.ts';
import { framesOf } from './frames.ts';

/** How far a download is. */
export interface PullProgress {
  /** Ollama's own words, such as `pulling manifest` or `verifying sha256 digest`. */
  readonly status: string;
  /** Bytes of all layers known so far; 0 while nothing is known. */
  readonly total: number;
  readonly completed: number;
}

/** A download that says nothing for this long is over, ms. */
const silenceMs = 120_000;

/**
 * Has Ollama fetch a model. Settles when it can be used; throws BackendError, or the signal's AbortError at once when cancelled
 * (Ollama keeps what has come, and goes on from there next time).
 */
export async function pullModel(
  address: string,
  model: string,
  ports: { readonly fetch: typeof globalThis.fetch; readonly clock: Clock },
  progress: (progress: PullProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const endpoint = endpointOf(address);
  if (endpoint.kind === 'bad') throw new BackendError('rejected', endpoint.message);
  const target = { name: new URL(endpoint.origin).host, model, machine: '' };
  const hangUp = new AbortController();
  const follow = (): void => hangUp.abort(signal.reason);
  signal.addEventListener('abort', follow, { once: true });
  const watch = watchOver(ports.clock, () => hangUp.abort());
  const layers = new Map<string, { total: number; completed: number }>();
  try {
    signal.throwIfAborted();
    watch.expect('between', silenceMs);
    const response = await ports.fetch(`${endpoint.root}/api/pull`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model, stream: true }),
      redirect: 'manual',
      signal: hangUp.signal,
    });
    if (!response.ok) {
      const { status, headers } = response;
      throw refusalError(
        { status, headers, body: errorBodyOf(await response.text()) },
        target,
        ports.clock.date(),
      );
    }
    for await (const frame of framesOf(response, ports.clock)) {
      watch.expect('between', silenceMs);
      const { error, status, digest, total, completed } = frame as Partial<Record<string, unknown>>;
      if (typeof error === 'string') throw new BackendError('no-model', `${target.name}: ${error}`);
      if (typeof digest === 'string' && typeof total === 'number') {
        layers.set(digest, { total, completed: typeof completed === 'number' ? completed : 0 });
      }
      progress({
        status: typeof status === 'string' ? status : '',
        total: sum([...layers.values()].map((layer) => layer.total)),
        completed: sum([...layers.values()].map((layer) => layer.completed)),
      });
      if (status === 'success') return;
    }
    throw new BackendError('garbled', `${target.name}: The download ended without success.`);
  } catch (error) {
    if (signal.aborted) throw isAbort(signal.reason) ? signal.reason : error;
    if (error instanceof BackendError) throw error;
    if (hangUp.signal.aborted) {
      throw new BackendError(
        'timed-out',
        `${target.name}: The download stopped and nothing came for ${silenceMs / 1000} s.`,
      );
    }
    throw connectionError(error, target);
  } finally {
    watch.stop();
    signal.removeEventListener('abort', follow);
    hangUp.abort();
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
