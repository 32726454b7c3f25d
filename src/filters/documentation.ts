import { firstWord, indentOf, isBlank } from './piece.ts';
import { columnOf, type Place } from './place.ts';
import { scan } from './scan.ts';

/** Where a line of a documentation string stands: never left of the string's own beginning. */
export function documentationLine(
  text: string,
  above: string,
  before: number,
  below: string,
  after: number,
  place: Place,
): number {
  const opener = documentationOpener(place);
  if (opener === undefined) return 0;
  const least = columnOf(indentOf(opener), place.tabWidth);
  if (firstWord(text) === firstWord(below)) return Math.max(least, after);
  if (/:$/.test(text) || above === opener) return least;
  if (/^\s*[A-Z]\w*:$/.test(above)) return before + place.unitWidth;
  return Math.max(least, isBlank(place.above.at(-1) ?? '') && after > 0 ? Math.min(before, after) : before);
}

/** The line on which the documentation string around the caret begins; undefined if it is another text. */
export function documentationOpener({ inside, above, linePrefix }: Place): string | undefined {
  if (inside?.length !== 3) return undefined;
  const lines = [...above, linePrefix];
  const index = lines.findLastIndex((line) => line.includes(inside));
  const opener = lines[index] ?? '';
  // It stands below the head of what it is about; other strings hold what they like.
  const head = lines.slice(0, Math.max(0, index)).findLast((line) => !isBlank(line));
  return beginsDocumentation.test(opener) && (head === undefined || /:\s*$/.test(head)) ? opener : undefined;
}

/** What such a string begins with. */
const beginsDocumentation = /^\s*[rRuU]?(?:"""|''')/;

/** The column of the documentation string around the answer's lines after the first one: none of them stands left of it. */
export function documentationColumn(first: string, start: number, place: Place): number | undefined {
  if (place.inside === undefined) {
    const opened = beginsDocumentation.test(first) ? scan(first, place.language).inside : undefined;
    return opened?.length === 3 ? start : undefined;
  }
  const opener = documentationOpener(place);
  return opener === undefined ? undefined : columnOf(indentOf(opener), place.tabWidth);
}
