import type { Page } from 'playwright-core';

/** A ghost text from some frame on, or a key. Times in ms since the epoch. */
export interface Sight {
  readonly kind: 'ghost' | 'key';
  readonly at: number;
  readonly text: string;
}

/** What was seen since the last look. */
export interface Look {
  readonly sights: readonly Sight[];
  readonly ghost: string;
  /** The suggestion widget is open. */
  readonly popup: boolean;
  readonly frames: number;
  /** The longest time between two frames, ms: how well anything on this screen can be timed. */
  readonly longestFrame: number;
}

/** Looks at each animation frame of the window, from now on. */
export async function watchScreen(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    const seen = { sights: [], frames: 0, longestFrame: 0 };
    const clock = () => performance.timeOrigin + performance.now();
    let last = '';
    let before = performance.now();
    const frame = () => {
      const text = foretypeScreen.ghost();
      const time = performance.now();
      seen.longestFrame = Math.max(seen.longestFrame, time - before);
      before = time;
      seen.frames += 1;
      if (text !== last) { last = text; seen.sights.push({ kind: 'ghost', at: clock(), text }); }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    addEventListener('keydown', (event) => seen.sights.push({ kind: 'key', at: clock(), text: event.key }), { capture: true });
    globalThis.replayLook = () => {
      const popup = document.querySelector('.suggest-widget.visible') !== null;
      const look = { ...seen, ghost: foretypeScreen.ghost(), popup };
      seen.sights = [];
      seen.frames = 0;
      seen.longestFrame = 0;
      return look;
    };
  })()`);
}

/** What has been seen since the last look. */
export function lookAt(page: Page): Promise<Look> {
  return page.evaluate<Look>('replayLook()');
}
