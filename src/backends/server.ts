import type { Clock } from '../core/ports.ts';
import type { Endpoint } from './endpoint.ts';

/** The kinds of servers that say who they are. */
export type ServerKind = 'llama.cpp' | 'ollama' | 'vllm' | 'lm-studio' | 'openai-compatible';

/** What a server says about itself. */
export interface Server {
  readonly kind: ServerKind;
  /** What it can be asked for, in its own order; models that write no text are left out. */
  readonly models: readonly string[];
  /** The base under which it lists its models; undefined if it lists none there. */
  readonly base: string | undefined;
  /** locked: it asks for a key, or for another one; starting: it has no model loaded yet. Either says nothing of itself. */
  readonly state: 'ready' | 'locked' | 'starting';
}

/** What came of one question. */
export interface Said {
  readonly status: number;
  /** The answer's JSON; undefined if it is none. */
  readonly json: unknown;
}

/** Reads what was said; whoever calls bounds the time. */
export async function readSaid(response: Response): Promise<Said> {
  const text = await response.text();
  try {
    return { status: response.status, json: JSON.parse(text) };
  } catch {
    // A web page, most likely: whoever it is, it is no model server.
    return { status: response.status, json: undefined };
  }
}

/** Asks for a JSON answer, whatever its status; rejects if nobody answers. */
export type GetJson = (url: string, signal: AbortSignal) => Promise<Said>;

/**
 * Finds out which server answers at an endpoint by what its kinds offer, all asked at once, each within `ms`.
 * Undefined if nothing that is a model server answers.
 */
export async function identify(
  endpoint: Pick<Endpoint, 'bases' | 'root'>,
  get: GetJson,
  clock: Clock,
  ms: number,
  signal: AbortSignal,
): Promise<Server | undefined> {
  const ask = (url: string): Promise<Said | undefined> =>
    within(clock, ms, signal, (inner) => get(url, inner));
  const all = await Promise.all([
    ask(`${endpoint.root}/api/tags`),
    ask(`${endpoint.root}/props`),
    ...endpoint.bases.map((base) => ask(`${base}/models`)),
  ]);
  signal.throwIfAborted();
  const [tags, props, ...lists] = all.map(membersOf);
  const at = lists.findIndex((list) => Array.isArray(list?.data) || list?.object === 'list');
  const base = endpoint.bases[at];
  const data = lists[at]?.data;
  const entries: readonly unknown[] = Array.isArray(data) ? data : [];
  const owner = ownerOf(entries);
  // Several servers answer Ollama's questions as well: a name of their own counts before their looks.
  const llama = props?.default_generation_settings !== undefined || props?.total_slots !== undefined;
  if (llama || owner === 'llama.cpp') {
    return { kind: 'llama.cpp', models: modelsOf(entries, 'id'), base, state: 'ready' };
  }
  const tagged = Array.isArray(tags?.models) ? tags.models : undefined;
  if (tagged !== undefined && (base === undefined || isOllama(tagged, entries))) {
    return { kind: 'ollama', models: modelsOf(tagged, 'name'), base, state: 'ready' };
  }
  if (base !== undefined) {
    return { kind: owner ?? 'openai-compatible', models: modelsOf(entries, 'id'), base, state: 'ready' };
  }
  const refusals = all.filter((said) => complains(said?.json)).map((said) => said?.status);
  const state = refusals.some((status) => status === 401 || status === 403)
    ? 'locked'
    : refusals.includes(503)
      ? 'starting'
      : undefined;
  return state && { kind: 'openai-compatible', models: [], base, state };
}

/** The members of an answer that was no refusal. */
function membersOf(said: Said | undefined): Members | undefined {
  const { status = 0, json } = said ?? {};
  return status >= 200 && status < 300 && typeof json === 'object' && json !== null ? json : undefined;
}

/** Whether an answer is an error as model servers send it: what else listens on this machine refuses in other forms. */
function complains(json: unknown): boolean {
  const { error, detail } = (json ?? {}) as { error?: unknown; detail?: unknown };
  return error !== undefined || detail !== undefined;
}

type Members = Partial<
  Record<'models' | 'data' | 'object' | 'default_generation_settings' | 'total_slots', unknown>
>;

/** By the owner that servers write into their list of models. */
const owners: Readonly<Record<string, ServerKind>> = {
  llamacpp: 'llama.cpp',
  vllm: 'vllm',
  organization_owner: 'lm-studio',
};

function ownerOf(entries: readonly unknown[]): ServerKind | undefined {
  const owner = (entries[0] as { owned_by?: unknown } | undefined)?.owned_by;
  return typeof owner === 'string' ? owners[owner] : undefined;
}

/**
 * Whether a server that has both lists is Ollama itself: it names each model by the digest of its manifest, and owns none of them. Those
 * that imitate it are better asked by OpenAI's protocol.
 */
function isOllama(models: readonly unknown[], entries: readonly unknown[]): boolean {
  const owner = (entries[0] as { owned_by?: unknown } | undefined)?.owned_by;
  const hasDigest = (model: unknown): boolean => {
    const { digest } = (model ?? {}) as { digest?: unknown };
    return typeof digest === 'string' && digest !== '';
  };
  return models.every(hasDigest) && owner !== 'koboldcpp';
}

/** Models that make vectors, pictures, sound or verdicts and no text. */
const noWriter =
  /embed|rerank|minilm|\b(?:bge|gte|e5)-|whisper|transcri|\btts|speech|realtime|moderation|dall-e|image|stable-diffusion|\bflux\b|\bclip\b|guard/i;

function modelsOf(entries: readonly unknown[], member: string): readonly string[] {
  return entries
    .filter(writes)
    .map((entry) => (entry as Record<string, unknown> | null)?.[member])
    .filter((name) => typeof name === 'string')
    .filter((name) => !noWriter.test(name));
}

/** Whether a server's own words about a model leave it possible that it writes text. */
function writes(entry: unknown): boolean {
  const { type, details, status } = (entry ?? {}) as { type?: unknown; details?: unknown; status?: unknown };
  const { family } = (details ?? {}) as { family?: unknown };
  const { failed } = (status ?? {}) as { failed?: unknown };
  return !/embed/.test(String(type)) && !/bert/.test(String(family)) && failed !== true;
}

/** The result of `work`, or undefined if it fails or takes longer than `ms`. Rejects only when `signal` is aborted. */
export async function within<Result>(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  const inner = new AbortController();
  const follow = (): void => inner.abort(signal.reason);
  signal.addEventListener('abort', follow, { once: true });
  try {
    return await Promise.race([work(inner.signal), passing(clock, ms, inner.signal)]);
  } catch {
    signal.throwIfAborted();
    return undefined;
  } finally {
    signal.removeEventListener('abort', follow);
    inner.abort();
  }
}

/** Parts of a bound of time, between which a busy program gets to see what has arrived. */
const slices = 10;

/**
 * Settles when `ms` have passed in which this program had turns to listen: a machine that is busy with something else for 300 ms
 * must not mean that nobody answered.
 */
async function passing(clock: Clock, ms: number, signal: AbortSignal): Promise<undefined> {
  for (let slice = 0; slice < slices; slice += 1) await clock.sleep(ms / slices, signal);
  return undefined;
}
