import type { Import, Outline } from '../core/outline.ts';
import type { SourceText } from '../core/snapshot.ts';
import type { Files } from './files.ts';

/** A file with its outline, asking for what it imports. */
export interface Importer {
  readonly source: SourceText;
  readonly outline: Outline;
}

/** The paths of the workspace's files that an import means; empty for a library. */
export type Resolve = (
  wanted: Import,
  from: Importer,
  files: Files,
  signal: AbortSignal,
) => Promise<readonly string[]>;
