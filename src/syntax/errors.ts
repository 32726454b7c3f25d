import type { Tree } from 'web-tree-sitter';
import type { Clock } from '../core/ports.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { shift } from './difference.ts';
import type { Parsed } from './trees.ts';

/** How long one look may take, ms; a verdict that comes later than this is not worth the wait. */
const limit = 10;

/**
 * How many more syntax errors the document has with `text` in the place of the `replace` characters behind the caret than without it.
 * Undefined where that cannot be told: no grammar, no tree yet, or not in time.
 */
export type ErrorsAdded = (snapshot: Snapshot, text: string, replace: number) => number | undefined;

/** Parses the document with the text in it, from the tree of the document as it is. */
export function errorsAdded(
  parsed: Parsed,
  snapshot: Snapshot,
  text: string,
  replace: number,
  clock: Clock,
): number | undefined {
  const { caret } = snapshot;
  const after = parsed.text.slice(0, caret) + text + parsed.text.slice(caret + replace);
  const edited = parsed.tree.copy();
  const parser = parsed.grammar.newParser();
  const end = clock.now() + limit;
  let tree: Tree | null = null;
  try {
    shift(edited, parsed.text, after, { start: caret, oldEnd: caret + replace, newEnd: caret + text.length });
    tree = parser.parse(after, edited, { progressCallback: () => clock.now() > end });
    return tree === null ? undefined : countErrors(parsed, tree) - countErrors(parsed, parsed.tree);
  } finally {
    tree?.delete();
    edited.delete();
    parser.delete();
  }
}

function countErrors(parsed: Parsed, tree: Tree): number {
  const root = tree.rootNode;
  return root.hasError ? parsed.grammar.errors().captures(root).length : 0;
}
