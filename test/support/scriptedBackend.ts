import type { BackendError } from '../../src/core/errors.ts';
import type { Backend, BackendRequest, Chunk, Clock } from '../../src/core/ports.ts';

/** What a scripted model does with one request. */
export interface Script {
  /** The whole answer, or the error to throw after `failAfter` characters. */
  readonly text: string;
  /** Milliseconds to the first chunk. */
  readonly firstMs?: number;
  /** Milliseconds between chunks. */
  readonly everyMs?: number;
  /** Characters of a chunk. */
  readonly chunk?: number;
  readonly error?: BackendError;
  readonly failAfter?: number;
  /** Never ends after the text. */
  readonly hang?: boolean;
}

/** A stream as the test sees it. */
export interface ScriptedRequest {
  readonly prefix: string;
  readonly at: number;
  state: 'running' | 'ended' | 'hung-up';
  characters: number;
}

/** A backend in virtual time that answers as it is told. */
export class ScriptedBackend implements Backend {
  readonly id: string;
  readonly kind: Backend['kind'];
  readonly dialect = { kind: 'chat' } as const;
  readonly lanes: number;
  readonly metered: boolean;
  readonly requests: ScriptedRequest[] = [];
  readonly #clock: Clock;
  readonly #script: (request: BackendRequest) => Script;

  constructor(
    clock: Clock,
    script: (request: BackendRequest) => Script,
    options: { id?: string; kind?: Backend['kind']; lanes?: number; metered?: boolean } = {},
  ) {
    this.#clock = clock;
    this.#script = script;
    this.id = options.id ?? 'scripted';
    this.kind = options.kind ?? 'cloud';
    this.lanes = options.lanes ?? 2;
    this.metered = options.metered ?? true;
  }

  /** Streams that have neither ended nor been hung up. */
  get running(): number {
    return this.requests.filter(({ state }) => state === 'running').length;
  }

  async *stream(request: BackendRequest, signal: AbortSignal): AsyncGenerator<Chunk> {
    const { text, caret } = request.site.snapshot;
    const record: ScriptedRequest = {
      prefix: text.slice(0, caret),
      at: this.#clock.now(),
      state: 'running',
      characters: 0,
    };
    this.requests.push(record);
    try {
      const script = this.#script(request);
      await this.#clock.sleep(script.firstMs ?? 400, signal);
      const size = script.chunk ?? 4;
      for (let at = 0; at < script.text.length; at += size) {
        if (at > 0) await this.#clock.sleep(script.everyMs ?? 9, signal);
        if (script.error && at >= (script.failAfter ?? 0)) throw script.error;
        const piece = script.text.slice(at, at + size);
        record.characters += piece.length;
        yield { text: piece };
      }
      if (script.error) throw script.error;
      if (script.hang) await this.#clock.sleep(Number.MAX_SAFE_INTEGER, signal);
      record.state = 'ended';
    } finally {
      if (record.state === 'running') record.state = 'hung-up';
    }
  }
}
