import type { Clock } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';
import { cloudTarget } from './cloud.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';

/** How long a connection that nobody uses stays open, ms: Node's fetch closes it after 4 s. */
const connectionLifeMs = 4000;

/** Opens the connection to the chosen backend's server before it is needed. */
export interface Warmer {
  /** The fetch that backends are to use, so that it is known when a connection was used last. */
  readonly fetch: typeof globalThis.fetch;
  /** To be called when an editor gets the focus and when a key is pressed: does nothing while the connection is warm. Never throws. */
  warm(settings: Settings, signal: AbortSignal): Promise<void>;
}

/**
 * Makes a warmer. Name, TCP and TLS cost two to three round trips that the first suggestion after a pause need not wait for.
 * What it sends holds no key and no code; what comes back is thrown away.
 */
export function createWarmer(fetch: typeof globalThis.fetch, clock: Clock): Warmer {
  const used = new Map<string, number>();
  const counted: typeof globalThis.fetch = (input, init) => {
    used.set(new URL(input instanceof Request ? input.url : input).origin, clock.now());
    return fetch(input, init);
  };
  return {
    fetch: counted,
    async warm(settings, signal) {
      const endpoint = endpointFor(settings);
      if (endpoint === undefined) return;
      const last = used.get(endpoint.origin) ?? Number.NEGATIVE_INFINITY;
      if (clock.now() - last < connectionLifeMs) return;
      try {
        // Not HEAD, after which Node's fetch closes the connection; and a list of models, or the refusal of one, is short.
        const response = await counted(`${endpoint.bases[0]}/models`, { redirect: 'manual', signal });
        await response.arrayBuffer();
      } catch {
        // The request that is not served now will say what is wrong.
      }
    },
  };
}

function endpointFor(settings: Settings): Endpoint | undefined {
  if (settings.backend === 'builtin') return undefined;
  if (settings.backend === 'local') {
    const endpoint = endpointOf(settings['local.endpoint']);
    return endpoint.kind === 'ok' ? endpoint : undefined;
  }
  const target = cloudTarget(settings);
  return target.kind === 'ok' ? target.endpoint : undefined;
}
