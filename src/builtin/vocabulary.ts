/** What a token is, as far as prediction cares. */
export const tokenKind = { word: 0, keyword: 1, number: 2, mark: 3, newline: 4, space: 5, edge: 6 } as const;

/** Words that keep their place when two pieces of code are compared by shape; the union over the languages that matter most. */
const keywords = new Set(
  (
    'if else for while do return function const let var class def import from export default new this self super ' +
    'async await try catch finally throw raise except with as in is not and or pass break continue switch case ' +
    'extends implements interface type enum public private protected static readonly abstract void typeof instanceof ' +
    'func package struct map chan go defer range select nil true false null undefined None True False lambda yield ' +
    'int char float double long short unsigned signed bool string number boolean size_t sizeof goto typedef union ' +
    'include define ifdef ifndef endif elif assert del global print len make append err error require module fn pub ' +
    'use mut impl match where trait mod crate end then local begin require_relative namespace using template'
  ).split(' '),
);

/** Marks the start of every file, so that what files begin with can be predicted. */
export const fileStart = '\u0002';
/** Marks the end of every file. */
export const fileEnd = '\u0003';

/** Stands for the word that is being typed when it was never seen before. */
const newWord = '\u0004';

/** Every distinct token text of the workspace, named by a small number. */
export class Vocabulary {
  readonly texts: string[] = [];
  /** The number of the word that is being typed when it was never seen before. */
  readonly newWord: number;
  readonly #ids = new Map<string, number>();
  #kinds = new Uint8Array(4096);
  #uses = new Int32Array(4096);
  /** Chains of words that start with the same three characters. */
  readonly #families = new Map<number, number[]>();

  constructor() {
    this.intern(fileStart);
    this.intern(fileEnd);
    this.newWord = this.intern(newWord);
  }

  /** The number of this text, given out on first sight. */
  intern(text: string): number {
    const known = this.#ids.get(text);
    return known === undefined ? this.#add(text) : known;
  }

  textOf(id: number): string {
    return this.texts[id] ?? '';
  }

  kindOf(id: number): number {
    return this.#kinds[id] ?? tokenKind.mark;
  }

  /** What is left of a token when names and numbers are all alike: a negative number for those, its own number for the rest. */
  shapeOf(id: number): number {
    const kind = this.#kinds[id];
    return kind === tokenKind.word ? -1 : kind === tokenKind.number ? -2 : id;
  }

  /** How often the files that are remembered use it. */
  usesOf(id: number): number {
    return this.#uses[id] ?? 0;
  }

  countUse(id: number, by: 1 | -1): void {
    this.#uses[id] = (this.#uses[id] ?? 0) + by;
  }

  knows(text: string): boolean {
    return this.#ids.has(text);
  }

  /** All words that share their first three characters with `text` (which has at least three). */
  family(text: string): readonly number[] {
    return this.#families.get(familyKey(text)) ?? [];
  }

  #add(text: string): number {
    const id = this.texts.length;
    this.texts.push(flat(text));
    this.#ids.set(this.textOf(id), id);
    if (id >= this.#kinds.length) {
      const kinds = new Uint8Array(id * 2);
      kinds.set(this.#kinds);
      this.#kinds = kinds;
      const uses = new Int32Array(id * 2);
      uses.set(this.#uses);
      this.#uses = uses;
    }
    const kind = classify(text);
    this.#kinds[id] = kind;
    if (kind <= tokenKind.keyword && text.length > 3) {
      const key = familyKey(text);
      const family = this.#families.get(key);
      if (family) family.push(id);
      else this.#families.set(key, [id]);
    }
    return id;
  }
}

function familyKey(text: string): number {
  return (text.charCodeAt(0) * 65_599 + text.charCodeAt(1)) * 65_599 + text.charCodeAt(2);
}

/** A copy that does not keep the file alive that it was cut out of: engines make long slices views of their parent. */
function flat(text: string): string {
  return text.length < 13 ? text : Array.from(text).join('');
}

function classify(text: string): number {
  const code = text.charCodeAt(0);
  if (text === fileStart || text === fileEnd) return tokenKind.edge;
  if (text === newWord) return tokenKind.word;
  if (code === 10) return tokenKind.newline;
  if (code === 32 || code === 9) return tokenKind.space;
  if (code >= 48 && code <= 57) return tokenKind.number;
  if (isWordCode(code)) return keywords.has(text) ? tokenKind.keyword : tokenKind.word;
  return tokenKind.mark;
}

/** Letters, digits, `_`, `$` and everything beyond ASCII. */
export function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code > 127
  );
}
