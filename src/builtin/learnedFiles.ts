import { freshIndentation, type Indentation } from './indentation.ts';

/** A file that is remembered: where its tokens lie in the trail. */
export interface LearnedFile {
  readonly path: string;
  readonly languageId: string;
  /** Tells whether the file has changed since; empty if nobody asked. */
  readonly stamp: string;
  readonly start: number;
  readonly end: number;
  /** How it is indented: columns of a level, 0 if unknown, and whether by tabs. */
  readonly unit: number;
  readonly tabs: boolean;
}

interface Entry {
  readonly file: LearnedFile;
  readonly folder: number;
  alive: boolean;
}

/** The table of the files that were learned, by path and by place. */
export class LearnedFiles {
  readonly #entries: Entry[] = [];
  readonly #byPath = new Map<string, number>();
  readonly #folders = new Map<string, number>();
  /** How many files lie below each folder, however deep. */
  readonly #below = new Map<string, number>();
  readonly #units = new Map<string, Map<string, number>>();

  get count(): number {
    return this.#byPath.size;
  }

  /** Takes a file in; its tokens lie behind those of all others. */
  add(file: LearnedFile): void {
    const parent = parentOf(file.path);
    const folder = this.#folders.get(parent) ?? this.#folders.size;
    this.#folders.set(parent, folder);
    this.#byPath.set(file.path, this.#entries.length);
    this.#entries.push({ file, folder, alive: true });
    this.#countUnit(file, 1);
    this.#countBelow(file.path, 1);
  }

  /** Strikes a file out and gives what was known of it. */
  remove(path: string): LearnedFile | undefined {
    const entry = this.#entries[this.#byPath.get(path) ?? -1];
    if (!entry) return undefined;
    entry.alive = false;
    this.#byPath.delete(path);
    this.#countUnit(entry.file, -1);
    this.#countBelow(path, -1);
    return entry.file;
  }

  get(path: string): LearnedFile | undefined {
    return this.#entries[this.#byPath.get(path) ?? -1]?.file;
  }

  /** The remembered files in the order of their places. */
  all(): readonly LearnedFile[] {
    return this.#entries.filter(({ alive }) => alive).map(({ file }) => file);
  }

  /** The paths of the remembered files below a folder; found out at once where there are none. */
  below(folder: string): readonly string[] {
    if (!this.#below.has(folder)) return [];
    return [...this.#byPath.keys()].filter((path) => path.startsWith(`${folder}/`));
  }

  /** The number of the file in which a place lies; -1 if it is remembered no longer. */
  at(place: number): number {
    let low = 0;
    let high = this.#entries.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#entries[middle]?.file.start ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    const entry = this.#entries[low];
    return entry?.alive && place < entry.file.end ? low : -1;
  }

  /** The number of the file of this path; -1 if it is not known. */
  numberOf(path: string): number {
    return this.#byPath.get(path) ?? -1;
  }

  /** The number of the folder in which a file lies; equal for files of one folder. */
  folderOf(file: number): number {
    return this.#entries[file]?.folder ?? -1;
  }

  /** The number of the folder of a path; -2 if no known file lies in it. */
  folderAt(path: string): number {
    return this.#folders.get(parentOf(path)) ?? -2;
  }

  /** How most files of a language are indented. */
  usualIndentation(languageId: string): Indentation {
    let best = '';
    let most = 0;
    for (const [unit, count] of this.#units.get(languageId) ?? []) {
      if (count > most) [best, most] = [unit, count];
    }
    return freshIndentation(Number(best.slice(1)) || 0, best.startsWith('t'));
  }

  #countBelow(path: string, by: 1 | -1): void {
    for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) {
      const count = (this.#below.get(folder) ?? 0) + by;
      if (count > 0) this.#below.set(folder, count);
      else this.#below.delete(folder);
    }
  }

  #countUnit({ languageId, unit, tabs }: LearnedFile, by: 1 | -1): void {
    if (unit === 0) return;
    const units = this.#units.get(languageId) ?? new Map<string, number>();
    const name = `${tabs ? 't' : 's'}${unit}`;
    units.set(name, (units.get(name) ?? 0) + by);
    this.#units.set(languageId, units);
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
