import type { Clock } from '../core/ports.ts';
import { ahead } from './ahead.ts';
import { type CrawlRules, crawl } from './crawl.ts';
import { LeftOut } from './leftOut.ts';
import type { Predictor, Sliced } from './predictor.ts';
import { type Found, find, type Shelf } from './shelf.ts';

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
/** Files that are read while one is learned: the disk answers late, but many at once. */
const readAhead = 8;
/** Names that are passed over at one go, with nothing to wait for. */
const atOnce = 500;
/** Files looked at, and bytes read, in one pass: one through nothing but generated code ends as well. */
const maxLooked = 100_000;
const maxRead = 500_000_000;
/** Files learned at most; a workspace with more is known in part, from its top down. */
const maxFiles = 30_000;
/** Tokens of the workspace: about 140 MB of memory, and room for what is edited. */
const maxTokens = 5_000_000;

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
      let left = await this.#renew(roots, progress, signal);
      if (left === 'for now') {
        await this.#run(this.#predictor.tidy());
        left = await this.#renew(roots, progress, signal);
      }
      const files = this.#predictor.paths().length;
      if (left) this.#ports.log.warn(`the workspace is too large: only ${files} files of it are known.`);
      return files;
    });
  }

  /** Brings the code of a file, or of all files of a folder, up to date with the disk; `signal` ends the reading of a folder. */
  look(path: string, signal: AbortSignal): Promise<unknown> {
    return this.#queue(async () => {
      const skipped = this.#ports.rules.skips(path) || this.#ports.rules.skips(`${path}/`);
      if (!skipped && (await this.#take(await this.#find(path)))) return;
      this.#forget(path);
      if (!skipped && this.#ports.languageOf(path) === undefined) await this.#read([path], signal, () => {});
    });
  }

  /** Learns a text that is not, or not yet, on disk. */
  learn(source: Parameters<Predictor['learn']>[0]): Promise<unknown> {
    return this.#queue(async () => {
      if (!this.#ports.rules.skips(source.path)) await this.#run(this.#predictor.learnInSlices(source));
      this.#changed = true;
    });
  }

  /** Makes the code of a file, or of all files of a folder, count no longer. */
  forget(path: string): Promise<unknown> {
    return this.#queue(async () => this.#forget(path));
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

  /** Reads what is below the roots and forgets what is not there any more; tells whether files had to be left out, if only until there was room. */
  async #renew(
    roots: readonly string[],
    progress: (files: number) => void,
    signal: AbortSignal,
  ): Promise<false | true | 'for now'> {
    const gone = new Set(this.#predictor.paths());
    const { ended, left } = await this.#read(roots, signal, (path, known) => {
      gone.delete(path);
      if (known % 100 === 0) progress(known);
    });
    if (!ended) return left;
    let at = 0;
    for (const path of gone) {
      this.#predictor.forget(path);
      this.#changed = true;
      if (++at % atOnce === 0) await this.#ports.breathe();
    }
    return left && gone.size > 0 ? 'for now' : left;
  }

  #forget(path: string): void {
    const known = this.#predictor.stampOf(path) !== undefined;
    // The deletion of a folder is told without those of its files.
    const gone = known ? [path] : this.#predictor.pathsBelow(path);
    for (const each of gone) this.#predictor.forget(each);
    if (gone.length > 0) this.#changed = true;
  }

  /**
   * Takes in what lies below the folders; `known` hears of each file, and how many there are by then. Tells whether all was looked at,
   * and whether files had to be left out.
   */
  async #read(
    folders: readonly string[],
    signal: AbortSignal,
    known: (path: string, files: number) => void,
  ): Promise<{ ended: boolean; left: boolean }> {
    let files = 0;
    let looked = 0;
    let bytes = 0;
    let passed = 0;
    let left = false;
    const leftOut = new LeftOut();
    const end = (ended: boolean) => {
      const line = leftOut.line();
      if (line) this.#ports.log.info(line);
      return { ended, left };
    };
    const begin = async (path: string): Promise<Found> => {
      const { files: held, tokens } = this.#predictor.figures();
      const room = held < maxFiles && tokens < maxTokens;
      const mine = this.#ports.languageOf(path) === undefined || this.#predictor.stampOf(path) !== undefined;
      return room || mine ? this.#find(path) : { path, bytes: 0, kind: 'no-room' };
    };
    for await (const found of ahead(crawl(this.#ports.shelf, folders, this.#ports.rules), begin, readAhead)) {
      left ||= found.kind === 'no-room' || looked >= maxLooked || bytes >= maxRead;
      if (signal.aborted || looked >= maxLooked || bytes >= maxRead) return end(false);
      if (++passed % atOnce === 0) await this.#ports.breathe();
      if (found.kind !== 'no-room' && this.#ports.languageOf(found.path) !== undefined) looked++;
      bytes += found.bytes;
      if (found.kind === 'unfit') leftOut.note(found.reason, found.path);
      else if (await this.#take(found)) known(found.path, ++files);
      else if (found.kind === 'new') leftOut.note('generated or minified', found.path);
    }
    return end(!signal.aborted);
  }

  async #load(): Promise<void> {
    const bytes = await this.#ports.shelf.load();
    if (bytes && !(await this.#run(this.#predictor.load(bytes))))
      this.#ports.log.warn('the saved index is damaged, or another version\u2019s, and is built anew.');
  }

  #find(path: string): Promise<Found> {
    const { shelf, languageOf } = this.#ports;
    return find(shelf, path, languageOf(path), this.#predictor.stampOf(path));
  }

  /** Whether the file is known after all. */
  async #take(found: Found): Promise<boolean> {
    if (found.kind !== 'new') return found.kind === 'same';
    this.#changed = true;
    return this.#run(this.#predictor.learnInSlices(found.source));
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
