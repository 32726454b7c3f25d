import type { Zone } from '../core/site.ts';
import type { LearnedText } from './memory.ts';
import type { Prediction } from './prediction.ts';

/** A folder of the workspace: where it lies, and what its files' workspace paths begin with ('' if it is the only one). */
export interface IndexedFolder {
  readonly folder: string;
  readonly prefix: string;
}

/** A question; the text before the caret is given as what changed since the last one. */
export interface AskMessage {
  readonly op: 'ask';
  readonly id: number;
  readonly path: string;
  readonly languageId: string;
  /** Characters of the last prefix that still hold, and what follows them now. */
  readonly keep: number;
  readonly add: string;
  /** Undefined if it is the same as last time. */
  readonly suffix: string | undefined;
  readonly zone: Zone | undefined;
}

/** What the extension tells the thread that holds the predictor. */
export type ToIndexer =
  /** Reads the workspace; `store` is the file that the memory is kept in between sessions, `exclude` patterns as in .gitignore. */
  | {
      readonly op: 'open';
      readonly folders: readonly IndexedFolder[];
      readonly store: string | undefined;
      readonly exclude: readonly string[];
    }
  | { readonly op: 'learn'; readonly source: LearnedText }
  /** A file was made, changed or deleted on disk: looks at it again. */
  | { readonly op: 'look'; readonly path: string }
  | { readonly op: 'forget'; readonly path: string }
  | AskMessage
  /** Saves what is known; answered by `closed`. */
  | { readonly op: 'close' };

/** What it answers. */
export type FromIndexer =
  | { readonly op: 'answer'; readonly id: number; readonly prediction: Prediction | undefined }
  | { readonly op: 'progress'; readonly files: number }
  | { readonly op: 'indexed'; readonly files: number; readonly tokens: number; readonly ms: number }
  | { readonly op: 'log'; readonly level: 'info' | 'warn'; readonly line: string }
  | { readonly op: 'closed' };
