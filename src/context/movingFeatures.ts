import type { Definition } from '../core/outline.ts';
import { namesOfPlaces, type Place } from './alike.ts';
import type { Neighbour } from './candidate.ts';
import type { Scene } from './scene.ts';
import { namesOfSimilarWindows } from './similar.ts';
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

/** Prepares the look at the neighbours' definitions from one line of the current file. */
export function createMoving(
  scene: Scene,
  places: readonly Place[],
): (neighbour: Neighbour, definition: Definition) => number[] {
  const similar = namesOfSimilarWindows(scene);
  const alike = namesOfPlaces(places, scene);
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
    return [
      sum / Math.max(1, words.length),
      best,
      similar.get(name) ?? 0,
      likeness,
      Math.sqrt(likeness),
      holder === undefined ? 0 : (scene.nearNames.get(holder) ?? 0),
    ];
  };
}
