import type { Definition } from '../core/outline.ts';
import type { Candidate, Neighbour } from './candidate.ts';
import type { Scene } from './scene.ts';
import { wordsOf } from './words.ts';

/** Every definition of the neighbours with how likely the next tokens need it, the likeliest first. */
export function rankDefinitions(scene: Scene): Candidate[] {
  const candidates: Candidate[] = [];
  for (const neighbour of scene.neighbours) {
    for (const definition of neighbour.outline.definitions) {
      if (definition.name.length < 3) continue;
      candidates.push({
        neighbour,
        definition,
        weight: weigh(definition.name, definition.reach, definition.local, neighbour, scene),
      });
    }
  }
  return candidates.sort((a, b) => b.weight - a.weight);
}

const relationLogits = { imported: 1.5, package: 1, indirect: 0, open: 0.3 } as const;

function weigh(
  name: string,
  reach: Definition['reach'],
  local: boolean,
  neighbour: Neighbour,
  scene: Scene,
): number {
  let logit = -3 + relationLogits[neighbour.relation];
  if (reach === 'file') logit -= 1.5;
  if (local) logit -= 2;
  if (neighbour.taken.includes(name)) logit += 0.5;
  if (scene.ownNames.has(name)) logit -= 1.5;
  let users = 0;
  for (const [path, names] of scene.openNames) if (path !== neighbour.source.path && names.has(name)) users++;
  logit += Math.min(users, 3) * 0.5;
  let shared = 0;
  const words = wordsOf(name);
  for (const word of words) shared += scene.nearWords.get(word) ?? 0;
  logit += (1.5 * shared) / Math.max(1, words.length);
  return 1 / (1 + Math.exp(-logit));
}
