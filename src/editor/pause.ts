import type { Clock } from '../core/ports.ts';

/** Whether suggestions are paused, and until when. */
export interface Pause {
  /** Milliseconds since the epoch, `Infinity` for until resumed, undefined while not paused. */
  until(): number | undefined;
  /** Pauses for `ms`, which may be `Infinity`. */
  start(ms: number): void;
  resume(): void;
  dispose(): void;
}

/** Not paused at first; `changed` hears when a pause starts and ends, also when its time is over. */
export function createPause(clock: Clock, changed: () => void): Pause {
  let until: number | undefined;
  let waiting = new AbortController();

  function end(): void {
    waiting.abort();
    if (until === undefined) return;
    until = undefined;
    changed();
  }

  return {
    until: () => until,
    start: (ms) => {
      waiting.abort();
      waiting = new AbortController();
      until = Number.isFinite(ms) ? clock.date() + ms : ms;
      if (Number.isFinite(ms)) clock.sleep(ms, waiting.signal).then(end, () => undefined);
      changed();
    },
    resume: end,
    dispose: () => waiting.abort(),
  };
}
