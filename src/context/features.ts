import type { Definition } from '../core/outline.ts';
import { namesOfPlacesAlike } from './alike.ts';
import type { Neighbour, Relation } from './candidate.ts';
import { folderOf } from './paths.ts';
import type { Scene } from './scene.ts';
import { wordsOf } from './words.ts';

/** What is known about a name that could be needed next; each between 0 and about 1. */
export const featureNames = [
  'imported',
  'package',
  'indirect',
  'sibling',
  'isOpen',
  'notReachable',
  'fileOnly',
  'local',
  'type',
  'constant',
  'field',
  'method',
  'module',
  'used',
  'usedByMany',
  'declaredByMany',
  'nearWordMean',
  'nearWordBest',
  'similarPlace',
  'alike',
  'alikeRoot',
  'holderKnown',
  'holderNear',
  'holderIsParent',
  'short',
  'long',
  'fileFar',
  'test',
  'inIndex',
  'holderOpen',
  'manyOfFile',
] as const;

/** One of them. */
export type FeatureName = (typeof featureNames)[number];

/** Computes the features of all definitions of a scene. */
export function createFeatures(scene: Scene): (neighbour: Neighbour, definition: Definition) => number[] {
  const ownFolder = folderOf(scene.site.snapshot.path);
  const ownIsTest = isTest(scene.site.snapshot.path);
  const similar = similarNames(scene);
  const parents = parentsHere(scene);
  const alike = namesOfPlacesAlike(scene);
  const users = countsOf(scene.neighbours.map((one) => scene.wordsOf(one).places.keys()));

  const declarers = countsOf(
    scene.neighbours.map(({ outline }) => new Set(outline.definitions.map(({ name }) => name))),
  );
  const relation = (neighbour: Neighbour, wanted: Relation) => (neighbour.relation === wanted ? 1 : 0);

  return (neighbour, definition) => {
    const { name, kind, reach } = definition;
    const folder = folderOf(neighbour.source.path);
    const holder = neighbour.outline.definitions[definition.container];
    const words = wordsOf(name);
    let nearSum = 0;
    let nearBest = 0;
    for (const word of words) {
      const near = scene.nearWords.get(word) ?? 0;
      nearSum += near;
      nearBest = Math.max(nearBest, near);
    }
    const using = (users.get(name) ?? 1) - 1;
    const declaring = declarers.get(name) ?? 1;
    return [
      relation(neighbour, 'imported'),
      relation(neighbour, 'package'),
      relation(neighbour, 'indirect'),
      relation(neighbour, 'sibling'),
      neighbour.isOpen ? 1 : 0,
      reach === 'package' && folder !== ownFolder ? 1 : 0,
      reach === 'file' ? 1 : 0,
      definition.local ? 1 : 0,
      kind === 'type' ? 1 : 0,
      kind === 'constant' ? 1 : 0,
      kind === 'field' ? 1 : 0,
      kind === 'method' ? 1 : 0,
      kind === 'module' ? 1 : 0,
      using > 0 ? 1 : 0,
      Math.min(1, Math.log1p(Math.max(0, using - 1)) / 2),
      Math.min(1, Math.log(declaring) / 2),
      nearSum / Math.max(1, words.length),
      nearBest,
      similar.get(name) ?? 0,
      alike.get(name) ?? 0,
      Math.sqrt(alike.get(name) ?? 0),
      holder !== undefined && scene.ownNames.has(holder.name) ? 1 : 0,
      holder === undefined ? 0 : (scene.nearNames.get(holder.name) ?? 0),
      holder !== undefined && parents.has(holder.name) ? 1 : 0,
      name.length < 4 ? 1 : 0,
      Math.min(1, name.length / 30),
      folder === ownFolder ? 0 : 1,
      isTest(neighbour.source.path) && !ownIsTest ? 1 : 0,
      /(?:^|\/)(?:index|__init__|mod|lib)\.\w+$/.test(neighbour.source.path) ? 1 : 0,
      holder === undefined ? 0 : 1,
      Math.min(1, neighbour.outline.definitions.length / 300),
    ];
  };
}

function isTest(path: string): boolean {
  return /(?:^|[/._-])(?:tests?|specs?|__tests__|examples?|bench\w*)(?:[/._-]|$)|Test\.\w+$/i.test(path);
}

function countsOf(sets: readonly Iterable<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const set of sets) for (const name of set) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** The types that the types of the current file extend. */
function parentsHere(scene: Scene): Set<string> {
  return new Set([...scene.own.parents.values()].flat());
}

/** Names that stand in windows of open files that look like the place of the caret, with how alike the best one is. */
function similarNames(scene: Scene): Map<string, number> {
  const similar = new Map<string, number>();
  let total = 0;
  for (const weight of scene.nearWords.values()) total += weight;
  for (const neighbour of scene.neighbours) {
    if (!neighbour.isOpen) continue;
    for (const window of scene.wordsOf(neighbour).windows) {
      let shared = 0;
      for (const word of window.words) shared += scene.nearWords.get(word) ?? 0;
      const likeness = shared / (total + window.words.size * 0.3 + 1);
      for (const name of window.names) if (likeness > (similar.get(name) ?? 0)) similar.set(name, likeness);
    }
  }
  return similar;
}
