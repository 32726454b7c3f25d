import type { Clock } from '../core/ports.ts';

/** Least time between two steps of growing ghost text, ms: faster is not readable, and each step costs VS Code a request. */
const growthStep = 100;

/** When VS Code has not asked for so long after it was made to, it will not any more. ms. */
const patience = 1000;

/**
 * Decides when VS Code is made to ask again because there is more to show. Never while it is about to ask anyway, after a key or because it was
 * made to: each new request makes it give up the one under way and start its own pause again, so that on a busy machine none would arrive.
 */
export class Growth {
  readonly #clock: Clock;
  readonly #askAgain: () => void;
  #stop = new AbortController();
  /** The newest question; it has its answer when the two are the same. */
  #asked = 0;
  #answered = 0;
  #due = false;
  #waiting = false;
  #lastStep = Number.NEGATIVE_INFINITY;
  #lastAsked = Number.NEGATIVE_INFINITY;

  /** @param askAgain makes VS Code ask for the place of the caret */
  constructor(clock: Clock, askAgain: () => void) {
    this.#clock = clock;
    this.#askAgain = askAgain;
  }

  /** VS Code asks; tells the question's number. */
  asked(): number {
    this.#due = false;
    return this.#expect();
  }

  /** VS Code has the answer to a question. */
  answered(question: number): void {
    this.#answered = question;
    this.#wait();
  }

  /** A key was struck: VS Code will ask. */
  keyStruck(): void {
    this.#expect();
  }

  /** There is more to show. */
  grow(): void {
    this.#due = true;
    this.#wait();
  }

  /** Nothing is on the screen any more. */
  stop(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#due = false;
    this.#waiting = false;
  }

  get #isQuiet(): boolean {
    return this.#answered === this.#asked || this.#clock.now() - this.#lastAsked > patience;
  }

  #expect(): number {
    this.#lastAsked = this.#clock.now();
    this.#asked += 1;
    return this.#asked;
  }

  #wait(): void {
    if (!this.#due || this.#waiting || !this.#isQuiet) return;
    this.#waiting = true;
    const step = this.#lastStep + growthStep - this.#clock.now();
    this.#clock.sleep(step, this.#stop.signal).then(
      () => this.#step(),
      () => undefined,
    );
  }

  #step(): void {
    this.#waiting = false;
    if (!this.#due || !this.#isQuiet) return;
    this.#due = false;
    this.#lastStep = this.#clock.now();
    this.#expect();
    this.#askAgain();
  }
}
