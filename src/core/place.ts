import type { Snapshot } from './snapshot.ts';

/**
 * A place in a document as far as a prompt can see it: some text on both sides of the caret, and how much there is in all.
 * Comparing only this keeps a look-up among a hundred drafts of a large file below a millisecond.
 */
export interface Place {
  readonly uri: string;
  /** Offset of the caret, UTF-16. */
  readonly caret: number;
  /** Number of characters after the caret. */
  readonly remaining: number;
  /** Up to `seenBefore` characters before the caret. */
  readonly before: string;
  /** Up to `seenAfter` characters after the caret. */
  readonly after: string;
}

const seenBefore = 2000;
const seenAfter = 500;

/** Characters that editors insert by themselves to close what was opened, with the line break and indentation of a closing line. */
const closing = /^[\s)\]}>"'`;,]*$/;

/** More than this is not an auto-closed bracket but other text. */
const mostClosing = 60;

/** The place of a snapshot's caret. */
export function placeOf(snapshot: Snapshot): Place {
  const { uri, text, caret } = snapshot;
  return {
    uri,
    caret,
    remaining: text.length - caret,
    before: text.slice(Math.max(0, caret - seenBefore), caret),
    after: text.slice(caret, caret + seenAfter),
  };
}

/**
 * How a snapshot came out of a place by editing at the caret.
 * `typed`: text stands before the caret that was not there; `closed` characters after the caret are new (the editor closed
 * brackets), `overtyped` characters that stood after the caret are gone (typed over, or replaced by an accepted suggestion).
 * `deleted`: text before the place's caret is gone.
 */
export type Step =
  | { readonly kind: 'typed'; readonly text: string; readonly closed: number; readonly overtyped: number }
  | { readonly kind: 'deleted'; readonly text: string };

/** The step from a place to a snapshot, or nothing if anything else has changed within sight or the lengths do not add up. */
export function stepFrom(place: Place, snapshot: Snapshot): Step | undefined {
  if (place.uri !== snapshot.uri) return undefined;
  return snapshot.caret >= place.caret ? forward(place, snapshot) : backward(place, snapshot);
}

function forward(place: Place, { text, caret }: Snapshot): Step | undefined {
  const grown = text.length - caret - place.remaining;
  if (Math.abs(grown) > mostClosing || caret - place.caret > seenBefore) return undefined;
  if (!endsAt(text, place.caret, place.before)) return undefined;
  const typed = text.slice(place.caret, caret);
  if (grown >= 0) {
    if (!closing.test(text.slice(caret, caret + grown))) return undefined;
    if (!text.startsWith(place.after, caret + grown)) return undefined;
    return { kind: 'typed', text: typed, closed: grown, overtyped: 0 };
  }
  const gone = place.after.slice(0, -grown);
  if (!closing.test(gone) || !isSubsequence(gone.replace(/\s/g, ''), typed)) return undefined;
  if (!text.startsWith(place.after.slice(-grown), caret)) return undefined;
  return { kind: 'typed', text: typed, closed: 0, overtyped: -grown };
}

function backward(place: Place, { text, caret }: Snapshot): Step | undefined {
  const count = place.caret - caret;
  if (count > place.before.length || text.length - caret !== place.remaining) return undefined;
  const deleted = place.before.slice(-count);
  if (deleted.includes('\n')) return undefined;
  if (!endsAt(text, caret, place.before.slice(0, -count))) return undefined;
  if (!text.startsWith(place.after, caret)) return undefined;
  return { kind: 'deleted', text: deleted };
}

function endsAt(text: string, end: number, piece: string): boolean {
  return end >= piece.length && text.startsWith(piece, end - piece.length);
}

function isSubsequence(few: string, many: string): boolean {
  let from = 0;
  for (const character of few) {
    const at = many.indexOf(character, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}
