import type { Endpoint } from './endpoint.ts';
import type { BackendPorts } from './ports.ts';
import { recommendedModel } from './recommend.ts';
import { identify, type Server, type ServerKind, within } from './server.ts';
import type { Transport } from './transport.ts';

/** What a server can do with one of its models, as far as it was tried. Kept per address and model; JSON. */
export interface Abilities {
  readonly server: ServerKind;
  /** The base under which it answered; undefined for the likeliest. */
  readonly base: string | undefined;
  readonly models: readonly string[];
  /** The model that was tried. */
  readonly model: string;
  /** infill: llama.cpp's endpoint; suffix: Ollama's; none: neither. */
  readonly fill: 'infill' | 'suffix' | 'none';
  /** Whether it has the older completions endpoint, where a template can be written. */
  readonly completions: boolean;
}

/** How long a server has to say who it is, ms. */
const identifyMs = 1000;

/** How long a model has for its one token; it may have to be loaded first. */
const tryMs = 20_000;

/** Asks a server who it is and tries the ways of asking that its kind may have. Undefined if no model server answers. */
export async function abilitiesOf(
  endpoint: Endpoint,
  transport: Transport,
  wantedModel: string,
  ports: Pick<BackendPorts, 'clock' | 'templateFor'>,
  signal: AbortSignal,
): Promise<Abilities | undefined> {
  const get = async (url: string, inner: AbortSignal): Promise<unknown> =>
    (await transport.get(url, inner)).json();
  const server = await identify(endpoint, get, ports.clock, identifyMs, signal);
  if (server === undefined) return undefined;
  const model = wantedModel || (recommendedModel(server.models) ?? '');
  const worked = async (url: string, body: object): Promise<unknown> =>
    within(ports.clock, tryMs, signal, async (inner) =>
      (await transport.post(url, body, model, inner)).json(),
    );
  return {
    server: server.kind,
    base: server.base,
    models: server.models,
    model,
    fill: await fillOf(endpoint, server, model, worked),
    completions: await completionsOf(server, model, worked, ports.templateFor(model) !== undefined),
  };
}

async function fillOf(
  endpoint: Endpoint,
  server: Server,
  model: string,
  worked: (url: string, body: object) => Promise<unknown>,
): Promise<Abilities['fill']> {
  if (server.kind === 'ollama') {
    const shown = (await worked(`${endpoint.root}/api/show`, { model })) as
      | { template?: unknown; capabilities?: unknown }
      | undefined;
    const template = typeof shown?.template === 'string' && shown.template.includes('.Suffix');
    const listed = Array.isArray(shown?.capabilities) && shown.capabilities.includes('insert');
    return template || listed ? 'suffix' : 'none';
  }
  if (server.kind !== 'llama.cpp' && server.kind !== 'openai-compatible') return 'none';
  // A model without the tokens for it gets 501 here; a list of abilities would not tell.
  const body = { input_prefix: 'a = ', input_suffix: '\n', prompt: '', n_predict: 1, stream: false };
  const answer = (await worked(`${endpoint.root}/infill`, body)) as { content?: unknown } | undefined;
  return typeof answer?.content === 'string' ? 'infill' : 'none';
}

async function completionsOf(
  server: Server,
  model: string,
  worked: (url: string, body: object) => Promise<unknown>,
  useful: boolean,
): Promise<boolean> {
  if (!useful || server.base === undefined) return false;
  const answer = (await worked(`${server.base}/completions`, { model, prompt: 'a', max_tokens: 1 })) as
    | { choices?: unknown }
    | undefined;
  return Array.isArray(answer?.choices);
}

/** What is remembered of an address and model. */
export function rememberedAbilities(
  memory: BackendPorts['memory'],
  endpoint: Endpoint,
  model: string,
): Abilities | undefined {
  const value = memory.get(memoryName(endpoint, model));
  return isAbilities(value) ? value : undefined;
}

/** Keeps what was found out; undefined forgets it. */
export function rememberAbilities(
  memory: BackendPorts['memory'],
  endpoint: Endpoint,
  model: string,
  abilities: Abilities | undefined,
): void {
  memory.set(memoryName(endpoint, model), abilities);
}

function memoryName(endpoint: Endpoint, model: string): string {
  return `abilities ${endpoint.root} ${model}`;
}

function isAbilities(value: unknown): value is Abilities {
  const { server, models, fill } = (value ?? {}) as Partial<Record<keyof Abilities, unknown>>;
  return typeof server === 'string' && Array.isArray(models) && typeof fill === 'string';
}
