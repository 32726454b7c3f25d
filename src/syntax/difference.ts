import type { Point, Tree } from 'web-tree-sitter';
import { lineStartAt } from '../core/snapshot.ts';

/** One replacement that turns an old text into a new one, in UTF-16 offsets. */
export interface Difference {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Characters compared at once: strings compare as memory, so large steps find the place fast. */
const step = 4096;

/** The smallest single replacement between two texts; undefined when they are equal. */
export function differenceOf(before: string, after: string): Difference | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start + step <= shorter && before.slice(start, start + step) === after.slice(start, start + step)) {
    start += step;
  }
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  const longest = shorter - start;
  while (tail + step <= longest && endPart(before, tail) === endPart(after, tail)) tail += step;
  while (
    tail < longest &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

function endPart(text: string, tail: number): string {
  return text.slice(text.length - tail - step, text.length - tail);
}

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
