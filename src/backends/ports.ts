import type { Clock, Log } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';
import type { Bounds } from './bounds.ts';
import type { Memory } from './negotiate.ts';

/** What backends need from outside; the same object serves all of them. */
export interface BackendPorts {
  /** The key stored for an origin such as `https://api.openai.com`. */
  readonly key: (origin: string) => Promise<string | undefined>;
  /** The extension host's own fetch, which knows proxies and certificates. */
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly log: Log;
  /** What was learnt about servers, kept across sessions. */
  readonly memory: Memory;
  /** The name of the fill-in-the-middle template for a model, if its family is known (prompt's table). */
  readonly templateFor: (model: string) => string | undefined;
  /** Tokens of a text as OpenAI's models count them; only asked for very long prompts. */
  readonly countTokens: (text: string) => Promise<number>;
  /** The machine that "localhost" means in a remote window; empty on the user's own. */
  readonly machine: string;
  /** Names the workspace to services that route by it; no path, only a hash. Empty for none. */
  readonly cacheKey: string;
  /** How often the SDK tries again after a broken connection or a server's failure, where no fallback is waiting. */
  readonly retries: number;
  /** Instead of the usual bounds of time. */
  readonly bounds?: Bounds;
}

/** Whether somebody else can answer: the user then waits for nobody long. */
export function othersWait(settings: Settings): boolean {
  return settings.fallback.some((kind) => kind !== settings.backend);
}

/** Where somebody else can answer, the user does not wait for a second try. */
export function retriesFor(settings: Settings, { retries }: BackendPorts): number {
  return othersWait(settings) ? 0 : retries;
}
