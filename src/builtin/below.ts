import { freshIndentation } from './indentation.ts';
import type { Files } from './recall.ts';
import { scan } from './scan.ts';
import { Trail } from './trail.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Characters below the caret that are looked at. */
const reach = 40_000;
/** Different contexts told apart. */
const slots = 1 << 13;

/** The text below the caret, as a trail of tokens. It is cut anew only when it is another text, not when it merely gets shorter. */
export class Below {
  readonly trail: Trail;
  readonly #vocabulary: Vocabulary;
  /** The text after the caret when it was cut. */
  #cut = '';
  #ends: number[] = [];
  #first = 0;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.trail = new Trail(vocabulary, slots);
  }

  /** Which places count: those that still lie below. */
  readonly files: Files = {
    at: (place) => (place >= this.#first ? -3 : -1),
    isNear: () => false,
  };

  /** Brings the trail up to date with the text after the caret. */
  follow(suffix: string): void {
    const gone = this.#cut.length - suffix.length;
    if (gone >= 0 && gone < reach / 2 && this.#cut.endsWith(suffix)) {
      if (this.#first > 0 && (this.#ends[this.#first - 1] ?? 0) > gone) this.#first = 0;
      // The token in which the caret stands now is above it in part.
      while (this.#first < this.#ends.length && this.#startOf(this.#first) < gone) this.#first++;
      return;
    }
    const text = suffix.slice(0, reach);
    this.#cut = suffix;
    this.#ends = [];
    this.#first = 0;
    this.trail.truncate(0);
    scan(text, 0, text.length, freshIndentation(), this.#vocabulary, (token, end) => {
      this.trail.push(token);
      this.#ends.push(end);
    });
  }

  #startOf(token: number): number {
    return this.#ends[token - 1] ?? 0;
  }
}
