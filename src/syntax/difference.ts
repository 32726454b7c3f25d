import type { Point, Tree } from 'web-tree-sitter';
import type { Difference } from '../core/difference.ts';
import { lineStartAt } from '../core/snapshot.ts';

/** Moves the nodes of a tree to where they stand after the replacement; the tree is then ready to be parsed from. */
export function shift(tree: Tree, before: string, after: string, difference: Difference): void {
  const startPosition = pointAt(before, difference.start);
  tree.edit({
    startIndex: difference.start,
    oldEndIndex: difference.oldEnd,
    newEndIndex: difference.newEnd,
    startPosition,
    oldEndPosition: pointAfter(before, difference.start, difference.oldEnd, startPosition),
    newEndPosition: pointAfter(after, difference.start, difference.newEnd, startPosition),
    // The class adds two functions that shifting a tree does not call.
    editPoint: (point, index) => ({ point, index }),
    editRange: (range) => range,
  });
}

function pointAt(text: string, offset: number): Point {
  return pointAfter(text, 0, offset, { row: 0, column: 0 });
}

/** The point of `offset`, counted on from that of `from`. */
function pointAfter(text: string, from: number, offset: number, start: Point): Point {
  let row = start.row;
  for (let at = text.indexOf('\n', from); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) row++;
  const lineStart = lineStartAt(text, offset);
  return { row, column: lineStart <= from ? start.column + offset - from : offset - lineStart };
}
