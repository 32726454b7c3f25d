import { BackendError } from '../core/errors.ts';
import type { Backend, BackendRequest, Chunk } from '../core/ports.ts';
import { hasImages } from '../core/prompt.ts';
import type { Settings } from '../core/settings.ts';
import { abilitiesOf, ollamaAbilities, rememberAbilities, rememberedAbilities } from './abilities.ts';
import { answerStream } from './answerStream.ts';
import { boundsFor, localBounds } from './bounds.ts';
import { createCounting } from './counting.ts';
import type { Endpoint } from './endpoint.ts';
import { createIdle } from './idle.ts';
import { type Learnt, negotiate } from './negotiate.ts';
import { type BackendPorts, othersWait, retriesFor } from './ports.ts';
import { askFor, dialectFor, type Route, routeFor } from './route.ts';
import { type ServerKind, within } from './server.ts';
import { createTransport } from './transport.ts';

/** A backend at one address. */
export interface LocalBackend extends Backend {
  ready(signal: AbortSignal): Promise<void>;
  /** Whether a model server was seen at its address, now or in an earlier session. */
  readonly seen: boolean;
}

/** A server of one's own or one's team: any that speaks OpenAI's protocol, llama.cpp's or Ollama's. */
export function localAt(endpoint: Endpoint, settings: Settings, ports: BackendPorts): LocalBackend {
  const name = new URL(endpoint.origin).host;
  const machine = endpoint.loopback ? ports.machine : '';
  const transport = createTransport({
    ...ports,
    retries: retriesFor(settings, ports),
    endpoint,
    auth: 'bearer',
    needsKey: false,
    target: { name, machine },
  });
  const learnt = new Map<string, Learnt>();
  const counting = createCounting(endpoint, transport, ports);
  const idle = createIdle();
  const wanted = settings['local.model'];
  let abilities = rememberedAbilities(ports.memory, endpoint, wanted);
  let looking: Promise<void> | undefined;
  // What is remembered serves at once; whether it still holds is looked at once, meanwhile.
  let lookAgain = Number.NEGATIVE_INFINITY;

  const template = (name: string): string | undefined =>
    settings['local.template'] === 'auto' ? ports.templateFor(name) : settings['local.template'];
  const model = (): string => wanted || (abilities?.model ?? '');
  const route = (): Route => routeFor(settings['local.protocol'], abilities, template(model()));
  const look = async (): Promise<void> => {
    // Whoever asked first may leave; what is found out serves everybody, and each step has its bound.
    const never = new AbortController().signal;
    const found =
      settings['local.protocol'] === 'ollama' && wanted !== ''
        ? await ollamaAbilities(endpoint, transport, wanted, ports, never)
        : await abilitiesOf(endpoint, transport, wanted, { ...ports, templateFor: template }, never);
    lookAgain = ports.clock.now() + silentMs;
    if (found?.kind !== 'known') return;
    abilities = found.abilities;
    lookAgain = found.certain ? Number.POSITIVE_INFINITY : ports.clock.now() + uncertainMs;
    if (found.certain) rememberAbilities(ports.memory, endpoint, wanted, found.abilities);
  };
  const forget = (): void => {
    lookAgain = Number.NEGATIVE_INFINITY;
    abilities = undefined;
    rememberAbilities(ports.memory, endpoint, wanted, undefined);
  };
  const ready = async (signal: AbortSignal): Promise<void> => {
    // With model and protocol set there is nothing to find out, but whether Ollama's model takes a suffix.
    const settled = wanted !== '' && !['auto', 'ollama'].includes(settings['local.protocol']);
    if (!settled && ports.clock.now() >= lookAgain) {
      looking ??= look().finally(() => {
        looking = undefined;
      });
      const found = looking;
      const patience = othersWait(settings) ? briefMs : longMs;
      if (abilities === undefined) await within(ports.clock, patience, signal, () => found);
    }
    signal.throwIfAborted();
  };

  /** The request for a prompt, where it may go, and what was learnt of such requests. */
  const placed = (request: BackendRequest) => {
    const { ask, own } = askFor(route(), model(), request, abilities?.server);
    const bases = own ? [endpoint.root] : abilities?.base === undefined ? endpoint.bases : [abilities.base];
    const place = `${ask.path} ${ask.model}`;
    const known = learnt.get(place) ?? { refused: [], base: undefined };
    learnt.set(place, known);
    return { ask, bases, known };
  };

  return {
    kind: 'local',
    // One graphics card writes one text; a team's server has room for the next question.
    lanes: endpoint.loopback ? 1 : 2,
    metered: false,
    modelFor: model,
    get id() {
      return `local ${endpoint.bases[0]} ${model()} ${route()}`;
    },
    get dialect() {
      return dialectFor(route(), template(model()), abilities);
    },
    get seen() {
      return abilities !== undefined;
    },
    ready,
    async count({ prompt }, answer, signal) {
      const isMute = route() === 'ollama' || listsAll.includes(abilities?.server ?? 'openai-compatible');
      if (isMute || hasImages(prompt)) return undefined;
      await idle.settled();
      return counting.count(model(), prompt, answer, signal);
    },
    async *stream(request: BackendRequest, signal: AbortSignal): AsyncGenerator<Chunk> {
      await ready(signal);
      if (model() === '' && abilities !== undefined && listsAll.includes(abilities.server)) {
        forget();
        throw new BackendError('no-model', `${name}: The server has no model yet.`);
      }
      const { ask, bases, known } = placed(request);
      try {
        yield* idle.during(
          answerStream(
            {
              send: (hangUp) => negotiate(transport, bases, ask, known, hangUp),
              knock: (hangUp) =>
                ports.fetch(endpoint.origin, { method: 'HEAD', redirect: 'manual', signal: hangUp }),
              bounds: boundsFor(ports.bounds ?? localBounds, request),
              clock: ports.clock,
              target: { name, model: model(), machine },
            },
            signal,
          ),
        );
      } catch (error) {
        lookAgain = abilities === undefined ? Number.NEGATIVE_INFINITY : lookAgain;
        // Another server or model may have taken the place of the one that was looked at.
        if (error instanceof BackendError && (error.kind === 'no-model' || error.kind === 'rejected'))
          forget();
        throw error;
      }
    },
  };
}

/**
 * How long a question waits for what is being found out about a server, ms: until its model is loaded or, where somebody else can answer,
 * as long as a connection may take. What the server can do then shows when it is asked.
 */
const longMs = 60_000;
const briefMs = 2000;

/** How long an answer that the server owes may be owed before it is asked for again, ms: a model may be loading. */
const uncertainMs = 10_000;

/** The same where nothing was said at all, ms: the request that follows finds out by itself whether somebody is there. */
const silentMs = 1000;

/** Servers whose list holds every model that they can be asked for: an empty one means that there is none. Neither has a tokenizer to ask. */
const listsAll: readonly ServerKind[] = ['ollama', 'lm-studio'];
