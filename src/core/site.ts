import type { Snapshot } from './snapshot.ts';

/** What kind of text stands around the caret. */
export type Zone = 'code' | 'comment' | 'string';

/** How much a suggestion may hold here: the rest of the line, or a block of several lines. */
export type Extent = 'line' | 'block';

/** A range of the document, in UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What the survey found out about the place of the caret. */
export interface Site {
  readonly snapshot: Snapshot;
  readonly zone: Zone;
  readonly extent: Extent;
  /** The syntactic scopes around the caret (functions, classes, blocks), innermost first; empty without a grammar. */
  readonly scopes: readonly Span[];
  /** The first line after the caret's line that is not blank, as it stands; empty at the end of the document. */
  readonly nextLine: string;
}
