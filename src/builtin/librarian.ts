import type { Clock } from '../core/ports.ts';
import { type CrawlRules, crawl, type Disk } from './crawl.ts';
import type { Predictor, Sliced } from './predictor.ts';

/** A file as it lies on disk. */
interface FileState {
  /** Changes when the file does. */
  readonly stamp: string;
  readonly bytes: number;
}

/** The disk, and where the memory is kept between sessions. */
export interface Shelf extends Disk {
  state(path: string): Promise<FileState | undefined>;
  text(path: string): Promise<string | undefined>;
  /** Gives the saved memory; undefined if there is none. */
  load(): Promise<Uint8Array | undefined>;
  /** Throws if it cannot be kept. */
  save(bytes: Uint8Array): Promise<void>;
}

/** What the librarian needs from around it. */
export interface LibrarianPorts {
  readonly shelf: Shelf;
  readonly rules: CrawlRules;
  readonly clock: Pick<Clock, 'now'>;
  readonly languageOf: (path: string) => string | undefined;
  /** Lets waiting questions be answered. */
  readonly breathe: () => Promise<void>;
  readonly log: { info(line: string): void; warn(line: string): void };
}

/** Work is laid down after so many ms, so that a question never waits longer. */
const sliceMs = 4;
/** Larger files are not even read. */
const maxBytes = 1_000_000;
/** Files learned at most; a workspace with more is known in part, from its top down. */
const maxFiles = 30_000;
/** Tokens of the workspace: about 110 MB of memory, and room for what is edited. */
const maxTokens = 3_500_000;

/** Keeps the predictor's memory in line with the disk. Its tasks are done one after the other, in slices. */
export class Librarian {
  readonly #predictor: Predictor;
  readonly #ports: LibrarianPorts;
  #last: Promise<unknown> = Promise.resolve();
  #changed = false;

  constructor(predictor: Predictor, ports: LibrarianPorts) {
    this.#predictor = predictor;
    this.#ports = ports;
  }

  /** Loads what was saved, then reads what is new or changed below the roots; gives the number of files known. */
  index(roots: readonly string[], progress: (files: number) => void, signal: AbortSignal): Promise<number> {
    return this.#queue(async () => {
      if (this.#predictor.paths().length === 0) await this.#load();
      const before = new Set(this.#predictor.paths());
      let files = 0;
      let full = false;
      for await (const path of crawl(this.#ports.shelf, roots, this.#ports.rules)) {
        full = files >= maxFiles || this.#predictor.figures().tokens >= maxTokens;
        if (signal.aborted || full) break;
        if (this.#ports.languageOf(path) === undefined) continue;
        if (await this.#look(path)) {
          files++;
          before.delete(path);
          if (files % 100 === 0) progress(files);
        }
      }
      if (!signal.aborted && !full) for (const path of before) this.#predictor.forget(path);
      if (full) this.#ports.log.warn(`only the first ${files} files of the workspace are known.`);
      return this.#predictor.paths().length;
    });
  }

  /** Brings one file's code up to date with the disk. */
  look(path: string): Promise<unknown> {
    return this.#queue(async () => {
      if (this.#ports.rules.skips(path) || !(await this.#look(path))) this.#predictor.forget(path);
    });
  }

  /** Learns a text that is not, or not yet, on disk. */
  learn(source: Parameters<Predictor['learn']>[0]): Promise<unknown> {
    return this.#queue(async () => {
      if (!this.#ports.rules.skips(source.path)) await this.#run(this.#predictor.learnInSlices(source));
      this.#changed = true;
    });
  }

  forget(path: string): Promise<unknown> {
    return this.#queue(async () => {
      this.#predictor.forget(path);
      this.#changed = true;
    });
  }

  /** Drops what was deleted, and saves, if anything changed. */
  keep(): Promise<unknown> {
    return this.#queue(async () => {
      if (!this.#changed) return;
      await this.#run(this.#predictor.tidy());
      this.#changed = false;
      try {
        await this.#ports.shelf.save(await this.#run(this.#predictor.save()));
      } catch (error) {
        this.#ports.log.warn(`the index could not be saved: ${String(error)}`);
      }
    });
  }

  async #load(): Promise<void> {
    const bytes = await this.#ports.shelf.load();
    if (bytes && !(await this.#run(this.#predictor.load(bytes))))
      this.#ports.log.warn('the saved index was damaged and is built anew.');
  }

  /** Whether the file is known after all. */
  async #look(path: string): Promise<boolean> {
    const { shelf, languageOf } = this.#ports;
    const languageId = languageOf(path);
    const state = await shelf.state(path);
    if (languageId === undefined || !state || state.bytes > maxBytes) return false;
    if (this.#predictor.stampOf(path) === state.stamp) return true;
    const text = await shelf.text(path);
    if (text === undefined) return false;
    this.#changed = true;
    return this.#run(this.#predictor.learnInSlices({ path, languageId, text, stamp: state.stamp }));
  }

  async #run<Result>(work: Sliced<Result>): Promise<Result> {
    const { clock, breathe } = this.#ports;
    let started = clock.now();
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
      if (clock.now() - started < sliceMs) continue;
      await breathe();
      started = clock.now();
    }
  }

  #queue<Result>(task: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(task);
    this.#last = done.catch(() => {});
    return done;
  }
}
