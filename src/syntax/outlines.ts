import type { Tree } from 'web-tree-sitter';
import { isAbort } from '../core/errors.ts';
import { emptyOutline, type Outline, type OutlineOf } from '../core/outline.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { SourceText } from '../core/snapshot.ts';
import type { Grammar, Grammars } from './grammars.ts';
import { outlineTree } from './outline.ts';
import { maxParsedCharacters, sliceLimit, type Trees } from './trees.ts';

/** Outlines kept; the least recently asked go. */
const maxOutlines = 400;

interface Kept {
  readonly version: number;
  readonly languageId: string;
  readonly length: number;
  readonly outline: Promise<Outline>;
}

/** Outlines with a memory: one is made once per version of a document, whoever asks. */
export interface Outlines {
  readonly outline: OutlineOf;
  close(uri: string): void;
  dispose(): void;
}

/** Makes outlines from kept trees where there are, else from trees that are deleted at once. */
export function createOutlines(grammars: Grammars, trees: Trees, clock: Clock, log: Log): Outlines {
  const kept = new Map<string, Kept>();
  const life = new AbortController();
  /** Documents of which the log has been told that they are not parsed. */
  const tooLong = new Set<string>();

  /** Parses a text that nobody types in; lets others go first after each slice. The caller deletes the tree. */
  async function parseWhole(grammar: Grammar, text: string): Promise<Tree> {
    const parser = grammar.newParser();
    try {
      for (;;) {
        const end = clock.now() + sliceLimit;
        // A parser that was cut short goes on where it stopped.
        const tree = parser.parse(text, null, { progressCallback: () => clock.now() > end });
        if (tree !== null) return tree;
        await clock.sleep(0, life.signal);
      }
    } finally {
      parser.delete();
    }
  }

  async function make(source: SourceText): Promise<Outline> {
    try {
      const grammar = await grammars.load(source.languageId);
      if (grammar === undefined) return { ...emptyOutline };
      if (source.text.length > maxParsedCharacters) {
        if (!tooLong.has(source.uri))
          log.warn(`${source.path} is too long to be parsed; its text alone is used.`);
        tooLong.add(source.uri);
        return { ...emptyOutline };
      }
      // A copy, as the kept tree may be deleted by an edit while this one is read.
      const own = trees.has(source.uri) ? await trees.settled(source, life.signal) : undefined;
      const tree = own?.tree.copy() ?? (await parseWhole(grammar, source.text));
      try {
        const steps = outlineTree(grammar, tree, source.text);
        for (;;) {
          const step = steps.next();
          if (step.done === true) return step.value;
          await clock.sleep(0, life.signal);
        }
      } finally {
        tree.delete();
      }
    } catch (error) {
      if (!isAbort(error)) log.error(`No outline of ${source.path}.`, error);
      return { ...emptyOutline };
    }
  }

  return {
    async outline(source) {
      const known = kept.get(source.uri);
      kept.delete(source.uri);
      const same =
        known?.version === source.version &&
        known.languageId === source.languageId &&
        known.length === source.text.length;
      const entry = same
        ? known
        : {
            version: source.version,
            languageId: source.languageId,
            length: source.text.length,
            outline: make(source),
          };
      kept.set(source.uri, entry);
      for (const uri of kept.keys()) {
        if (kept.size <= maxOutlines) break;
        kept.delete(uri);
      }
      return await entry.outline;
    },
    close(uri) {
      kept.delete(uri);
      tooLong.delete(uri);
    },
    dispose() {
      life.abort();
      kept.clear();
    },
  };
}
