import { BackendError, type BackendErrorReason } from '../core/errors.ts';
import type { Backend, BackendRequest, Chunk } from '../core/ports.ts';
import { defaultSettings, type Settings } from '../core/settings.ts';
import { answerStream } from './answerStream.ts';
import { chatAsk, fillAsk, textAsk } from './asks.ts';
import { boundsFor, cloudBounds } from './bounds.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import { type Ask, type Learnt, negotiate } from './negotiate.ts';
import { type BackendPorts, retriesFor } from './ports.ts';
import { anyServer, type Service, serviceNamed, services } from './services.ts';
import { createTransport } from './transport.ts';
import { checkWindow } from './window.ts';

/** The service and the address that the settings choose, or why they cannot be asked. */
export type CloudTarget =
  | { readonly kind: 'ok'; readonly service: Service; readonly endpoint: Endpoint }
  | { readonly kind: 'bad'; readonly error: BackendError };

/** Reads `cloud.service` and `cloud.endpoint`; a setting that cannot be used becomes a clear sentence. */
export function cloudTarget(settings: Pick<Settings, 'cloud.service' | 'cloud.endpoint'>): CloudTarget {
  const row = serviceNamed(settings['cloud.service']);
  if (row === undefined) {
    const known = Object.keys(services).join(', ');
    return bad(
      'service',
      `There is no service "${settings['cloud.service']}" (foretype.cloud.service); known are ${known}.`,
    );
  }
  const written = settings['cloud.endpoint'].trim();
  if (row.retired !== undefined && written === '') {
    return bad(
      'service',
      `${row.name} was shut down on ${row.retired}: choose another service (foretype.cloud.service).`,
    );
  }
  const endpoint = endpointOf(written === '' ? row.base : written);
  if (endpoint.kind === 'bad') {
    return bad(endpoint.reason, `${row.name} (foretype.cloud.endpoint): ${endpoint.message}`);
  }
  // OpenAI's protocol at another address is another server: it may know less.
  const other = row === services.openai && endpoint.origin !== new URL(row.base).origin;
  if (!other) return { kind: 'ok', service: row, endpoint };
  const { window, longestAnswer, model } = row;
  const name = new URL(endpoint.origin).host;
  return { kind: 'ok', service: { ...anyServer, name, window, longestAnswer, model }, endpoint };
}

function bad(reason: BackendErrorReason, message: string): CloudTarget {
  return { kind: 'bad', error: new BackendError('rejected', message, { reason }) };
}

/** A cloud service by OpenAI's protocol: chat, or fill-in-the-middle where the service has it. */
export function createCloud(settings: Settings, ports: BackendPorts): Backend {
  const target = cloudTarget(settings);
  if (target.kind === 'bad') return brokenBackend('cloud', target.error);
  const { service, endpoint } = target;
  const { name } = service;
  const transport = createTransport({
    ...ports,
    retries: retriesFor(settings, ports),
    endpoint,
    auth: service.auth,
    // A server on this machine that wants a key says so itself.
    needsKey: !endpoint.loopback,
    target: { name, machine: '' },
  });
  const learnt = new Map<string, Learnt>();
  const models = `${settings['cloud.model']} ${JSON.stringify(settings['cloud.modelByLanguage'])}`;
  return {
    id: `cloud ${settings['cloud.service']} ${endpoint.bases[0]} ${models}`,
    kind: 'cloud',
    dialect: service.fill === undefined ? { kind: 'chat' } : { kind: 'fill' },
    lanes: 2,
    metered: true,
    modelFor: ({ site, settings: asked }) => modelFor(asked, site.snapshot.languageId, service),
    async ready(signal) {
      await transport.load();
      signal.throwIfAborted();
    },
    async *stream(request: BackendRequest, signal: AbortSignal): AsyncGenerator<Chunk> {
      const model = modelFor(request.settings, request.site.snapshot.languageId, service);
      const { bases, ask } = placed(service, endpoint, model, request, ports.cacheKey);
      const place = `${ask.path} ${model}`;
      const known = learnt.get(place) ?? { refused: [], base: undefined };
      learnt.set(place, known);
      await checkWindow(request.prompt, service, ports.countTokens);
      yield* answerStream(
        {
          send: (hangUp) => negotiate(transport, bases, ask, known, hangUp),
          knock: (hangUp) =>
            ports.fetch(endpoint.origin, { method: 'HEAD', redirect: 'manual', signal: hangUp }),
          bounds: boundsFor(ports.bounds ?? cloudBounds, request),
          clock: ports.clock,
          target: { name, model, machine: '' },
        },
        signal,
      );
    },
  };
}

/** The model that the settings choose, for a language or for all others. */
export function cloudModel(settings: Settings, languageId?: string): string {
  const service = serviceNamed(settings['cloud.service']) ?? services.openai;
  return modelFor(settings, languageId, service);
}

/** Whoever has chosen a service and no model gets the one that the service is known for: none but OpenAI has OpenAI's. */
function modelFor(settings: Settings, languageId: string | undefined, service: Service): string {
  const byLanguage = languageId === undefined ? undefined : settings['cloud.modelByLanguage'][languageId];
  const chosen = byLanguage ?? settings['cloud.model'];
  const isUnset = chosen === '' || chosen === defaultSettings['cloud.model'];
  return isUnset && service.model !== '' ? service.model : chosen;
}

/** The request and where its path is appended: Azure has an address for every deployment, filling in starts from the root. */
function placed(
  service: Service,
  endpoint: Endpoint,
  model: string,
  { prompt, site, settings }: BackendRequest,
  cacheKey: string,
): { readonly bases: readonly string[]; readonly ask: Ask } {
  if (prompt.kind === 'fill') {
    return { bases: [endpoint.root], ask: fillAsk(service, model, prompt, site.snapshot.path) };
  }
  const ask =
    prompt.kind === 'chat' ? chatAsk(service, model, prompt, cacheKey) : textAsk(service, model, prompt);
  // Azure's newer address (`/openai/v1`) has no deployments and no versions.
  if (service !== services.azure || endpoint.bases[0]?.endsWith('/openai/v1')) {
    return { bases: endpoint.bases, ask };
  }
  const version = encodeURIComponent(settings['cloud.apiVersion']);
  return {
    bases: [deploymentIn(endpoint) ?? `${endpoint.origin}/openai/deployments/${encodeURIComponent(model)}`],
    ask: { ...ask, path: `${ask.path}?api-version=${version}` },
  };
}

/** The deployment's own address, where that is what was copied from Azure's page. */
function deploymentIn({ root }: Endpoint): string | undefined {
  return /^.*\/deployments\/[^/]+/.exec(root)?.[0];
}

/** A backend that can only say why it does not work. */
export function brokenBackend(kind: 'cloud' | 'local', error: BackendError): Backend {
  return {
    id: `${kind} broken`,
    kind,
    dialect: { kind: 'chat' },
    lanes: 1,
    metered: false,
    stream: (_request: BackendRequest, _signal: AbortSignal): AsyncIterable<Chunk> => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }),
    }),
  };
}
