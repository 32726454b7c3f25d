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
  #text = '';
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
    const text = suffix.slice(0, reach);
    const gone = this.#text.length - text.length;
    if (gone === 0 && text === this.#text) return;
    if (gone > 0 && suffix.length <= reach && this.#text.slice(gone) === text) {
      this.#first = this.#ends.findIndex((end) => end > gone) + 1 || this.trail.length;
      return;
    }
    this.#text = text;
    this.#ends = [];
    this.#first = 0;
    this.trail.truncate(0);
    scan(text, 0, text.length, freshIndentation(), this.#vocabulary, (token, end) => {
      this.trail.push(token);
      this.#ends.push(end);
    });
  }
}
