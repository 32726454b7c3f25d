import type { Settings } from '../core/settings.ts';
import { cloudTarget } from './cloud.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';

/** How long a connection that nobody uses is taken to be open, ms: Node's fetch closes it after 4 s. */
export const connectionLifeMs = 4000;

/**
 * Opens the connection to the backend's server before it is needed: name, TCP and TLS cost two to three round trips that the
 * first suggestion need not wait for. No key, no code; whatever comes back is thrown away. Never throws.
 */
export async function warmConnection(
  kind: 'cloud' | 'local',
  settings: Settings,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<void> {
  const endpoint = endpointFor(kind, settings);
  if (endpoint === undefined) return;
  try {
    // Not HEAD, after which Node's fetch closes the connection; and a list of models, or the refusal of one, is short.
    const response = await fetch(`${endpoint.bases[0]}/models`, { redirect: 'manual', signal });
    await response.arrayBuffer();
  } catch {
    // The request that is not served now will say what is wrong.
  }
}

function endpointFor(kind: 'cloud' | 'local', settings: Settings): Endpoint | undefined {
  if (kind === 'local') {
    const endpoint = endpointOf(settings['local.endpoint']);
    return endpoint.kind === 'ok' ? endpoint : undefined;
  }
  const target = cloudTarget(settings);
  return target.kind === 'ok' ? target.endpoint : undefined;
}
