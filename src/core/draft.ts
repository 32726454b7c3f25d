import type { Refine } from './answer.ts';
import { BackendError, isAbort } from './errors.ts';
import { type Place, placeOf, type Step, stepFrom } from './place.ts';
import type { Backend, BackendRequest, Clock, Sealed, TokenUsage } from './ports.ts';
import type { Reading } from './reading.ts';
import { Said } from './said.ts';
import type { Site } from './site.ts';
import { type Snapshot, withoutBefore } from './snapshot.ts';

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

/** A text that a model is writing, or has written, for one place in one document. */
export class Draft {
  readonly id: number;
  /** Names the part of it that is shown; another one once that was taken. */
  part: number;
  readonly backend: Backend;
  readonly place: Place;
  readonly #site: Site;
  readonly #said: Said;
  /** The place without the blanks that go with the text. */
  #ground: Place | undefined;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<() => void>();
  #error: BackendError | undefined;
  #ended = false;
  #heardAt = Number.NEGATIVE_INFINITY;
  #isEnough = false;
  /** How often a person has typed something else while it was on screen. */
  refusals = 0;
  /** Something of it has been on the screen. */
  wasShown = false;

  constructor(id: number, order: DraftOrder) {
    const { site } = order.request;
    this.id = id;
    this.part = id;
    this.backend = order.backend;
    this.place = placeOf(site.snapshot);
    this.#site = site;
    this.#said = new Said(site, order.refine, order.restore);
  }

  /** How a snapshot came out of the place, or out of what the place is without the blanks that go with the text. */
  stepTo(snapshot: Snapshot): Step | undefined {
    const { outdent } = this.#said;
    if (outdent === 0) return stepFrom(this.place, snapshot);
    this.#ground ??= placeOf(withoutBefore(this.#site.snapshot, outdent));
    return stepFrom(this.#ground, snapshot);
  }

  /** True when nothing more will be written. */
  get ended(): boolean {
    return this.#ended;
  }

  /** When it last said something, or was asked; a time of the clock that it is written by. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** The failure that ended the stream, if one did. */
  get error(): BackendError | undefined {
    return this.#error;
  }

  /** Ends the stream, if it is still running, as if it had never been. */
  abort(): void {
    this.#stop.abort();
  }

  /** Ends the stream because what it has is all that can be of use. */
  hangUp(): void {
    this.#isEnough = true;
    this.#stop.abort();
  }

  /** Calls back after every change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What is to be inserted at a site that came out of the draft's own place by this step. */
  read(step: Step, site: Site): Reading {
    if (this.#error && this.#said.isNothing) return { kind: 'failed', error: this.#error };
    return this.#said.read(step, site, this.#ended);
  }

  /** Whether text that was typed since disagrees with what there is so far. */
  isContradicted(step: Step): boolean {
    return this.#said.isContradicted(step);
  }

  /** It ended before there was anything to judge it by. */
  get isUnheard(): boolean {
    return (this.#error !== undefined && this.#said.length === 0) || (this.#isEnough && this.#said.isNothing);
  }

  /** Asks the backend and reads its answer to the end, or until a filter has enough. Never throws. */
  async write(request: BackendRequest, clock: Clock): Promise<DraftReport> {
    const started = clock.now();
    this.#heardAt = started;
    let firstTextMs: number | undefined;
    let usage: TokenUsage | undefined;
    let end: DraftReport['end'] = 'finished';
    try {
      for await (const chunk of this.backend.stream(request, this.#stop.signal)) {
        usage = chunk.usage ?? usage;
        if (chunk.text === '') continue;
        this.#heardAt = clock.now();
        firstTextMs ??= this.#heardAt - started;
        if (this.#said.add(chunk)) {
          end = 'hung-up';
          break;
        }
        this.#changed();
      }
      if (end === 'finished') this.#said.end();
    } catch (error) {
      const aborted = this.#stop.signal.aborted || isAbort(error);
      end = !aborted ? 'failed' : this.#isEnough && firstTextMs !== undefined ? 'hung-up' : 'aborted';
      if (end === 'failed') this.#error = asBackendError(error);
    }
    this.#ended = true;
    this.#changed();
    const totalMs = clock.now() - started;
    return { backend: this.backend, usage, firstTextMs, totalMs, characters: this.#said.length, end };
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
