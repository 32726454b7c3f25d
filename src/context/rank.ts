import type { Candidate } from './candidate.ts';
import { createFeatures, featureNames } from './features.ts';
import type { Scene } from './scene.ts';

/** Every definition of the neighbours with how likely the next tokens need it. */
export function rankDefinitions(scene: Scene): Candidate[] {
  const candidates: Candidate[] = [];
  const features = createFeatures(scene);
  for (const neighbour of scene.neighbours) {
    for (const [index, definition] of neighbour.outline.definitions.entries()) {
      const values = features(neighbour, definition);
      let logit = bias;
      for (let i = 0; i < values.length; i++) logit += (values[i] ?? 0) * (weights[i] ?? 0);
      const known = scene.ownNames.has(definition.name) ? 0.1 : 1;
      candidates.push({ neighbour, index, definition, weight: known / (1 + Math.exp(-logit)) });
    }
  }
  return candidates;
}

const bias = -5;
const byName: Partial<Record<(typeof featureNames)[number], number>> = {
  imported: 1.5,
  package: 1,
  isOpen: 0.3,
  fileOnly: -1.5,
  notReachable: -1.5,
  local: -2,
  used: 0.7,
  usedByMany: 1,
  nearWordMean: 1.5,
  similarPlace: 2,
  holderKnown: 0.7,
  holderNear: 1,
  holderIsParent: 1,
  short: -1,
};
const weights = featureNames.map((name) => byName[name] ?? 0);
