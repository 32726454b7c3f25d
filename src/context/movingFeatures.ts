import type { Definition } from '../core/outline.ts';
import { namesOfPlaces, type Place } from './alike.ts';
import type { Neighbour } from './candidate.ts';
import type { Scene } from './scene.ts';
import { namesOfSimilarWindows, type SimilarWindow } from './similar.ts';
import { wordsOf } from './words.ts';

/** What the place of the caret says about a name; each between 0 and about 1. */
export const movingNames = [
  'nearWordMean',
  'nearWordBest',
  'similarPlace',
  'alike',
  'alikeRoot',
  'holderNear',
] as const;

/** Prepares the look at the neighbours' definitions from one line of the current file; each answer lies where the last one lay. */
export function createMoving(
  scene: Scene,
  places: readonly Place[],
  windows: readonly SimilarWindow[],
): (neighbour: Neighbour, definition: Definition) => Float64Array {
  const similar = namesOfSimilarWindows(windows, scene);
  const alike = namesOfPlaces(places, scene);
  const row = new Float64Array(movingNames.length);
  return (neighbour, { name, container }) => {
    const words = wordsOf(name);
    let sum = 0;
    let best = 0;
    for (const word of words) {
      const near = scene.nearWords.get(word) ?? 0;
      sum += near;
      best = Math.max(best, near);
    }
    const holder = neighbour.outline.definitions[container]?.name;
    const likeness = alike.get(name) ?? 0;
    row[0] = sum / Math.max(1, words.length);
    row[1] = best;
    row[2] = similar.get(name) ?? 0;
    row[3] = likeness;
    row[4] = Math.sqrt(likeness);
    row[5] = holder === undefined ? 0 : (scene.nearNames.get(holder) ?? 0);
    return row;
  };
}
