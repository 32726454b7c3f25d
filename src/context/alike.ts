import type { Neighbour } from './candidate.ts';
import type { Scene } from './scene.ts';
import { identifiersOf } from './words.ts';

/** Lines above the caret whose names are looked for elsewhere. */
const linesAbove = 6;
/** A name on a greater share of all lines says nothing about a place. */
const commonShare = 0.02;
/** Places kept, the most alike first. */
const maxPlaces = 60;
/** What a name is worth that stands so many lines from where the caret would stand. */
const byDistance = [1, 0.7, 0.5, 0.35, 0.25];

/**
 * The names that stand, in other files, where the caret would stand if the lines above it were theirs: how alike the best such
 * place is, 0 to 1.
 */
export function namesOfPlacesAlike(scene: Scene): Map<string, number> {
  const { text, caret } = scene.site.snapshot;
  const above = text
    .slice(Math.max(0, caret - 2000), caret)
    .split('\n')
    .reverse();
  const near = above
    .filter((line) => line.trim() !== '')
    .slice(0, linesAbove)
    .map(identifiersOf);
  const files = scene.neighbours.map((neighbour) => ({ neighbour, words: scene.wordsOf(neighbour) }));
  const allLines = files.reduce((sum, { words }) => sum + words.lines.length, 1);

  const rarity = new Map<string, number>();
  let total = 0;
  for (const [i, names] of near.entries()) {
    for (const name of names) {
      let places = 0;
      for (const { words } of files) places += words.places.get(name)?.length ?? 0;
      const weight = places === 0 || places > commonShare * allLines + 3 ? 0 : Math.log(allLines / places);
      rarity.set(name, weight);
      total += weight / (1 + i / 2);
    }
  }
  if (total === 0) return new Map();

  const places: { readonly neighbour: Neighbour; readonly line: number; readonly score: number }[] = [];
  for (const { neighbour, words } of files) {
    const scores = new Map<number, number>();
    for (const [i, names] of near.entries()) {
      for (const name of names) {
        const weight = (rarity.get(name) ?? 0) / (1 + i / 2);
        if (weight === 0) continue;
        for (const line of words.places.get(name) ?? []) {
          scores.set(line + i + 1, (scores.get(line + i + 1) ?? 0) + weight);
        }
      }
    }
    for (const [line, score] of scores) places.push({ neighbour, line, score });
  }
  places.sort((a, b) => b.score - a.score);

  const names = new Map<string, number>();
  for (const { neighbour, line, score } of places.slice(0, maxPlaces)) {
    const { lines } = scene.wordsOf(neighbour);
    for (let offset = -3; offset < byDistance.length; offset++) {
      const likeness = (score / total) * (byDistance[Math.abs(offset)] ?? 0);
      for (const name of lines[line + offset] ?? [])
        if (likeness > (names.get(name) ?? 0)) names.set(name, likeness);
    }
  }
  return names;
}
