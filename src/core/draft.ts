import type { Answer, Refine, TokenLogprob, Verdict } from './answer.ts';
import { BackendError, isAbort } from './errors.ts';
import type { SilentReason } from './outcome.ts';
import { type Place, placeOf, type Step } from './place.ts';
import type { Backend, BackendRequest, Chunk, Clock, Sealed, TokenUsage } from './ports.ts';
import { remainderOf } from './remainder.ts';
import type { Site } from './site.ts';
import { linePrefixOf } from './snapshot.ts';

/** An answer longer than this is no completion: hang up. Characters. */
const longestAnswer = 50_000;

/** What became of a request, for the meter and the history. */
export interface DraftReport {
  readonly backend: Backend;
  readonly usage: TokenUsage | undefined;
  /** Milliseconds from the request to the first text; undefined if none came. */
  readonly firstTextMs: number | undefined;
  readonly totalMs: number;
  readonly characters: number;
  readonly end: 'finished' | 'hung-up' | 'aborted' | 'failed';
}

/** What is to be written, by whom, and how it is read. */
export interface DraftOrder {
  readonly backend: Backend;
  readonly request: BackendRequest;
  readonly refine: Refine;
  readonly restore: Sealed['restore'];
}

/** What a draft has to say at a place. */
export type Reading =
  | { readonly kind: 'text'; readonly text: string; readonly replace: number; readonly ended: boolean }
  /** Nothing certain yet. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'nothing'; readonly reason: SilentReason }
  | { readonly kind: 'failed'; readonly error: BackendError }
  /** What was typed since disagrees, or all of it has been typed. */
  | { readonly kind: 'over' };

/** A text that a model is writing, or has written, for one place in one document. */
export class Draft {
  readonly id: number;
  readonly backend: Backend;
  readonly place: Place;
  readonly #site: Site;
  readonly #atIndentation: boolean;
  readonly #refine: Refine;
  readonly #restore: Sealed['restore'];
  readonly #stop = new AbortController();
  readonly #listeners = new Set<() => void>();
  #text = '';
  #tokens: readonly TokenLogprob[] = [];
  #verdict: Verdict = { kind: 'keep', text: '', replace: 0 };
  #error: BackendError | undefined;
  #ended = false;
  /** How often a person has typed something else while it was on screen. */
  refusals = 0;

  constructor(id: number, order: DraftOrder) {
    const { site } = order.request;
    this.id = id;
    this.backend = order.backend;
    this.place = placeOf(site.snapshot);
    this.#site = site;
    this.#atIndentation = /^\s*$/.test(linePrefixOf(site.snapshot));
    this.#refine = order.refine;
    this.#restore = order.restore;
  }

  /** True when nothing more will be written. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Ends the stream, if it is still running. */
  abort(): void {
    this.#stop.abort();
  }

  /** Calls back after every change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What is to be inserted at a site that came out of the draft's own place by this step. */
  read(step: Step, site: Site): Reading {
    if (this.#error && this.#verdictText === '') return { kind: 'failed', error: this.#error };
    if (this.#verdict.kind === 'drop') {
      return step.text === '' ? { kind: 'nothing', reason: this.#verdict.reason } : { kind: 'over' };
    }
    const { text, replace } = this.#verdict;
    if (this.#ended && text.trim() === '' && step.text === '') {
      return { kind: 'nothing', reason: 'nothing-answered' };
    }
    const remainder = remainderOf(step, text, replace, this.#ended, this.#atIndentation);
    if (remainder.kind === 'contradicted') return { kind: 'over' };
    if (remainder.kind === 'unknown') return { kind: 'waiting' };
    const rest = step.kind === 'typed' && step.closed > 0 ? this.#again(remainder.text, site) : remainder;
    if (rest.text.trim() === '') return this.#ended ? { kind: 'over' } : { kind: 'waiting' };
    return { kind: 'text', text: rest.text, replace: rest.replace, ended: this.#ended };
  }

  /** Asks the backend and reads its answer to the end, or until a filter has enough. Never throws. */
  async write(request: BackendRequest, clock: Clock): Promise<DraftReport> {
    const started = clock.now();
    let firstTextMs: number | undefined;
    let usage: TokenUsage | undefined;
    let end: DraftReport['end'] = 'finished';
    try {
      for await (const chunk of this.backend.stream(request, this.#stop.signal)) {
        usage = chunk.usage ?? usage;
        if (chunk.text === '') continue;
        firstTextMs ??= clock.now() - started;
        this.#append(chunk);
        if (this.#verdict.kind !== 'keep' || this.#text.length > longestAnswer) {
          end = 'hung-up';
          break;
        }
        this.#changed();
      }
      if (this.#verdict.kind === 'keep') this.#verdict = this.#judge(true);
    } catch (error) {
      end = this.#stop.signal.aborted || isAbort(error) ? 'aborted' : 'failed';
      if (end === 'failed') this.#error = asBackendError(error);
    }
    this.#ended = true;
    this.#changed();
    const totalMs = clock.now() - started;
    return { backend: this.backend, usage, firstTextMs, totalMs, characters: this.#text.length, end };
  }

  /** The failure that ended the stream, if one did. */
  get error(): BackendError | undefined {
    return this.#error;
  }

  get #verdictText(): string {
    return this.#verdict.kind === 'drop' ? '' : this.#verdict.text;
  }

  #append(chunk: Chunk): void {
    const offset = this.#text.length;
    this.#text += chunk.text;
    if (chunk.tokens) {
      const moved = chunk.tokens.map(({ end, logprob }) => ({ end: end + offset, logprob }));
      this.#tokens = [...this.#tokens, ...moved];
    }
    this.#verdict = this.#judge(false);
  }

  #judge(ended: boolean): Verdict {
    const text = this.#restore(this.#text, ended);
    return this.#refine({ text, ended, tokens: this.#tokens }, this.#site);
  }

  /** The editor has closed brackets since: the rest is held against the text that now follows the caret. */
  #again(text: string, site: Site): { readonly text: string; readonly replace: number } {
    const answer: Answer = { text, ended: this.#ended, tokens: [] };
    const verdict = this.#refine(answer, site);
    return verdict.kind === 'drop' ? { text: '', replace: 0 } : verdict;
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function asBackendError(error: unknown): BackendError {
  if (error instanceof BackendError) return error;
  return new BackendError('garbled', error instanceof Error ? error.message : String(error), {
    cause: error,
  });
}
