import type { Clock } from '../core/ports.ts';
import type { Endpoint } from './endpoint.ts';

/** The kinds of servers that say who they are. */
export type ServerKind = 'llama.cpp' | 'ollama' | 'vllm' | 'lm-studio' | 'openai-compatible';

/** What a server says about itself. */
export interface Server {
  readonly kind: ServerKind;
  /** What it can be asked for, in its own order, embedding models left out. */
  readonly models: readonly string[];
  /** The base under which it lists its models; undefined if it lists none there. */
  readonly base: string | undefined;
}

/** Reads a JSON answer; rejects for any other. */
export type GetJson = (url: string, signal: AbortSignal) => Promise<unknown>;

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
  const ask = async (url: string): Promise<Members | undefined> => {
    const value = await within(clock, ms, signal, (inner) => get(url, inner));
    return typeof value === 'object' && value !== null ? value : undefined;
  };
  const [tags, props, ...lists] = await Promise.all([
    ask(`${endpoint.root}/api/tags`),
    ask(`${endpoint.root}/props`),
    ...endpoint.bases.map((base) => ask(`${base}/models`)),
  ]);
  signal.throwIfAborted();
  const at = lists.findIndex((list) => Array.isArray(list?.data));
  const base = endpoint.bases[at];
  const data = lists[at]?.data;
  const entries: readonly unknown[] = Array.isArray(data) ? data : [];
  const owner = ownerOf(entries);
  // llama.cpp answers Ollama's questions as well, and without a key it hides its own: its name counts before its looks.
  if (
    props?.default_generation_settings !== undefined ||
    props?.total_slots !== undefined ||
    owner === 'llama.cpp'
  ) {
    return { kind: 'llama.cpp', models: modelsOf(entries, 'id'), base };
  }
  if (Array.isArray(tags?.models)) return { kind: 'ollama', models: modelsOf(tags.models, 'name'), base };
  return base === undefined
    ? undefined
    : { kind: owner ?? 'openai-compatible', models: modelsOf(entries, 'id'), base };
}

type Members = Partial<Record<'models' | 'data' | 'default_generation_settings' | 'total_slots', unknown>>;

/** By the owner that servers write into their list of models. */
const owners: Readonly<Record<string, ServerKind>> = {
  llamacpp: 'llama.cpp',
  vllm: 'vllm',
  organization_owner: 'lm-studio',
  library: 'ollama',
};

function ownerOf(entries: readonly unknown[]): ServerKind | undefined {
  const owner = (entries[0] as { owned_by?: unknown } | undefined)?.owned_by;
  return typeof owner === 'string' ? owners[owner] : undefined;
}

function modelsOf(entries: readonly unknown[], member: string): readonly string[] {
  return entries
    .map((entry) => (entry as Record<string, unknown> | null)?.[member])
    .filter((name) => typeof name === 'string')
    .filter((name) => !/embed|rerank/i.test(name));
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
