import type { Clock, Log } from './ports.ts';
import type { BackendKind } from './settings.ts';
import {
  emptyRow,
  type HostRow,
  latencyClass,
  merged,
  noStats,
  parseStats,
  type Stats,
  type StatsRow,
} from './stats.ts';
import { Survival, type TextEdit } from './survival.ts';

/** Small files that outlive the window and that all windows see. Each window writes only its own, so no two ever write the same. */
export interface Shelf {
  list(): Promise<readonly string[]>;
  /** Undefined if there is no such file. */
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** A suggestion that was put on screen. */
export interface ShownEvent {
  /** Names the suggestion: shown again, longer, it is the same. */
  readonly draft: number;
  readonly backend: BackendKind;
  readonly language: string;
  /** From the key to the screen, ms. */
  readonly latencyMs: number;
}

/** How the names of the files end. */
const suffix = '.stats.json';
/** Days that are kept. */
export const keptDays = 90;
/** How long counts wait to be written, ms: a crash loses no more. */
const writeDelay = 20_000;
/** Suggestions whose backend and language are remembered until they are accepted. */
const mostRemembered = 200;

/** Counts what suggestions are worth, in this window; the totals are the sum over all windows. */
export class StatsRecorder {
  readonly #name: string;
  readonly #shelf: Shelf;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #survival = new Survival();
  readonly #remembered = new Map<number, Pick<StatsRow, 'backend' | 'language'>>();
  readonly #closing = new AbortController();
  #own: Stats = noStats;
  /** Of the other windows, when they were last read. */
  #others: Stats = noStats;
  #written = false;
  #failing = false;
  readonly #damaged = new Set<string>();
  #writing: Promise<void> | undefined;

  /** @param id the window's own, unique among all windows that ever were */
  constructor(id: string, shelf: Shelf, clock: Clock, log: Log) {
    this.#name = `${id}${suffix}`;
    this.#shelf = shelf;
    this.#clock = clock;
    this.#log = log;
  }

  /** Counted once for each draft, however often it is shown again. */
  shown({ draft, backend, language, latencyMs }: ShownEvent): void {
    if (this.#remembered.has(draft)) return;
    this.#remembered.set(draft, { backend, language });
    const oldest = this.#remembered.keys().next();
    if (this.#remembered.size > mostRemembered && oldest.done !== true) this.#remembered.delete(oldest.value);
    const row = emptyRow(this.#today(), backend, language);
    this.#add({ ...row, shown: 1, latency: row.latency.with(latencyClass(latencyMs), 1) });
  }

  /** A draft was taken: `text` now stands at `start` in the document. */
  accepted(draft: number, uri: string, start: number, text: string): void {
    const of = this.#remembered.get(draft);
    if (of === undefined || text === '') return;
    const row = emptyRow(this.#today(), of.backend, of.language);
    this.#add({ ...row, accepted: 1, characters: text.length });
    this.#survival.follow(uri, start, text, this.#clock.now(), (survived) =>
      this.#add({ ...row, checked: 1, survived: survived ? 1 : 0 }),
    );
  }

  /** A document was edited, by anyone. */
  edited(uri: string, edits: readonly TextEdit[]): void {
    this.#survival.due(this.#clock.now());
    this.#survival.edited(uri, edits);
  }

  /** A request went to a host and an answer came back. */
  sent(host: string, sentBytes: number, receivedBytes: number): void {
    const row: HostRow = { day: this.#today(), host, requests: 1, sentBytes, receivedBytes };
    this.#own = merged([this.#own, { rows: [], hosts: [row] }]);
    this.#writeSoon();
  }

  /** What was accepted today: in this window up to now, in the others up to the last `read`. */
  today(): { readonly accepted: number; readonly acceptedCharacters: number } {
    const today = this.#today();
    const rows = [...this.#own.rows, ...this.#others.rows].filter(({ day }) => day === today);
    return {
      accepted: rows.reduce((sum, { accepted }) => sum + accepted, 0),
      acceptedCharacters: rows.reduce((sum, { characters }) => sum + characters, 0),
    };
  }

  /** The sum over all windows, this one up to now; days beyond `keptDays` are left out and their files removed. */
  async read(): Promise<Stats> {
    this.#survival.due(this.#clock.now());
    const oldest = dayOf(this.#clock.date() - keptDays * 86_400_000);
    const parts = await this.#readOthers();
    // A damaged file has no days; its window may be alive and write it anew.
    const isOld = ({ rows, hosts }: Stats): boolean =>
      rows.length + hosts.length > 0 && [...rows, ...hosts].every(({ day }) => day < oldest);
    for (const { name, stats } of parts) if (isOld(stats)) await this.#shelf.remove(name);
    this.#others = merged(parts.map(({ stats }) => stats));
    const { rows, hosts } = merged([this.#others, this.#own]);
    return { rows: rows.filter(({ day }) => day >= oldest), hosts: hosts.filter(({ day }) => day >= oldest) };
  }

  /** Forgets everything, of all windows; the others find their file gone and start anew. */
  async erase(): Promise<void> {
    this.#own = noStats;
    this.#others = noStats;
    this.#written = false;
    for (const name of await this.#names()) await this.#shelf.remove(name);
  }

  /** Writes what is not written yet. */
  async close(): Promise<void> {
    this.#survival.due(this.#clock.now());
    this.#closing.abort();
    await this.#writing;
  }

  #add(row: StatsRow): void {
    this.#own = merged([this.#own, { rows: [row], hosts: [] }]);
    this.#writeSoon();
  }

  #writeSoon(): void {
    this.#writing ??= this.#clock
      .sleep(writeDelay, this.#closing.signal)
      .catch(() => undefined) // Closing ends the wait, and what is counted is written all the same.
      .then(() => this.#write())
      .catch((error: unknown) => this.#failed(error));
  }

  /** A disk that is full or locked may be so no longer a little later; a window that closes has tried its last. */
  #failed(error: unknown): void {
    if (!this.#failing) this.#log.error('The statistics could not be written.', error);
    this.#failing = true;
    if (!this.#closing.signal.aborted) this.#writeSoon();
  }

  async #write(): Promise<void> {
    this.#writing = undefined;
    // Erased by another window: what was counted before is to be forgotten here as well.
    if (this.#written && !(await this.#names()).includes(this.#name)) this.#own = noStats;
    if (this.#own === noStats) return;
    await this.#shelf.write(this.#name, JSON.stringify(this.#own));
    if (this.#failing) this.#log.info('The statistics are written again.');
    this.#failing = false;
    this.#written = true;
  }

  async #names(): Promise<readonly string[]> {
    return (await this.#shelf.list()).filter((name) => name.endsWith(suffix));
  }

  async #readOthers(): Promise<readonly { readonly name: string; readonly stats: Stats }[]> {
    const names = (await this.#names()).filter((name) => name !== this.#name);
    const files = await Promise.all(
      names.map(async (name) => ({ name, text: (await this.#shelf.read(name)) ?? '' })),
    );
    return files.map(({ name, text }) => {
      const stats = parseStats(text);
      if (text !== '' && stats.rows.length + stats.hosts.length === 0 && !this.#damaged.has(name)) {
        this.#damaged.add(name);
        this.#log.warn(`${name} is damaged; what it counted is left out.`);
      }
      return { name, stats };
    });
  }

  #today(): string {
    return dayOf(this.#clock.date());
  }
}

/** The day of a time in ms since the epoch, in the user's own time zone. */
export function dayOf(time: number): string {
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
