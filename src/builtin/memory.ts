import { freshIndentation, type Indentation } from './indentation.ts';
import { scan } from './scan.ts';
import { Trail } from './trail.ts';
import { fileEnd, fileStart, type Vocabulary } from './vocabulary.ts';

/** A file of the workspace, as the predictor takes it in. */
export interface LearnedText {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
}

interface LearnedFile {
  readonly path: string;
  readonly languageId: string;
  readonly folder: number;
  readonly start: number;
  readonly end: number;
  alive: boolean;
}

/** Largest text that is learned, in UTF-16 units; larger sources are nearly always generated. */
const maxTextLength = 1_000_000;
/** Mean length of a line above which a text is taken for minified, and the longest single line. */
const maxMeanLine = 200;
const maxLine = 10_000;

/** Enough for some millions of tokens: 2 MB for each length of context. */
const slots = 1 << 19;

/** The files of the workspace as one long trail of tokens. */
export class Memory {
  readonly #vocabulary: Vocabulary;
  trail: Trail;
  #files: LearnedFile[] = [];
  readonly #byPath = new Map<string, number>();
  readonly #folders = new Map<string, number>();
  readonly #units = new Map<string, Map<string, number>>();

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.trail = new Trail(vocabulary, slots);
  }

  get fileCount(): number {
    return this.#byPath.size;
  }

  /** Takes a file in, in place of what was known of it; false if it is too large or not written by hand. */
  learn(source: LearnedText): boolean {
    this.forget(source.path);
    if (!worthLearning(source.text)) return false;
    const start = this.trail.length;
    const indentation = freshIndentation();
    this.trail.push(this.#vocabulary.intern(fileStart) * 2);
    scan(source.text, 0, source.text.length, indentation, this.#vocabulary, (token) => {
      this.trail.push(token);
      this.#vocabulary.countUse(token >>> 1, 1);
    });
    this.trail.push(this.#vocabulary.intern(fileEnd) * 2);
    const { path, languageId } = source;
    this.#byPath.set(path, this.#files.length);
    const parent = parentOf(path);
    const folder = this.#folders.get(parent) ?? this.#folders.size;
    this.#folders.set(parent, folder);
    this.#files.push({ path, languageId, folder, start, end: this.trail.length, alive: true });
    if (indentation.unit > 0) this.#noteUnit(languageId, indentation);
    return true;
  }

  /** Makes a file's code count no longer. */
  forget(path: string): void {
    const index = this.#byPath.get(path);
    const file = index === undefined ? undefined : this.#files[index];
    if (!file) return;
    file.alive = false;
    this.#byPath.delete(path);
    for (let place = file.start + 1; place < file.end - 1; place++) {
      this.#vocabulary.countUse((this.trail.tokens[place] ?? 0) >>> 1, -1);
    }
  }

  /** The number of the file in which a place lies; -1 if it was forgotten. */
  fileAt(place: number): number {
    let low = 0;
    let high = this.#files.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#files[middle]?.start ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return this.#files[low]?.alive ? low : -1;
  }

  /** The number of the file of this path; -1 if it is not known. */
  fileOf(path: string): number {
    return this.#byPath.get(path) ?? -1;
  }

  /** The number of the folder in which a file lies; equal for files of one folder. */
  folderOf(file: number): number {
    return this.#files[file]?.folder ?? -1;
  }

  /** The number of the folder of a path; -1 if no known file lies in it. */
  folderAt(path: string): number {
    return this.#folders.get(parentOf(path)) ?? -1;
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

  #noteUnit(languageId: string, { unit, tabs }: Indentation): void {
    const units = this.#units.get(languageId) ?? new Map<string, number>();
    const name = `${tabs ? 't' : 's'}${unit}`;
    units.set(name, (units.get(name) ?? 0) + 1);
    this.#units.set(languageId, units);
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Whether a text looks written by people: of bearable size, with lines of bearable length, without NUL characters. */
export function worthLearning(text: string): boolean {
  if (text.length > maxTextLength || text.includes('\0')) return false;
  let lines = 1;
  let from = 0;
  for (;;) {
    const newline = text.indexOf('\n', from);
    if ((newline < 0 ? text.length : newline) - from > maxLine) return false;
    if (newline < 0) break;
    lines++;
    from = newline + 1;
  }
  return text.length / lines <= maxMeanLine;
}
