import type { Backend, Clock } from './ports.ts';
import { linePrefixOf, lineSuffixOf, type Snapshot } from './snapshot.ts';

/** A typist's interval between keys before anything is known, ms (Tabby assumes 200, measured medians lie at 120 to 180). */
const usualInterval = 150;

/** Intervals outside of this are pauses for thought or key repeat, not rhythm. ms. */
const shortestInterval = 30;
const longestInterval = 600;

/** Weight of the newest interval in the moving average. */
const learning = 0.15;

/**
 * Pauses as multiples of the interval between keys, and how much longer they get with each draft that was opened in vain. A request is cheap where what
 * it brings agrees with the keys struck meanwhile, so a model that mostly knows is asked at once (`npm run bench:keys`: half as many keys to
 * type as with pauses of a whole interval, for the same number of requests), and one that does not only where the typist stops.
 */
const insideWord = { first: 0.4, more: 0.3 };
const betweenWords = { first: 0.2, more: 0.2 };
const mostMisses = 4;

/** Time to a first text before anything is known, ms; from `slow` on, a question asked in vain takes the lane for so long that a better place is waited for. */
const usualLatency = 400;
const slow = 800;
const mostLate = 3;

/** What stands before the caret where a line may well be finished: the next key is Enter, and a thought comes with it. */
const endsLine = /[;{}]$/;

/** Half-life of the reluctance that rejections leave behind, ms. */
const forgiveness = 20_000;

/** Typing against this many suggestions at once lengthens the pause no further. */
const mostReluctance = 6;

/** How long to wait after a key before a model is asked. */
export class Pace {
  readonly #clock: Clock;
  #lastChange = Number.NEGATIVE_INFINITY;
  #interval = usualInterval;
  #reluctance = 0;
  #reluctantSince = 0;
  #eager = false;
  #latency = usualLatency;
  /** Drafts in a row that were given up before anything of them was shown. */
  #misses = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * A document changed by typing: the pause runs from there.
   *
   * @param at when, on the clock
   */
  changed(at: number): void {
    const interval = at - this.#lastChange;
    if (interval >= shortestInterval && interval <= longestInterval) {
      this.#interval += learning * (interval - this.#interval);
    }
    this.#lastChange = at;
    this.#eager = false;
  }

  /** A backend sent its first text so long after it was asked, ms. */
  answered(firstTextMs: number): void {
    this.#latency += learning * (firstTextMs - this.#latency);
  }

  /** A suggestion was taken: the next question needs no pause. */
  accepted(): void {
    this.#eager = true;
    this.#reluctance = 0;
  }

  /** A suggestion was taken, and nothing was typed since. */
  get isEager(): boolean {
    return this.#eager;
  }

  /** A draft was given up for another before anything of it was shown. */
  missed(): void {
    this.#misses = Math.min(mostMisses, this.#misses + 1);
  }

  /** Something was shown. */
  shown(): void {
    this.#misses = 0;
  }

  /** A suggestion that was on screen was typed against. */
  rejected(): void {
    this.#reluctance = Math.min(mostReluctance, this.reluctance + 1);
    this.#reluctantSince = this.#clock.now();
  }

  /** How many rejections still weigh, with decay. */
  get reluctance(): number {
    return this.#reluctance * 0.5 ** ((this.#clock.now() - this.#reluctantSince) / forgiveness);
  }

  /**
   * Milliseconds still to wait before a backend is asked at this place; less than one, which no timer can wait, is none.
   *
   * @param floor the user's least pause, ms
   * @param backend what is to be asked: whether that costs money, and how many drafts it writes at once
   */
  pause(snapshot: Snapshot, floor: number, backend: Pick<Backend, 'metered' | 'lanes'>): number {
    const since = this.#clock.now() - this.#lastChange;
    const left = Math.max(floor, this.#intended(snapshot, backend)) - since;
    return left < 1 ? 0 : left;
  }

  #intended(snapshot: Snapshot, { metered, lanes }: Pick<Backend, 'metered' | 'lanes'>): number {
    if (this.#eager) return 0;
    // What costs nothing and answers soon, or has room for the next question, is asked at each key.
    if (!metered && (lanes > 1 || this.#latency < slow)) return 0;
    const prefix = linePrefixOf(snapshot);
    const startsLine = prefix.trim() === '' && lineSuffixOf(snapshot).trim() === '';
    if (startsLine || endsLine.test(prefix)) return this.reluctance * this.#interval;
    const { first, more } = /[\p{L}\p{N}_$]$/u.test(prefix) ? insideWord : betweenWords;
    const late = Math.min(mostLate, Math.max(1, this.#latency / slow));
    return (first * late + this.#misses * more + this.reluctance) * this.#interval;
  }
}
