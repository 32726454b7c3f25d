import type { Page } from 'playwright-core';
import type { Look } from './typist.ts';

/**
 * Looks at each frame of the window, from now on, right after it was painted: before that, the editor has taken the lines below the caret off the
 * page at once and puts text into its lines only while it renders the frame, so that a look in between would miss what the person sees all the time.
 */
export async function watchScreen(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    const seen = { sights: [], frames: 0, longestFrame: 0 };
    const clock = () => performance.timeOrigin + performance.now();
    let last = '';
    let before = performance.now();
    const painted = new MessageChannel();
    painted.port1.onmessage = () => {
      const text = foretypeScreen.ghost();
      if (text !== last) { last = text; seen.sights.push({ kind: 'ghost', at: clock(), text }); }
    };
    const frame = () => {
      const time = performance.now();
      seen.longestFrame = Math.max(seen.longestFrame, time - before);
      before = time;
      seen.frames += 1;
      painted.port2.postMessage(undefined);
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
