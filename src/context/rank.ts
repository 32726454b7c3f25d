import type { Candidate } from './candidate.ts';
import { createFeatures, type FeatureName, featureNames } from './features.ts';
import type { Scene } from './scene.ts';

/** Every definition of the neighbours with how likely the next tokens need it. */
export function rankDefinitions(scene: Scene): Candidate[] {
  const candidates: Candidate[] = [];
  const features = createFeatures(scene);
  for (const neighbour of scene.neighbours) {
    for (const [index, definition] of neighbour.outline.definitions.entries()) {
      const values = features(neighbour, definition);
      let logit = bias;
      for (let i = 0; i < values.length; i++) logit += (values[i] ?? 0) * (inOrder[i] ?? 0);
      const known = scene.ownNames.has(definition.name) ? 0.1 : 1;
      candidates.push({ neighbour, index, definition, weight: known / (1 + Math.exp(-logit)) });
    }
  }
  return candidates;
}

/**
 * Weights of a logistic regression over some 1.5 million names of 1,300 lines taken out of fourteen repositories in seven languages
 * (`npm run bench:context` makes such cases; other repositories than those it measures).
 */
const bias = -9.4;
const weights: Readonly<Record<FeatureName, number>> = {
  imported: 0.5,
  package: 0.5,
  indirect: 0.2,
  sibling: 0.1,
  isOpen: 0.4,
  notReachable: -0.4,
  fileOnly: 0,
  local: -0.3,
  type: -0.6,
  constant: -0.3,
  field: -0.5,
  method: 0,
  module: -1.4,
  used: 0.7,
  usedByMany: 0.8,
  declaredByMany: 0.2,
  nearWordMean: 2.8,
  nearWordBest: -0.8,
  similarPlace: 7.7,
  alike: 2.9,
  alikeRoot: 3,
  holderKnown: 0.1,
  holderNear: 1.4,
  holderIsParent: 0.5,
  short: -3.8,
  long: 0,
  fileFar: -0.1,
  test: 0.9,
  inIndex: 0,
  holderOpen: 0.1,
  manyOfFile: -0.5,
};
const inOrder = featureNames.map((name) => weights[name]);
