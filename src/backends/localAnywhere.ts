import { BackendError } from '../core/errors.ts';
import type { Backend, BackendRequest, Chunk } from '../core/ports.ts';
import { defaultSettings, type Settings } from '../core/settings.ts';
import { brokenBackend } from './cloud.ts';
import { findServers } from './detect.ts';
import { endpointOf } from './endpoint.ts';
import { type LocalBackend, localAt } from './local.ts';
import type { BackendPorts } from './ports.ts';

/**
 * The local backend: at the address that the user has set or, as long as none is set and nobody answers at the usual one, at
 * whichever model server is found on this machine.
 */
export function createLocal(settings: Settings, ports: BackendPorts): Backend {
  const written = settings['local.endpoint'];
  const endpoint = endpointOf(written);
  if (endpoint.kind === 'bad') {
    const { reason } = endpoint;
    const message = `Local model (foretype.local.endpoint): ${endpoint.message}`;
    const error = new BackendError('rejected', message, { reason });
    return brokenBackend('local', error);
  }
  const usual = localAt(endpoint, settings, ports);
  const chosen = written !== defaultSettings['local.endpoint'] || settings['local.protocol'] !== 'auto';
  return chosen ? usual : anywhere(usual, settings, ports);
}

function anywhere(usual: LocalBackend, settings: Settings, ports: BackendPorts): Backend {
  let present = usual;
  let lost = false;
  let seeking: Promise<void> | undefined;

  const seek = async (): Promise<void> => {
    const servers = await findServers(ports.fetch, ports.clock, [], new AbortController().signal);
    const found = servers.find((server) => server.models.length > 0);
    const endpoint = endpointOf(found?.endpoint ?? '');
    if (found === undefined || endpoint.kind === 'bad') return;
    present = localAt(endpoint, settings, ports);
    lost = false;
    const { 'local.endpoint': nobody } = settings;
    ports.log.info(
      `Nobody answers at ${nobody}, the usual address; ${found.name} at ${found.endpoint} is used.`,
    );
  };
  const ready = async (signal: AbortSignal): Promise<void> => {
    await present.ready(signal);
    if (present.seen && !lost) return;
    seeking ??= seek().finally(() => {
      seeking = undefined;
    });
    await seeking;
    await present.ready(signal);
  };

  return {
    kind: 'local',
    lanes: usual.lanes,
    metered: false,
    modelFor: (request) => present.modelFor?.(request) ?? '',
    get id() {
      return present.id;
    },
    get dialect() {
      return present.dialect;
    },
    ready,
    count: async (request, answer, signal) => present.count?.(request, answer, signal),
    async *stream(request: BackendRequest, signal: AbortSignal): AsyncGenerator<Chunk> {
      await ready(signal);
      try {
        yield* present.stream(request, signal);
      } catch (error) {
        if (error instanceof BackendError && error.kind === 'unreachable') {
          present = usual;
          lost = true;
        }
        throw error;
      }
    },
  };
}
