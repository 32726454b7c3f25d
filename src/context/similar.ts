import type { Snippet } from '../core/prompt.ts';
import { createBest } from './best.ts';
import type { Neighbour } from './candidate.ts';
import { linesBetween, undented } from './examples.ts';
import { eachNameOfWindow, firstLineOf, maxLines, windowLines } from './fileWords.ts';
import { overheadOf } from './pack.ts';
import type { Scene } from './scene.ts';
import { identifiersIn, identifiersOf } from './words.ts';

/** Windows kept, the most similar first. */
const maxWindows = 80;
/** Windows shown at most, and how similar they are at the least: below that they share only the words of every file. */
const maxShown = 6;
const leastLikeness = 0.12;
/** In less room than this, in characters, hardly any window fits: looking for one is not worth its time. */
const leastRoom = 250;
/** Names that a window must have which stand neither in the current file nor in the other snippets: else it tells nothing new. */
const leastNews = 2;

/** Lines of an open file about the same things as the lines around the caret. */
export interface SimilarWindow {
  readonly neighbour: Neighbour;
  readonly number: number;
  /** How similar, 0 to 1. */
  readonly likeness: number;
}

/** The windows of open files that are most similar to the lines around the caret, best first: by the parts of the identifiers that they share. */
export function similarWindows(scene: Scene): readonly SimilarWindow[] {
  const words = [...scene.nearWords.keys()];
  const weights = Float64Array.from(scene.nearWords.values());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const best = createBest<SimilarWindow>(maxWindows);
  // One function for all words: what is made for each of them anew is garbage at every key.
  let weight = 0;
  const share = (number: number) => {
    shared[number] = (shared[number] ?? 0) + weight;
  };
  for (const neighbour of scene.neighbours) {
    if (!neighbour.isOpen) continue;
    const windows = scene.wordsOf(neighbour).windows();
    shared.fill(0, 0, windows.rows);
    words.forEach((word, i) => {
      weight = weights[i] ?? 0;
      windows.eachRow(word, share);
    });
    for (let number = 0; number < windows.rows; number++) {
      // Shared weight against both sides' own, as in the Jaccard index; the window's words count less, as most have no weight.
      const likeness = (shared[number] ?? 0) / (total + windows.size(number) * 0.3 + 1);
      if (likeness > 0 && best.wants(likeness)) best.add(likeness, { neighbour, number, likeness });
    }
  }
  return best.kept;
}

/** The weight that each window of one file shares; there is one file at a time. */
const shared = new Float64Array(maxLines);

/** The names that stand in such windows: how similar the best one is. */
export function namesOfSimilarWindows(windows: readonly SimilarWindow[], scene: Scene): Map<string, number> {
  const names = new Map<string, number>();
  for (const { neighbour, number, likeness } of windows) {
    // The most similar come first: the first window that has a name is its best.
    eachNameOfWindow(scene.wordsOf(neighbour).lines, number, (name) => {
      if (!names.has(name)) names.set(name, likeness);
    });
  }
  return names;
}

/** The last resort, for what the budget has left: the text of the most similar windows, none of which overlap. */
export function gatherSimilar(
  windows: readonly SimilarWindow[],
  scene: Scene,
  told: readonly Snippet[],
  maxChars: number,
): Snippet[] {
  if (maxChars < leastRoom) return [];
  let known: Set<string> | undefined;
  const snippets: Snippet[] = [];
  const shown: SimilarWindow[] = [];
  let left = maxChars;
  for (const window of windows) {
    const { neighbour, number, likeness } = window;
    if (likeness < leastLikeness || snippets.length === maxShown) break;
    const overlaps = (other: SimilarWindow) =>
      other.neighbour === neighbour && Math.abs(other.number - number) < 2;
    if (shown.some(overlaps)) continue;
    const { path, text } = neighbour.source;
    const start = firstLineOf(number);
    const lines = undented(linesBetween(text, start, start + windowLines));
    const cost = lines.length + overheadOf(path);
    if (lines.trim() === '' || cost > left) continue;
    known ??= new Set(told.flatMap((one) => identifiersIn(one.text)));
    const news = [...identifiersOf(lines)].filter((name) => !known?.has(name) && !scene.ownNames.has(name));
    if (news.length < leastNews) continue;
    left -= cost;
    shown.push(window);
    snippets.push({ source: 'similar', path, text: lines, weight: likeness / 4 });
  }
  return snippets;
}
