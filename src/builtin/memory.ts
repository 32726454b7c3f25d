import { freshIndentation } from './indentation.ts';
import { type LearnedFile, LearnedFiles } from './learnedFiles.ts';
import { Pairs } from './pairs.ts';
import { scan } from './scan.ts';
import { Trail } from './trail.ts';
import { fileEnd, fileStart, Vocabulary } from './vocabulary.ts';
import { worthLearning } from './worthLearning.ts';

/** A file of the workspace, as the predictor takes it in. */
export interface LearnedText {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  /** Anything that changes when the file does, to tell later whether it must be read again. */
  readonly stamp?: string;
}

/** Enough different contexts for some millions of tokens: 2 MB for each length of context. */
const slots = 1 << 19;
/** Tokens beyond which not even a saved file is taken in before what was deleted is dropped: about 220 MB of memory. */
const maxTokens = 8_000_000;
/** Characters that are cut into tokens at one go: about a millisecond. */
const sliceLength = 8192;
/** Tokens that are taken over at one go: about a millisecond. */
const sliceTokens = 8192;
/** Tokens of deleted code that are carried along before the rest is copied. */
const maxDead = 300_000;

/** The files of the workspace as one long trail of tokens. */
export class Memory {
  readonly vocabulary: Vocabulary;
  readonly trail: Trail;
  readonly files = new LearnedFiles();
  readonly pairs = new Pairs();
  #dead = 0;

  constructor(vocabulary = new Vocabulary()) {
    this.vocabulary = vocabulary;
    this.trail = new Trail(vocabulary, slots);
  }

  /** Whether so much of what is held was deleted or replaced that a copy without it is worth the time. */
  get worn(): boolean {
    return this.#dead > maxDead && this.#dead > this.trail.length / 3;
  }

  /**
   * Takes a file in, in place of what was known of it, in slices of about a millisecond; gives false if it is too large or not
   * written by hand. One file at a time: the slices of two must not mix.
   */
  *learn({ path, languageId, stamp, text }: LearnedText): Generator<undefined, boolean> {
    this.forget(path);
    if (!worthLearning(text) || this.trail.length > maxTokens) return false;
    const start = this.trail.length;
    const indentation = freshIndentation();
    const take = (token: number): void => this.#take(token);
    take(this.vocabulary.intern(fileStart) * 2);
    for (let at = 0, reach = sliceLength; at < text.length; ) {
      const newline = text.indexOf('\n', at + reach);
      const end = newline < 0 ? text.length : newline;
      const done = scan(text, at, end, indentation, this.vocabulary, take);
      if (end === text.length) break;
      // Blank lines are one token, however many there are: nothing is taken of it until its end is seen.
      reach = done === at ? reach * 2 : sliceLength;
      at = done;
      yield;
    }
    take(this.vocabulary.intern(fileEnd) * 2);
    const { unit, tabs } = indentation;
    this.files.add({ path, languageId, stamp: stamp ?? '', start, end: this.trail.length, unit, tabs });
    return true;
  }

  /** Makes a file's code count no longer. */
  forget(path: string): void {
    const file = this.files.remove(path);
    if (!file) return;
    this.#dead += file.end - file.start;
    for (let place = file.start; place < file.end; place++) this.#count(place, -1);
  }

  /** Takes in a file that was cut into tokens earlier, in slices; `tokens` are those of this memory's vocabulary. */
  *adopt(file: Omit<LearnedFile, 'start' | 'end'>, tokens: Int32Array): Generator<undefined, void> {
    this.forget(file.path);
    const start = this.trail.length;
    for (const token of tokens) {
      this.#take(token);
      if (this.trail.length % sliceTokens === 0) yield;
    }
    this.files.add({ ...file, start, end: this.trail.length });
  }

  /** A copy without what was deleted, made in slices; its vocabulary holds only words that are in use. */
  *copy(): Generator<undefined, Memory> {
    const fresh = new Memory();
    for (const file of this.files.all()) {
      const tokens = this.trail.tokens.slice(file.start, file.end);
      for (const [at, token] of tokens.entries())
        tokens[at] = fresh.vocabulary.intern(this.vocabulary.textOf(token >>> 1)) * 2 + (token & 1);
      yield* fresh.adopt(file, tokens);
      yield;
    }
    return fresh;
  }

  #take(token: number): void {
    this.trail.push(token);
    this.#count(this.trail.length - 1, 1);
  }

  /** Counts the token at a place as used there, or no longer. */
  #count(place: number, by: 1 | -1): void {
    const { tokens } = this.trail;
    const id = (tokens[place] ?? 0) >>> 1;
    this.vocabulary.countUse(id, by);
    if (place > 1) this.pairs.count((tokens[place - 2] ?? 0) >>> 1, (tokens[place - 1] ?? 0) >>> 1, id, by);
  }
}
