import type { Neighbour } from './candidate.ts';
import type { Scene } from './scene.ts';
import { identifiersOf } from './words.ts';

/** Lines above the caret whose names are looked for elsewhere. */
const linesAbove = 6;
/** Imports stand together in every file and say nothing about what comes after them. */
const importing = /^\s*(?:import|from|use|using|package|require|#\s*include)\b/;
/** A name on a greater share of all lines says nothing about a place. */
const commonShare = 0.02;
/** Places kept, the most alike first. */
const maxPlaces = 60;
/** What a name is worth that stands so many lines from where the caret would stand. */
const byDistance = [1, 0.7, 0.5, 0.35, 0.25];

/** A line of another file at which the caret would stand if the lines above it were that file's. */
export interface Place {
  readonly neighbour: Neighbour;
  /** Counted from 0. */
  readonly line: number;
  /** How alike, 0 to 1. */
  readonly likeness: number;
}

/** The places of other files that are most like the caret's, best first: by the rarity of the names that the lines above share. */
export function placesAlike(scene: Scene): Place[] {
  const near = scene.linesAbove
    .filter((line) => line.trim() !== '' && !importing.test(line))
    .slice(0, linesAbove)
    .map(identifiersOf);
  const files = scene.neighbours.map((neighbour) => ({ neighbour, words: scene.wordsOf(neighbour) }));
  const allLines = files.reduce((sum, { words }) => sum + words.lines.length, 1);
  const rarity = new Map<string, number>();
  let total = 0;
  for (const [i, names] of near.entries()) {
    for (const name of names) {
      let count = 0;
      for (const { words } of files) count += words.places.get(name)?.length ?? 0;
      const weight = count === 0 || count > commonShare * allLines + 3 ? 0 : Math.log(allLines / count);
      rarity.set(name, weight);
      total += weight / (1 + i / 2);
    }
  }
  if (total === 0) return [];
  const places: Place[] = [];
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
    for (const [line, score] of scores) places.push({ neighbour, line, likeness: score / total });
  }
  return places.sort((a, b) => b.likeness - a.likeness).slice(0, maxPlaces);
}

/** The names around such places: how alike the best place is, less for names that stand further from it. */
export function namesOfPlaces(places: readonly Place[], scene: Scene): Map<string, number> {
  const names = new Map<string, number>();
  for (const { neighbour, line, likeness } of places) {
    const { lines } = scene.wordsOf(neighbour);
    for (let offset = -3; offset < byDistance.length; offset++) {
      const value = likeness * (byDistance[Math.abs(offset)] ?? 0);
      for (const name of lines[line + offset] ?? [])
        if (value > (names.get(name) ?? 0)) names.set(name, value);
    }
  }
  return names;
}
