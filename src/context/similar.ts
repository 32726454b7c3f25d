import type { Neighbour } from './candidate.ts';
import { namesOfWindow } from './fileWords.ts';
import type { Scene } from './scene.ts';

/** Windows kept, the most similar first. */
const maxWindows = 80;

/** The names that stand in windows of other files about the same things as the lines around the caret: how similar the best one is, 0 to 1. */
export function namesOfSimilarWindows(scene: Scene): Map<string, number> {
  let total = 0;
  for (const weight of scene.nearWords.values()) total += weight;
  const windows: { readonly neighbour: Neighbour; readonly number: number; readonly likeness: number }[] = [];
  for (const neighbour of scene.neighbours) {
    if (!neighbour.isOpen) continue;
    const { windowsOf, windowSizes } = scene.wordsOf(neighbour);
    const shared = new Float64Array(windowSizes.length);
    for (const [word, weight] of scene.nearWords) {
      for (const number of windowsOf.get(word) ?? []) shared[number] = (shared[number] ?? 0) + weight;
    }
    for (const [number, size] of windowSizes.entries()) {
      // Shared weight against both sides' own, as in the Jaccard index; the window's words count less, as most have no weight.
      const likeness = (shared[number] ?? 0) / (total + size * 0.3 + 1);
      if (likeness > 0) windows.push({ neighbour, number, likeness });
    }
  }
  windows.sort((a, b) => b.likeness - a.likeness);
  const names = new Map<string, number>();
  for (const { neighbour, number, likeness } of windows.slice(0, maxWindows)) {
    // The most similar come first: the first window that has a name is its best.
    for (const name of namesOfWindow(scene.wordsOf(neighbour).lines, number))
      if (!names.has(name)) names.set(name, likeness);
  }
  return names;
}
