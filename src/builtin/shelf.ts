import type { Disk } from './crawl.ts';
import type { LeaveReason } from './leftOut.ts';
import type { LearnedText } from './memory.ts';

/** A file as it lies on disk. */
interface FileState {
  /** Changes when the file does. */
  readonly stamp: string;
  readonly bytes: number;
}

/** The disk, and where the memory is kept between sessions. */
export interface Shelf extends Disk {
  state(path: string): Promise<FileState | undefined>;
  /** A file's text; undefined if there is none, or it is no text or too long. `bytes` is how long it was when it was last looked at. */
  text(path: string, bytes: number): Promise<string | undefined>;
  /** Gives the saved memory; undefined if there is none. */
  load(): Promise<Uint8Array | undefined>;
  /** Throws if it cannot be kept. */
  save(bytes: Uint8Array): Promise<void>;
}

/** Larger files are not even read. */
export const maxBytes = 1_000_000;

/** What came of looking at a file on disk; `bytes` were read for it. */
export type Found =
  | { readonly path: string; readonly bytes: number; readonly kind: 'nothing' | 'same' | 'no-room' }
  | { readonly path: string; readonly bytes: number; readonly kind: 'unfit'; readonly reason: LeaveReason }
  | {
      readonly path: string;
      readonly bytes: number;
      readonly kind: 'new';
      readonly source: LearnedText & { readonly stamp: string };
    };

/** Reads a file unless it is as it was when it got its stamp. */
export async function find(
  shelf: Pick<Shelf, 'state' | 'text'>,
  path: string,
  languageId: string | undefined,
  stamp: string | undefined,
): Promise<Found> {
  const state = languageId === undefined ? undefined : await shelf.state(path);
  if (languageId === undefined || !state) return { path, bytes: 0, kind: 'nothing' };
  if (state.bytes > maxBytes) return { path, bytes: 0, kind: 'unfit', reason: 'too large' };
  if (stamp === state.stamp) return { path, bytes: 0, kind: 'same' };
  const text = await shelf.text(path, state.bytes);
  const { bytes } = state;
  if (text === undefined) return { path, bytes, kind: 'unfit', reason: 'unreadable' };
  return { path, bytes, kind: 'new', source: { path, languageId, text, stamp: state.stamp } };
}
