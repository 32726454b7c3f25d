import type { Draft } from './draft.ts';
import type { Found } from './drafts.ts';
import { breaksAtEnter } from './nextLine.ts';
import type { Reading } from './reading.ts';
import type { Site } from './site.ts';

/** A first part that says less than this, part of a word or three signs, is not shown before it has grown or ended. */
const worthShowing = /[\p{L}\p{N}_]{2}|(?:\S\s*){3}/u;

/** Waits until a draft has something worth showing at a site, or says that it has not. Rejects with the signal's AbortError. */
export async function readable({ draft, step }: Found, site: Site, signal: AbortSignal): Promise<Reading> {
  for (;;) {
    signal.throwIfAborted();
    const reading = draft.read(step, site);
    if (!isScrap(reading) && !mayYetFit(reading, site)) return reading;
    await nextChange(draft, signal);
  }
}

/** Whether a draft has nothing yet, or too little to be looked at. */
export function isScrap(reading: Reading): boolean {
  if (reading.kind !== 'text') return reading.kind === 'waiting';
  return !reading.ended && !worthShowing.test(reading.text);
}

/** Whether it cannot be shown as it is, and perhaps can when it is whole. */
function mayYetFit(reading: Reading, site: Site): boolean {
  return reading.kind === 'text' && !reading.ended && breaksAtEnter(reading, site);
}

function nextChange(draft: Draft, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      stop();
      reject(signal.reason);
    };
    const stop = draft.onChange(() => {
      stop();
      signal.removeEventListener('abort', abort);
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
  });
}
