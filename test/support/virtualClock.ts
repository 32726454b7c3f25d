import type { Clock } from '../../src/core/ports.ts';

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly fire: () => void;
}

/** Time that passes only when a test says so. */
export class VirtualClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now = 0;
  #order = 0;

  now(): number {
    return this.#now;
  }

  /** Noon of 1 March 2026, UTC, at the start. */
  date(): number {
    return Date.UTC(2026, 2, 1, 12) + this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const abort = () => {
        this.#timers.delete(timer);
        reject(signal.reason);
      };
      const fire = () => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      const timer = { due: this.#now + Math.max(0, ms), order: this.#order++, fire };
      this.#timers.add(timer);
      signal.addEventListener('abort', abort, { once: true });
    });
  }

  /** Timers that nobody has waited out or aborted. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets time pass, with all that it sets off. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await turn();
    for (;;) {
      const next = this.#next();
      if (!next || next.due > end) break;
      this.#now = next.due;
      this.#timers.delete(next);
      next.fire();
      await turn();
    }
    this.#now = end;
  }

  #next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) {
        first = timer;
      }
    }
    return first;
  }
}

/** One turn of the event loop: everything that is ready runs. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
