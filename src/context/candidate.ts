import type { Definition, Outline } from '../core/outline.ts';
import type { SourceText } from '../core/snapshot.ts';

/** How a file belongs to the current one, closest first. */
export type Relation = 'imported' | 'package' | 'indirect' | 'open' | 'sibling';

/** A file with its outline and how it belongs to the current one. */
export interface Neighbour {
  readonly source: SourceText;
  readonly outline: Outline;
  readonly relation: Relation;
  readonly isOpen: boolean;
}

/** A definition that may be sent, as a bare name or with its signature. */
export interface Candidate {
  readonly neighbour: Neighbour;
  /** Its place in the neighbour's outline. */
  readonly index: number;
  readonly definition: Definition;
  /** How likely the next tokens need its name, 0 to 1. */
  readonly weight: number;
}
