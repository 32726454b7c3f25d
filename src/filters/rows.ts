import { isBlank } from './piece.ts';
import type { Place } from './place.ts';

/** So many lines on each side of the caret say what stands there. */
const near = 3;

/** The document has the line twice below each other at the caret, as tables of constants do: once more is no repetition. */
export function isRow(line: string, { above, below, linePrefix, lineSuffix }: Place): boolean {
  const row = line.trim();
  if (!/\w/.test(row)) return false;
  const before = visible([...above, linePrefix]).slice(-near);
  const after = visible([lineSuffix, ...below]).slice(0, near);
  if (before.at(-1) !== row && after[0] !== row) return false;
  const around = [...before, ...after];
  return around.some((other, index) => other === row && around[index + 1] === row);
}

function visible(lines: readonly string[]): string[] {
  return lines.filter((line) => !isBlank(line)).map((line) => line.trim());
}
