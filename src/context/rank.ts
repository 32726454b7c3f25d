import type { Place } from './alike.ts';
import type { Candidate, Neighbour } from './candidate.ts';
import { createMoving, movingNames } from './movingFeatures.ts';
import type { Scene } from './scene.ts';
import type { SimilarWindow } from './similar.ts';
import { createSteady, steadyNames } from './steadyFeatures.ts';

/**
 * Weights of a logistic regression over some 1.1 million names at 1,000 lines taken out of fourteen repositories in seven languages,
 * made as `npm run bench:context` makes its cases (other repositories than those).
 */
const bias = -9.1;
const weights: Readonly<Record<(typeof steadyNames)[number] | (typeof movingNames)[number], number>> = {
  imported: 0.55,
  package: 0.45,
  indirect: 0.2,
  sibling: 0.15,
  isOpen: 0.4,
  notReachable: -0.9,
  fileOnly: 0,
  local: -0.3,
  type: -0.65,
  constant: -0.4,
  field: -0.3,
  method: 0.25,
  module: -1.15,
  used: 0.7,
  usedByMany: 0.65,
  declaredByMany: 0.25,
  nearWordMean: 2.7,
  nearWordBest: -0.85,
  similarPlace: 7.3,
  alike: 2.65,
  alikeRoot: 3.05,
  holderKnown: 0.1,
  holderNear: 1.55,
  holderIsParent: 0.45,
  short: -3.5,
  fileFar: -0.2,
  test: 0.3,
  manyOfFile: -0.45,
};
/** What a name that the current file already has is worth: the model can read it there, but not its signature. */
const known = 0.15;

/** For each neighbour, in the order of its definitions, what is known of them before the caret moves, as one number. */
export type Steady = ReadonlyMap<Neighbour, Float64Array>;

/** Weighs the definitions by what stays the same from key to key. */
export function weighSteady(scene: Scene): Steady {
  const features = createSteady(scene);
  const steady = steadyNames.map((name) => weights[name]);
  return new Map(
    scene.neighbours.map((neighbour) => [
      neighbour,
      Float64Array.from(
        neighbour.outline.definitions,
        (one) => bias + weighted(features(neighbour, one), steady),
      ),
    ]),
  );
}

/** Definitions that have a chance to be sent: more never fit a budget. */
const maxCandidates = 1500;

/** The definitions of the neighbours that the next tokens are likeliest to need, with how likely that is. */
export function rankDefinitions(
  scene: Scene,
  steady: Steady,
  places: readonly Place[],
  windows: readonly SimilarWindow[],
): Candidate[] {
  const features = createMoving(scene, places, windows);
  const moving = movingNames.map((name) => weights[name]);
  let count = 0;
  for (const base of steady.values()) count += base.length;
  const likely = new Float64Array(count);
  let at = 0;
  for (const [neighbour, base] of steady) {
    let index = 0;
    for (const definition of neighbour.outline.definitions) {
      const logit = (base[index++] ?? 0) + weighted(features(neighbour, definition), moving);
      likely[at++] = (scene.ownNames.has(definition.name) ? known : 1) / (1 + Math.exp(-logit));
    }
  }
  return candidatesOf(steady, likely);
}

/** The likeliest, as far as they have a chance. */
function candidatesOf(steady: Steady, likely: Float64Array): Candidate[] {
  const least = likely.length <= maxCandidates ? 0 : likely.toSorted()[likely.length - maxCandidates];
  const candidates: Candidate[] = [];
  let at = 0;
  for (const neighbour of steady.keys()) {
    let index = 0;
    for (const definition of neighbour.outline.definitions) {
      const weight = likely[at++] ?? 0;
      if (weight >= (least ?? 0)) candidates.push({ neighbour, index, definition, weight });
      index++;
    }
  }
  return candidates;
}

function weighted(row: Float64Array, by: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < by.length; i++) sum += (row[i] ?? 0) * (by[i] ?? 0);
  return sum;
}
