import type { Prediction } from './prediction.ts';

/** Weight of the newest outcome in the running share. */
const pace = 0.04;
/** The share assumed before anything was seen. */
const prior = 0.5;

/**
 * How well prediction does in this file at present: the share of its guesses that came true. One guess is watched at a time, shown
 * or not, until what is typed confirms or contradicts it.
 */
export class Form {
  #path = '';
  #prefix = '';
  #watched: { at: number; guess: Prediction } | undefined;
  readonly #settled: (likelihood: number, right: boolean) => void;
  #share = prior;
  #misses = 0;

  /** `settled` hears how each watched guess came out. */
  constructor(settled: (likelihood: number, right: boolean) => void) {
    this.#settled = settled;
  }

  get share(): number {
    return this.#share;
  }

  /** Guesses contradicted since the last that came true. */
  get misses(): number {
    return this.#misses;
  }

  /** To be called with every question, before anything is predicted; `continued` if only more was typed since the last. */
  follow(path: string, prefix: string, continued: boolean): void {
    if (path !== this.#path) this.#share = prior;
    if (!continued) {
      this.#watched = undefined;
      this.#misses = 0;
    } else if (this.#watched) this.#settle(prefix.slice(this.#watched.at), this.#watched.guess);
    this.#path = path;
    this.#prefix = prefix;
  }

  /** Watches a guess, unless one is being watched. */
  guess(guess: Prediction): void {
    this.#watched ??= { at: this.#prefix.length, guess };
  }

  #settle(typed: string, { text, confidence }: Prediction): void {
    if (text.startsWith(typed) && typed.length < text.length) return;
    const right = typed.startsWith(text);
    this.#settled(confidence, right);
    this.#share += pace * ((right ? 1 : 0) - this.#share);
    this.#misses = right ? 0 : this.#misses + 1;
    this.#watched = undefined;
  }
}
