import type { Parser, Tree } from 'web-tree-sitter';
import { differenceOf } from '../core/difference.ts';
import { isAbort } from '../core/errors.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { SourceText } from '../core/snapshot.ts';
import { shift } from './difference.ts';
import type { Grammar, Grammars } from './grammars.ts';

/** A document with the tree of its text. The tree belongs to the collection: do not keep it, do not delete it. */
export interface Parsed {
  readonly grammar: Grammar;
  readonly tree: Tree;
  readonly text: string;
}

/** The trees of the documents that are typed in, one each. */
export interface Trees {
  /**
   * The tree of this text, parsed from the last one of the same uri. Undefined while there is no grammar or no tree yet;
   * a tree that is only shifted, not parsed anew, where the time limit did not suffice (parsing then goes on by itself).
   */
  now(source: SourceText): Parsed | undefined;
  /** The same, waiting for grammar and parse; undefined where there cannot be a tree. */
  settled(source: SourceText, signal: AbortSignal): Promise<Parsed | undefined>;
  /** Whether a tree is kept for the document. */
  has(uri: string): boolean;
  close(uri: string): void;
  dispose(): void;
}

/** How long one key may wait for the parser, ms: of the 5 ms of a keystroke, the rest is for finding what changed and asking the tree. */
const keyLimit = 2;
/** How long a parse in the background holds the thread at a time, ms: half a frame. */
export const sliceLimit = 8;
/** Trees kept; the least recently used go. A tree takes some 15 times its text. */
const maxTrees = 16;
/** Characters of all texts with a tree, about 90 MB of trees. */
const maxTreeCharacters = 6_000_000;
/** Longer texts are not parsed (generated or minified code; VS Code stops highlighting at 20 MB, peers at 1 to 5). */
export const maxParsedCharacters = 2_000_000;

interface Entry {
  readonly grammar: Grammar;
  readonly parser: Parser;
  tree: Tree | undefined;
  /** The text that the tree's offsets belong to. */
  text: string;
  /** False where the tree was shifted by an edit and not parsed since. */
  fresh: boolean;
  /** The parse in the background: ended by abort, settled in any case. */
  job: { readonly controller: AbortController; readonly done: Promise<void> } | undefined;
}

/** Keeps the trees, bounded in number and size. */
export function createTrees(grammars: Grammars, clock: Clock, log: Log): Trees {
  /** In order of last use. */
  const entries = new Map<string, Entry>();

  function drop(uri: string, entry: Entry): void {
    entry.job?.controller.abort();
    entry.job = undefined;
    entry.tree?.delete();
    entry.tree = undefined;
    entry.parser.delete();
    entries.delete(uri);
  }

  function touch(source: SourceText, grammar: Grammar): Entry {
    let entry = entries.get(source.uri);
    if (entry !== undefined && entry.grammar !== grammar) {
      drop(source.uri, entry);
      entry = undefined;
    }
    if (entry === undefined) {
      entry = {
        grammar,
        parser: grammar.newParser(),
        tree: undefined,
        text: '',
        fresh: false,
        job: undefined,
      };
    }
    entries.delete(source.uri);
    entries.set(source.uri, entry);
    let characters = 0;
    for (const kept of entries.values()) characters += kept.text.length;
    for (const [uri, oldest] of entries) {
      if (oldest === entry || (entries.size <= maxTrees && characters <= maxTreeCharacters)) break;
      characters -= oldest.text.length;
      drop(uri, oldest);
    }
    return entry;
  }

  function parse(entry: Entry, text: string, limit: number): Tree | null {
    const end = clock.now() + limit;
    return entry.parser.parse(text, entry.tree ?? null, { progressCallback: () => clock.now() > end });
  }

  function accept(entry: Entry, text: string, tree: Tree): void {
    entry.tree?.delete();
    entry.tree = tree;
    entry.text = text;
    entry.fresh = true;
  }

  /** Goes on with a parse that the parser has begun and the time limit cut. */
  function goOn(entry: Entry, text: string): void {
    const controller = new AbortController();
    const run = async () => {
      try {
        for (;;) {
          await clock.sleep(0, controller.signal);
          const tree = parse(entry, text, sliceLimit);
          if (tree !== null) {
            accept(entry, text, tree);
            break;
          }
        }
      } catch (error) {
        if (!isAbort(error)) log.error(`Parsing ${entry.grammar.languageId} failed.`, error);
      } finally {
        if (entry.job?.controller === controller) entry.job = undefined;
      }
    };
    entry.job = { controller, done: run() };
  }

  /** Brings the tree to the text as far as the limit allows. */
  function advance(entry: Entry, text: string): void {
    if (entry.tree === undefined) {
      if (entry.job !== undefined) return;
    } else {
      if (entry.fresh && entry.text === text) return;
      if (entry.text === text && entry.job !== undefined) return;
      if (entry.job !== undefined) {
        entry.job.controller.abort();
        entry.job = undefined;
        entry.parser.reset();
      }
      const difference = differenceOf(entry.text, text);
      if (difference !== undefined) shift(entry.tree, entry.text, text, difference);
      entry.text = text;
      entry.fresh = false;
    }
    const tree = parse(entry, text, keyLimit);
    if (tree === null) goOn(entry, text);
    else accept(entry, text, tree);
  }

  function now(source: SourceText): Parsed | undefined {
    if (source.text.length > maxParsedCharacters) return undefined;
    const grammar = grammars.now(source.languageId);
    if (grammar === undefined) return undefined;
    const entry = touch(source, grammar);
    advance(entry, source.text);
    if (entry.tree === undefined || entry.text !== source.text) return undefined;
    return { grammar, tree: entry.tree, text: source.text };
  }

  return {
    now,
    async settled(source, signal) {
      await grammars.load(source.languageId);
      for (;;) {
        signal.throwIfAborted();
        const parsed = now(source);
        const entry = entries.get(source.uri);
        if (entry?.job === undefined) return parsed;
        await entry.job.done;
      }
    },
    has: (uri) => entries.has(uri),
    close(uri) {
      const entry = entries.get(uri);
      if (entry !== undefined) drop(uri, entry);
    },
    dispose() {
      for (const [uri, entry] of [...entries]) drop(uri, entry);
    },
  };
}
