import { onceAPlace } from './once.ts';
import { isBlank } from './piece.ts';
import type { Place } from './place.ts';

/** So many lines on each side of the caret say what stands there. */
const near = 3;

/** The lines that stand twice below each other at the caret, one of the two right beside it. */
const rowsAt = onceAPlace(({ above, below, linePrefix, lineSuffix }): ReadonlySet<string> => {
  const before = nearest([linePrefix, ...above.toReversed()]).toReversed();
  const after = nearest([lineSuffix, ...below]);
  const around = [...before, ...after];
  const beside = [before.at(-1), after[0]].filter((line) => line !== undefined);
  return new Set(
    beside.filter(
      (row) => /\w/.test(row) && around.some((other, index) => other === row && around[index + 1] === row),
    ),
  );
});

/** The document has the line twice below each other at the caret, as tables of constants do: once more is no repetition. */
export function isRow(line: string, place: Place): boolean {
  return rowsAt(place).has(line.trim());
}

/** The visible lines of the document, trimmed. */
const documentAt = onceAPlace(({ above, below, linePrefix, lineSuffix }): string => {
  const lines = [...above, linePrefix + lineSuffix, ...below].map((line) => line.trim());
  return `\n${lines.filter((line) => line !== '').join('\n')}\n`;
});

/** The document has these lines, trimmed, twice below each other anywhere around the caret. */
export function isTwice(lines: readonly string[], place: Place): boolean {
  const stretch = `${lines.join('\n')}\n`;
  return documentAt(place).includes(`\n${stretch}${stretch}`);
}

/** The first visible lines. */
function nearest(lines: readonly string[]): string[] {
  const found: string[] = [];
  for (const line of lines) {
    if (found.length === near) break;
    if (!isBlank(line)) found.push(line.trim());
  }
  return found;
}
