import { cleanKey, insecure } from './authorization.ts';
import { type FoundServer, serverNames } from './detect.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import type { BackendPorts } from './ports.ts';
import { identify } from './server.ts';
import { createTransport, type Transport } from './transport.ts';

/** How long a server that may be elsewhere has to say who it is, ms. */
const answerMs = 3000;

/** Looks at one address, with the key that is stored for it. Undefined if no model server answers there; throws BackendError if the key must not be sent there. */
export async function lookAtServer(
  address: string,
  ports: BackendPorts,
  signal: AbortSignal,
): Promise<FoundServer | undefined> {
  const endpoint = endpointOf(address);
  if (endpoint.kind === 'bad') return undefined;
  if (!endpoint.secure && cleanKey(await ports.key(endpoint.origin)) !== '') throw insecure(endpoint);
  const { get } = transportTo(endpoint, ports);
  const server = await identify(endpoint, get, ports.clock, answerMs, signal);
  return server && { ...server, endpoint: endpoint.root, name: serverNames[server.kind] };
}

/** A way to ask a server that may or may not want a key, without second tries: somebody waits. */
export function transportTo(endpoint: Endpoint, ports: BackendPorts): Transport {
  const name = new URL(endpoint.origin).host;
  const target = { name, machine: endpoint.loopback ? ports.machine : '' };
  return createTransport({ ...ports, endpoint, auth: 'bearer', needsKey: false, retries: 0, target });
}
