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
