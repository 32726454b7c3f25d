import type { Ask } from './ask.ts';
import type { Draft } from './draft.ts';
import type { Found } from './drafts.ts';
import type { Stopwatch } from './history.ts';
import type { Opener } from './opener.ts';
import type { SilentReason } from './outcome.ts';
import type { Pace } from './pace.ts';
import type { Backend, Clock } from './ports.ts';
import type { Site } from './site.ts';

/** Timers fire so much later than they are set to, at least half of the time, ms. What is left of a pause by then is none (`Pace.pause`). */
const timerLateness = 0.9;

/** So long before a pause ends the request is got ready, ms: most prompts are by then, and whoever types on sooner has cost nothing. */
const headStart = 30;

/** Waits as long as the pace wants it, and has a draft opened then. */
export class Pause {
  readonly #opener: Opener;
  readonly #pace: Pace;
  readonly #clock: Clock;
  /** The draft that was opened last. */
  #newest: Draft | undefined;

  constructor(opener: Opener, pace: Pace, clock: Clock) {
    this.#opener = opener;
    this.#pace = pace;
    this.#clock = clock;
  }

  /**
   * Opens a draft when the pause is over; nothing if there was a pause, for a draft may be there by now. Rejects with the signal's AbortError.
   *
   * @param lap takes down how long the pause and the opening took
   */
  async open(
    ask: Ask,
    site: Site,
    backend: Backend,
    lap: Stopwatch,
  ): Promise<Found | SilentReason | undefined> {
    const floor = ask.settings['suggest.delay'];
    const pause = ask.trigger === 'invoked' ? 0 : this.#pace.pause(ask.snapshot, floor, backend);
    if (pause > 0) {
      await this.#wait(pause, ask, site, backend);
      lap.end('pause');
      return undefined;
    }
    const opened = await this.#opener.open(ask, site, backend);
    if (typeof opened === 'object' && opened.draft !== this.#newest) {
      if (this.#newest?.wasShown === false) this.#pace.missed();
      this.#newest = opened.draft;
    }
    lap.end('open');
    return opened;
  }

  async #wait(pause: number, ask: Ask, site: Site, backend: Backend): Promise<void> {
    const clock = this.#clock;
    const end = clock.now() + pause;
    if (pause > headStart) await clock.sleep(pause - headStart, ask.signal);
    this.#opener.getReady(ask, site, backend);
    const left = end - timerLateness - clock.now();
    if (left > 0) await clock.sleep(left, ask.signal);
  }
}
