import { BackendError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import type { Endpoint } from './endpoint.ts';
import type { BackendPorts } from './ports.ts';
import { recommendedModel } from './recommend.ts';
import { identify, readSaid, type Server, type ServerKind, within } from './server.ts';
import { Refused, type Transport } from './transport.ts';

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
  /** Whether it has the older completions endpoint: tried where a template can be written, or nothing else is left. */
  readonly completions: boolean;
  /** Whether it can be talked to: tried where nothing better is known. */
  readonly chat: boolean;
}

/** What was found out about a server: what it can do, or why it does not say. */
export type Finding =
  | { readonly kind: 'locked' | 'starting' }
  /** `certain`: every question was answered. What was not may be possible all the same once a model is loaded. */
  | { readonly kind: 'known'; readonly abilities: Abilities; readonly certain: boolean };

/** How long a server has to say who it is, ms. */
const identifyMs = 1000;

/** How long a model has for its one token; it may have to be loaded first. */
const tryMs = 20_000;

/** Whether a model can be asked in some way; unknown if the server failed or did not answer in time. */
type Trial = 'yes' | 'no' | 'unknown';

/** Asks a server who it is and tries the ways of asking that its kind may have. Undefined if no model server answers. */
export async function abilitiesOf(
  endpoint: Endpoint,
  transport: Transport,
  wantedModel: string,
  ports: Pick<BackendPorts, 'clock' | 'templateFor'>,
  signal: AbortSignal,
): Promise<Finding | undefined> {
  const server = await identify(endpoint, transport.get, ports.clock, identifyMs, signal);
  if (server === undefined) return undefined;
  if (server.state !== 'ready') return { kind: server.state };
  const model = wantedModel || (recommendedModel(server.models) ?? '');
  const attempt = attempter(transport, model, ports.clock, signal);
  const fill = await fillOf(endpoint, server, model, attempt);
  const base = server.base ?? endpoint.bases[0];
  const filled = fill.way === 'none' ? 'no' : 'yes';
  const templated = filled === 'no' && ports.templateFor(model) !== undefined && server.kind !== 'ollama';
  const hasChoices = (answer: Members): boolean => Array.isArray(answer.choices);
  const asText = (): Promise<Trial> =>
    attempt(`${base}/completions`, { prompt: 'a', max_tokens: 1 }, hasChoices);
  const asChat = (): Promise<Trial> =>
    attempt(
      `${base}/chat/completions`,
      { messages: [{ role: 'user', content: 'a' }], max_tokens: 1 },
      hasChoices,
    );
  const text = templated ? await asText() : undefined;
  // Whoever fills in, or writes with a template, is only talked to for explanations, and those say themselves what is wrong.
  const chat = filled === 'yes' || text === 'yes' || server.kind === 'ollama' ? undefined : await asChat();
  const last = chat === 'no' && text === undefined ? await asText() : text;
  return {
    kind: 'known',
    certain: ![fill.trial, chat, last].includes('unknown'),
    abilities: {
      server: server.kind,
      base: server.base,
      models: server.models,
      model,
      fill: fill.way,
      completions: last === 'yes',
      chat: chat !== 'no',
    },
  };
}

/** What Ollama says of one of its models, where nothing else is in question. Undefined if it does not say. */
export async function ollamaAbilities(
  endpoint: Endpoint,
  transport: Transport,
  model: string,
  { clock }: Pick<BackendPorts, 'clock'>,
  signal: AbortSignal,
): Promise<Finding | undefined> {
  const trial = await insertsBy(endpoint, attempter(transport, model, clock, signal));
  if (trial === 'unknown') return undefined;
  const fill = trial === 'yes' ? 'suffix' : 'none';
  const abilities: Abilities = {
    server: 'ollama',
    base: undefined,
    models: [model],
    model,
    fill,
    completions: false,
    chat: true,
  };
  return { kind: 'known', certain: true, abilities };
}

/** Asks in one way and says whether the server did what was asked. */
type Attempt = (url: string, body: object, holds: (answer: Members) => boolean) => Promise<Trial>;

function attempter(transport: Transport, model: string, clock: Clock, signal: AbortSignal): Attempt {
  return async (url, body, holds) => {
    const named = model === '' ? body : { ...body, model };
    const said = await within(clock, tryMs, signal, async (inner) => {
      try {
        const { json } = await readSaid(await transport.post(url, named, model, inner));
        return (json ?? {}) as Members;
      } catch (error) {
        if (isRefusal(error)) return 'no';
        throw error;
      }
    });
    if (said === undefined) return 'unknown';
    return said !== 'no' && holds(said) ? 'yes' : 'no';
  };
}

type Members = Partial<Record<'content' | 'choices' | 'template' | 'capabilities', unknown>>;

/** Whether the server said no to the question itself, not that it cannot answer now. */
function isRefusal(error: unknown): boolean {
  if (error instanceof Refused) return error.status !== 500;
  return error instanceof BackendError && error.kind === 'rejected';
}

async function fillOf(
  endpoint: Endpoint,
  server: Server,
  model: string,
  attempt: Attempt,
): Promise<{ readonly way: Abilities['fill']; readonly trial: Trial | undefined }> {
  if (server.kind === 'ollama') {
    if (model === '') return { way: 'none', trial: undefined };
    const trial = await insertsBy(endpoint, attempt);
    return { way: trial === 'yes' ? 'suffix' : 'none', trial };
  }
  if (server.kind !== 'llama.cpp' && server.kind !== 'openai-compatible') {
    return { way: 'none', trial: undefined };
  }
  // A model without the tokens for it gets 501 here; a list of abilities would not tell.
  const body = { input_prefix: 'a = ', input_suffix: '\n', prompt: '', n_predict: 1, stream: false };
  const trial = await attempt(`${endpoint.root}/infill`, body, ({ content }) => typeof content === 'string');
  return { way: trial === 'yes' ? 'infill' : 'none', trial };
}

/** Whether a model of Ollama takes a suffix, by what it says of itself. */
function insertsBy(endpoint: Endpoint, attempt: Attempt): Promise<Trial> {
  return attempt(`${endpoint.root}/api/show`, {}, ({ template, capabilities }) => {
    const inserts = typeof template === 'string' && template.includes('.Suffix');
    return inserts || (Array.isArray(capabilities) && capabilities.includes('insert'));
  });
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
  const { server, models, fill, chat } = (value ?? {}) as Partial<Record<keyof Abilities, unknown>>;
  return (
    typeof server === 'string' &&
    Array.isArray(models) &&
    typeof fill === 'string' &&
    typeof chat === 'boolean'
  );
}
