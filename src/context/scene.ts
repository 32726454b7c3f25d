import type { Outline } from '../core/outline.ts';
import type { Site } from '../core/site.ts';
import type { Neighbour } from './candidate.ts';
import type { FileWords } from './fileWords.ts';

/** All that the sources look at: one keystroke's place and what is known around it. */
export interface Scene {
  readonly site: Site;
  /** The current file's outline; it may lag behind the last keys. */
  readonly own: Outline;
  /** The words of a file of the neighbourhood or of the current one. */
  wordsOf(neighbour: Neighbour): FileWords;
  /** The identifiers of the current file; it may lag behind the last keys. */
  readonly ownNames: ReadonlySet<string>;
  /** Identifiers near the caret, with how near they stand, 0 to 1. */
  readonly nearNames: ReadonlyMap<string, number>;
  /** The words that those are made of, likewise. */
  readonly nearWords: ReadonlyMap<string, number>;
  readonly neighbours: readonly Neighbour[];
}
