import { documentationOpener } from './documentation.ts';
import { beginsDefinition } from './lineKinds.ts';
import { cutLines, type Filter, indentOf, isBlank, linesOf, wholeLines } from './piece.ts';
import { columnOf, type Place } from './place.ts';
import { standings } from './standings.ts';

/** Ends the answer where the statement of the caret's line, or the scope around the caret, ends. */
export const scope: Filter = {
  name: 'scope',
  reason: 'only-repeats',
  apply(piece, place) {
    const { all, open } = linesOf(piece);
    const end = endOf(all, open !== undefined, place);
    if (end === undefined) return piece;
    return end.sure ? cutLines(all, end.lines, piece) : { ...piece, text: wholeLines(all, end.lines) };
  },
};

/** How many lines are within the scope, and whether the next one is surely not; undefined if all are. */
function endOf(
  all: readonly string[],
  open: boolean,
  place: Place,
): { lines: number; sure: boolean } | undefined {
  const start = all.findIndex((line) => !isBlank(line));
  const opensBelow = start > 0 && !isBlank(place.linePrefix);
  const inline = !isBlank(place.linePrefix) && !opensBelow && place.goesOn !== true;
  const own = columnOf(indentOf(place.linePrefix), place.tabWidth);
  let base =
    inline || opensBelow
      ? own + (isInText(place) ? 0 : 1)
      : !isBlank(place.linePrefix)
        ? own
        : columnOf(indentOf(`${start > 0 ? '' : place.linePrefix}${all[start]}`), place.tabWidth);
  // The rest of a line of text is one line; a mark alone is no line yet.
  const written = inline && start === 0 && /\w/.test(place.linePrefix);
  if (written && all.length > 1 && place.site.extent === 'line' && isInText(place))
    return { lines: 1, sure: true };
  const opener = documentationOpener(place);
  const documentation = opener === undefined ? 0 : columnOf(indentOf(opener), place.tabWidth);
  const stands = standings(all, place);
  for (let i = Math.max(1, start); i < all.length; i++) {
    const line = all[i] ?? '';
    const last = open && i === all.length - 1;
    if (isBlank(line)) {
      if (last) return { lines: i, sure: false };
      continue;
    }
    const before = stands[i];
    // Where a text ends, the scope is that of its end.
    if (isInText(place) && before?.inside !== undefined && stands[i + 1]?.inside === undefined)
      base = Math.min(base, columnOf(indentOf(line), place.tabWidth));
    const column = columnOf(indentOf(line), place.tabWidth);
    if (column < documentation && before?.inside === place.inside) {
      if (last || beginsDefinition(line)) return { lines: i, sure: !last };
    }
    if (before === undefined || before.inside !== undefined || before.open > 0) continue;
    if (opensBelow && i === start) {
      base = column;
      if (column > own) continue;
    }
    const closes = /^\s*[)\]}]/.test(line);
    if (closes) {
      const depth = place.enclosing.length - before.surplus;
      if (place.enclosing[depth - 1] !== undefined) {
        base = Math.min(base, column);
        continue;
      }
    }
    const onward = isOnward(line) && !/;\s*$/.test(all[i - 1] ?? '');
    if (inline && place.site.extent === 'line' && !onward && !isInText(place))
      return { lines: i, sure: !last || line.trim().length > 1 };
    // What a comment is about stands right below it, a column to the left of its last star.
    if (column === base - 1 && /^\s+\*\/\s*$/.test(all[i - 1] ?? '')) base = column;
    if (column >= base) continue;
    if (last && mayBeFree(line, place)) return { lines: i, sure: false };
    if (isFree(line, place) || (onward && (column >= own || isOnward(place.linePrefix)))) continue;
    return { lines: i, sure: true };
  }
  return undefined;
}

/** The caret's line is text that goes on below it: what follows that is no second statement. */
function isInText({ inside, language }: Place): boolean {
  return inside !== undefined && inside !== '\n' && !language.quotes.includes(inside);
}

function isOnward(line: string): boolean {
  return /^\s*(\.\w|\?\.|&&|\|\||[+*/?:] )/.test(line);
}

/** Whether a line that is not whole may turn out to stand where it likes, or to go on with the one before it. */
function mayBeFree(line: string, place: Place): boolean {
  return line.trim().length === 1 || (place.language.preprocessor && /^\s*\w+:?\s*$/.test(line));
}

/** Lines that stand left of their block by custom: the preprocessor's, and labels. */
function isFree(line: string, place: Place): boolean {
  return place.language.preprocessor && (/^\s*#/.test(line) || /^\s*\w+:\s*$/.test(line));
}
