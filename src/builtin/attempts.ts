/** A suggestion that was shown and not taken. */
interface Attempt {
  /** The offset of the caret at which it was shown. */
  readonly at: number;
  readonly text: string;
}

/** Attempts are forgotten when typing is this many characters past their start. */
const maxAge = 400;

/**
 * What was offered and typed past instead of taken, at the place that is being typed. Someone who types on the first letters
 * of a suggestion did not want it to its end: it is not offered again until the caret leaves.
 */
export class Attempts {
  #prefix = '';
  #open: Attempt[] = [];

  /** To be called with every question, before anything is offered; `continued` if only more was typed since the last. */
  follow(prefix: string, continued: boolean): void {
    if (!continued) this.#open = [];
    else {
      this.#open = this.#open.filter(({ at, text }) => {
        const typed = prefix.slice(at);
        return typed.length < Math.min(text.length, maxAge) && text.startsWith(typed);
      });
    }
    this.#prefix = prefix;
  }

  /** Whether text at the caret would again offer what was typed past. */
  refutes(text: string): boolean {
    if (this.#open.length === 0) return false;
    return this.#open.some((attempt) => (this.#prefix.slice(attempt.at) + text).startsWith(attempt.text));
  }

  /** Notes what is shown now. */
  offer(text: string): void {
    this.#open.push({ at: this.#prefix.length, text });
  }
}
