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
  const weighed = new Map<Neighbour, Float64Array>();
  for (const neighbour of scene.neighbours) {
    const { definitions } = neighbour.outline;
    const base = new Float64Array(definitions.length).fill(bias);
    definitions.forEach((one, i) => {
      addWeighted(base, i, features(neighbour, one), steady);
    });
    weighed.set(neighbour, base);
  }
  return weighed;
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
    likely.set(base, at);
    neighbour.outline.definitions.forEach((definition) => {
      addWeighted(likely, at, features(neighbour, definition), moving);
      const share = scene.ownNames.has(definition.name) ? known : 1;
      likely[at] = share / (1 + Math.exp(-(likely[at] ?? 0)));
      at++;
    });
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

/** Adds a weighted sum to a number in its place: one that is handed back would be an object each, some ten thousand at a new place. */
function addWeighted(to: Float64Array, at: number, row: Float64Array, by: readonly number[]): void {
  let sum = to[at] ?? 0;
  for (let i = 0; i < by.length; i++) sum += (row[i] ?? 0) * (by[i] ?? 0);
  to[at] = sum;
}
