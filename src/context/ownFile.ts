import { isAbort } from '../core/errors.ts';
import { emptyOutline, type Outline, type OutlineOf } from '../core/outline.ts';
import type { Clock } from '../core/ports.ts';
import type { SourceText } from '../core/snapshot.ts';
import { createOwnNames, type Names, type OwnNames } from './ownNames.ts';

/** How long after a change of line the outline is made anew, ms: not while the user types. */
const pause = 300;

/** What is known of the current file as a whole. */
export interface OwnFile {
  /** Lags behind the last lines typed. */
  readonly outline: Outline;
  /** The identifiers of the text. */
  readonly names: Names;
}

/** Looks at the current file, for a new line of it each time. */
export type LookAtOwnFile = (source: SourceText, signal: AbortSignal) => Promise<OwnFile>;

/** Remembers the outline of the current file, so that a line typed does not wait for it. */
export function createOwnFile(outlineOf: OutlineOf, clock: Clock, life: AbortSignal): LookAtOwnFile {
  let last: { uri: string; length: number; outline: Outline; readonly names: OwnNames } | undefined;
  let refresh = new AbortController();

  async function refreshLater(snapshot: SourceText): Promise<void> {
    refresh.abort();
    refresh = new AbortController();
    const signal = AbortSignal.any([refresh.signal, life]);
    try {
      await clock.sleep(pause, signal);
      const outline = await outlineOf(snapshot, signal);
      if (last?.uri === snapshot.uri && !signal.aborted) last.outline = outline;
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
  }

  return async (snapshot, signal) => {
    const { uri, text } = snapshot;
    const known = last?.uri === uri && Math.abs(last.length - text.length) < 1000 ? last : undefined;
    if (known !== undefined) {
      known.names.update(text);
      known.length = text.length;
      void refreshLater(snapshot);
      return { outline: known.outline, names: known.names };
    }
    const names = createOwnNames();
    names.update(text);
    const outline = signal.aborted ? emptyOutline : await outlineOf(snapshot, signal);
    last = { uri, length: text.length, outline, names };
    return { outline, names };
  };
}
