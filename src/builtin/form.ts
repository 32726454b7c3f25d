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
  #watched: { at: number; text: string } | undefined;
  #share = prior;
  #misses = 0;

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
    } else if (this.#watched) this.#settle(prefix.slice(this.#watched.at), this.#watched.text);
    this.#path = path;
    this.#prefix = prefix;
  }

  /** Watches a guess, unless one is being watched. */
  guess(text: string): void {
    this.#watched ??= { at: this.#prefix.length, text };
  }

  #settle(typed: string, guess: string): void {
    if (guess.startsWith(typed) && typed.length < guess.length) return;
    const right = typed.startsWith(guess);
    this.#share += pace * ((right ? 1 : 0) - this.#share);
    this.#misses = right ? 0 : this.#misses + 1;
    this.#watched = undefined;
  }
}
