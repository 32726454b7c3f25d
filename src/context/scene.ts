import type { Outline } from '../core/outline.ts';
import type { Site } from '../core/site.ts';
import type { Neighbour } from './candidate.ts';

/** All that the sources look at: one keystroke's place and what is known around it. */
export interface Scene {
  readonly site: Site;
  /** The current file's outline; it may lag behind the last keys. */
  readonly own: Outline;
  /** The identifiers of the current file; it may lag behind the last keys. */
  readonly ownNames: ReadonlySet<string>;
  /** Words of the identifiers near the caret, with how near they stand, 0 to 1. */
  readonly nearWords: ReadonlyMap<string, number>;
  readonly neighbours: readonly Neighbour[];
  /** Identifiers of each open file, by path. */
  readonly openNames: ReadonlyMap<string, ReadonlySet<string>>;
}
