import { createBest } from './best.ts';
import type { Neighbour } from './candidate.ts';
import { maxLines } from './fileWords.ts';
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
export function placesAlike(scene: Scene): readonly Place[] {
  const near = scene.linesAbove
    .filter((line) => line.trim() !== '' && !importing.test(line))
    .slice(0, linesAbove)
    .map(identifiersOf);
  const files = scene.neighbours.map((neighbour) => ({ neighbour, lines: scene.wordsOf(neighbour).lines }));
  const allLines = files.reduce((sum, { lines }) => sum + lines.rows, 1);
  /** The names that say something, with how many lines above the caret they stand and what they are worth there. */
  const telling: { readonly name: string; readonly above: number; readonly weight: number }[] = [];
  let total = 0;
  for (const [i, names] of near.entries()) {
    for (const name of names) {
      let count = 0;
      for (const { lines } of files) count += lines.count(name);
      if (count === 0 || count > commonShare * allLines + 3) continue;
      const weight = Math.log(allLines / count) / (1 + i / 2);
      telling.push({ name, above: i + 1, weight });
      total += weight;
    }
  }
  const best = createBest<Place>(maxPlaces);
  let name = telling[0];
  const count = (line: number) => {
    const at = line + (name?.above ?? 0);
    scores[at] = (scores[at] ?? 0) + (name?.weight ?? 0);
  };
  for (const { neighbour, lines } of files) {
    const end = lines.rows + linesAbove;
    scores.fill(0, 0, end);
    for (name of telling) lines.eachRow(name.name, count);
    for (let line = 0; line < end; line++) {
      const likeness = (scores[line] ?? 0) / total;
      if (likeness > 0 && best.wants(likeness)) best.add(likeness, { neighbour, line, likeness });
    }
  }
  return best.kept;
}

/** The score of each line of one file, and of those after its end; there is one file at a time. */
const scores = new Float64Array(maxLines + linesAbove);

/** The names around such places: how alike the best place is, less for names that stand further from it. */
export function namesOfPlaces(places: readonly Place[], scene: Scene): Map<string, number> {
  const names = new Map<string, number>();
  for (const { neighbour, line, likeness } of places) {
    const { lines } = scene.wordsOf(neighbour);
    for (let offset = -3; offset < byDistance.length; offset++) {
      const value = likeness * (byDistance[Math.abs(offset)] ?? 0);
      const at = line + offset;
      if (at < 0) continue;
      lines.eachWord(at, at + 1, (name) => {
        if (value > (names.get(name) ?? 0)) names.set(name, value);
      });
    }
  }
  return names;
}
