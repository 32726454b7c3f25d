import type { TokenLogprob } from './answer.ts';
import type { Cleared } from './cleared.ts';
import type { Dialect, Prompt, Snippet } from './prompt.ts';
import type { Settings } from './settings.ts';
import type { Site, Span } from './site.ts';
import type { Snapshot, SourceText } from './snapshot.ts';

/** Time, so that tests can make their own. */
export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Milliseconds since the epoch, by the wall clock. */
  date(): number;
  /** Settles after `ms`; rejects with the signal's AbortError as soon as the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Where lines for the output channel go. Never keys, never code. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  error(line: string, error?: unknown): void;
}

/** Tokens that a request took, as the server counts them. */
export interface TokenUsage {
  readonly promptTokens: number;
  /** The part of promptTokens that the server had in its prompt cache. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
}

/** Tokens that a server counted when it was asked afterwards; undefined is what it does not tell. */
export interface ServerCount {
  readonly promptTokens: number;
  readonly completionTokens: number | undefined;
}

/** A piece of a streamed answer. */
export interface Chunk {
  readonly text: string;
  /** Tokens of this chunk; `end` counts from the start of the chunk. */
  readonly tokens?: readonly TokenLogprob[];
  readonly usage?: TokenUsage;
}

/** What a backend is asked. */
export interface BackendRequest {
  readonly prompt: Cleared<Prompt>;
  readonly site: Site;
  readonly settings: Settings;
}

/** Someone who answers prompts. */
export interface Backend {
  /** Unique, and changes when the endpoint, model or protocol changes: drafts of another id are not shown. */
  readonly id: string;
  readonly kind: 'builtin' | 'cloud' | 'local';
  readonly dialect: Dialect;
  /** How many drafts it may write at once. */
  readonly lanes: number;
  /** Whether a request costs money. */
  readonly metered: boolean;
  /** Settles when `id` and `dialect` are known, for a backend that has to ask its server first; awaited before composing. Rejects with the signal's AbortError only. */
  ready?(signal: AbortSignal): Promise<void>;
  /** The model that a request goes to, as the server names it; for the meter. */
  modelFor?(request: Pick<BackendRequest, 'site' | 'settings'>): string;
  /**
   * Asks the server that wrote an answer what it took, where its stream did not say; in nobody's way, and bounded in time. Undefined if
   * the server cannot tell.
   */
  count?(request: BackendRequest, answer: string, signal: AbortSignal): Promise<ServerCount | undefined>;
  /**
   * Streams the answer. Throws BackendError, or the signal's AbortError. Ending the iteration early hangs up.
   */
  stream(request: BackendRequest, signal: AbortSignal): AsyncIterable<Chunk>;
}

/** Files of the workspace besides the current one, as the parts may see them. */
export interface Workspace {
  /** The open documents, most recently used first, the current one included. `text` may be computed when read. */
  open(): readonly SourceText[];
  /** A file's text by workspace path, from the open document where there is one, else from disk; undefined if there is none or it may not be read. */
  read(path: string, signal: AbortSignal): Promise<SourceText | undefined>;
  /** Names in a folder of the workspace ('' is the root), folders with a trailing slash; empty if there is no such folder. */
  list(folder: string, signal: AbortSignal): Promise<readonly string[]>;
}

/** The survey of the place of the caret: synchronous, incremental, within a few milliseconds. Never throws. */
export type Survey = (snapshot: Snapshot) => Site;

/** One way to find what else the model should see. Never throws; answers what it has when the signal is aborted. */
export interface ContextSource {
  readonly name: string;
  gather(site: Site, signal: AbortSignal): Promise<readonly Snippet[]>;
}

/** All sources at once, ranked, without repetition, at most `maxChars` characters as sent. */
export type Gather = (site: Site, maxChars: number, signal: AbortSignal) => Promise<readonly Snippet[]>;

/** Says it in the backend's dialect, within the settings' token budget. */
export type Compose = (
  site: Site,
  snippets: readonly Snippet[],
  dialect: Dialect,
  settings: Settings,
) => Prompt;

/** A prompt as it may leave the machine, and the way back. */
export interface Sealed {
  readonly prompt: Cleared<Prompt>;
  /**
   * Puts the user's own secrets back where an answer so far repeats their placeholders. Until the answer has `ended`, an end that may become
   * a placeholder is held back, so that what was given once stays.
   */
  restore(answer: string, ended: boolean): string;
}

/** What a prompt may be composed of. */
export interface Clearance {
  /** The place with the text around it as it may leave: secrets replaced, hidden characters gone, far text cut off. */
  readonly site: Site;
  readonly snippets: readonly Snippet[];
  /** Where the span that was asked about lies in the cleared text. */
  readonly about: Span;
  /** The last look at what is about to be sent, and the only maker of a cleared prompt. */
  seal(prompt: Prompt): Sealed;
}

/** Guards what leaves the machine. */
export interface Guard {
  /** Whether the text of a file may leave; reads what it has to know first. Rejects only by abort. */
  mayLeave(path: string, settings: Settings, signal: AbortSignal): Promise<boolean>;
  /**
   * Clears the place and the snippets that a prompt is to be composed of; a snippet of a file that may not leave is left out. With a span to
   * ask `about`, nothing before it is cut off.
   */
  clear(site: Site, snippets: readonly Snippet[], settings: Settings, about?: Span): Clearance;
}
