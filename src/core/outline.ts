import type { Span } from './site.ts';
import type { Snapshot, SourceText } from './snapshot.ts';

/** What a definition defines, in words that hold across languages. */
export type DefinitionKind = 'function' | 'method' | 'type' | 'constant' | 'field' | 'module';

/** A name that a file declares. */
export interface Definition {
  readonly name: string;
  readonly kind: DefinitionKind;
  /** The whole definition with its body. */
  readonly span: Span;
  /** All before the body on one line, white space collapsed, at most 200 characters. */
  readonly signature: string;
  /** The index, in the outline's list, of the definition that this one is a member of; -1 at the top level. */
  readonly container: number;
  /** From where the language lets it be named. */
  readonly reach: 'everywhere' | 'package' | 'file';
  /** True for what is declared inside a function body. */
  readonly local: boolean;
}

/** One import, include, use or require as written. */
export interface Import {
  /** The module's path or dotted name without quotes, as written. */
  readonly path: string;
  /** The names taken from it, as the other file declares them; empty where the import takes all. */
  readonly names: readonly string[];
  /** True where the path stands in double quotes, which in C says that it starts at this file's folder. */
  readonly near: boolean;
}

/** What a file declares and takes from others. Definitions stand in the order of the text. */
export interface Outline {
  readonly definitions: readonly Definition[];
  readonly imports: readonly Import[];
  /** The package, namespace or module that the file says it belongs to; empty where it says none. */
  readonly packageName: string;
  /** Type name to the names of what it extends or implements. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
}

/** The outline of a file; from memory where its version is known. Never rejects: a file that cannot be parsed has an empty outline. */
export type OutlineOf = (source: SourceText, signal: AbortSignal) => Promise<Outline>;

/**
 * The bare name of the type that the text gives to a variable, parameter or field which can be seen at the caret; undefined where it
 * tells none. Synchronous; never throws.
 */
export type TypeOf = (snapshot: Snapshot, name: string) => string | undefined;

/** The outline of nothing. */
export const emptyOutline: Outline = {
  definitions: [],
  imports: [],
  packageName: '',
  parents: new Map(),
};
