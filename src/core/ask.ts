import type { Settings } from './settings.ts';
import type { Snapshot } from './snapshot.ts';

/** What the editor knows about the moment besides the text. */
export interface Circumstances {
  /** The scheme or kind of document in which suggestions are out of place (output, source control, search, read-only). */
  readonly unsuitable: boolean;
  readonly selecting: boolean;
  /** Number of cursors. */
  readonly cursors: number;
  /** The caret was put here by moving it, and nothing was typed since. */
  readonly caretMoved: boolean;
  /** The entry selected in the suggestion list does not continue what is typed. */
  readonly popupDisagrees: boolean;
  /** The document is so large that its text was not even read: the snapshot's is empty. */
  readonly tooLarge: boolean;
  /** Paused by the user. */
  readonly paused: boolean;
}

/** One keystroke's question. */
export interface Ask {
  readonly snapshot: Snapshot;
  /** `typing` for a key or a refresh of what is shown; `invoked` when the user asked by hand. */
  readonly trigger: 'typing' | 'invoked';
  readonly circumstances: Circumstances;
  readonly settings: Settings;
  /** Aborted when the keystroke is superseded: ends the waiting, never the writing of a draft. */
  readonly signal: AbortSignal;
}
