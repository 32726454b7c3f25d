import type { Snippet } from '../core/prompt.ts';
import type { Place } from './alike.ts';

/** Lines shown above and below the line at which the caret would stand. */
const above = 2;
const below = 4;
/** Places less alike than this have only words in common. */
const leastLikeness = 0.3;
/** Examples shown at most. */
const maxExamples = 3;

/** Similar code of other files, where the lines above the caret occur in much the same way: what comes next there may come next here. */
export function gatherExamples(places: readonly Place[], maxChars: number): Snippet[] {
  const taken = new Map<string, [number, number][]>();
  const snippets: Snippet[] = [];
  let left = maxChars;
  for (const { neighbour, line, likeness } of places) {
    if (likeness < leastLikeness || snippets.length === maxExamples) break;
    const { path, text } = neighbour.source;
    const start = Math.max(0, line - above);
    const end = line + below;
    const ranges = taken.get(path) ?? [];
    if (ranges.some(([from, to]) => start < to && from < end)) continue;
    const shown = undented(linesBetween(text, start, end));
    const cost = shown.length + path.length + 24;
    if (shown.trim() === '' || cost > left) continue;
    left -= cost;
    taken.set(path, [...ranges, [start, end]]);
    snippets.push({ source: 'examples', path, text: shown, weight: likeness / 2 });
  }
  return snippets;
}

/** The lines of a text from `first` up to `end`, counted from 0; without taking the whole text apart. */
export function linesBetween(text: string, first: number, end: number): string[] {
  let at = 0;
  for (let line = 0; line < first; line++) {
    const newline = text.indexOf('\n', at);
    if (newline < 0) return [];
    at = newline + 1;
  }
  let to = at - 1;
  for (let line = first; line < end; line++) {
    to = text.indexOf('\n', to + 1);
    if (to < 0) break;
  }
  return text.slice(at, to < 0 ? undefined : to).split('\n');
}

/** Lines without blank ones at the ends and without the indentation that all share. */
export function undented(lines: readonly string[]): string {
  const bare = lines.map((line) => line.trimEnd());
  const used = bare.filter((line) => line !== '');
  const shared = Math.min(...used.map((line) => line.length - line.trimStart().length));
  return bare
    .map((line) => line.slice(shared))
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}
