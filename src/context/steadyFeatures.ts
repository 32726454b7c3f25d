import type { Definition } from '../core/outline.ts';
import type { Neighbour } from './candidate.ts';
import { folderOf } from './paths.ts';
import type { Scene } from './scene.ts';

/** What is known about a name before a key is pressed; each between 0 and about 1. */
export const steadyNames = [
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
  'holderKnown',
  'holderIsParent',
  'short',
  'fileFar',
  'test',
  'manyOfFile',
] as const;

/** Prepares the look at the neighbours' definitions; each answer lies where the last one lay. */
export function createSteady(scene: Scene): (neighbour: Neighbour, definition: Definition) => Float64Array {
  const { path } = scene.site.snapshot;
  const ownFolder = folderOf(path);
  const ownIsTest = isTest(path);
  const parents = new Set([...scene.own.parents.values()].flat());
  const { declarers, users } = countNames(scene.neighbours, scene.wordsOf);
  const tests = new Map(scene.neighbours.map(({ source }) => [source.path, isTest(source.path)]));

  const row = new Float64Array(steadyNames.length);
  return (neighbour, { name, kind, reach, local, container }) => {
    const { relation, outline, source } = neighbour;
    const far = folderOf(source.path) !== ownFolder;
    const holder = outline.definitions[container]?.name;
    const using = (users(name) || 1) - 1;
    row[0] = relation === 'imported' ? 1 : 0;
    row[1] = relation === 'package' ? 1 : 0;
    row[2] = relation === 'indirect' ? 1 : 0;
    row[3] = relation === 'sibling' ? 1 : 0;
    row[4] = neighbour.isOpen ? 1 : 0;
    row[5] = reach === 'package' && far ? 1 : 0;
    row[6] = reach === 'file' ? 1 : 0;
    row[7] = local ? 1 : 0;
    row[8] = kind === 'type' ? 1 : 0;
    row[9] = kind === 'constant' ? 1 : 0;
    row[10] = kind === 'field' ? 1 : 0;
    row[11] = kind === 'method' ? 1 : 0;
    row[12] = kind === 'module' ? 1 : 0;
    row[13] = using > 0 ? 1 : 0;
    row[14] = Math.min(1, Math.log1p(Math.max(0, using - 1)) / 2);
    row[15] = Math.min(1, Math.log(declarers(name) || 1) / 2);
    row[16] = holder !== undefined && scene.ownNames.has(holder) ? 1 : 0;
    row[17] = holder !== undefined && parents.has(holder) ? 1 : 0;
    row[18] = name.length < 4 ? 1 : 0;
    row[19] = far ? 1 : 0;
    row[20] = tests.get(source.path) === true && !ownIsTest ? 1 : 0;
    row[21] = Math.min(1, outline.definitions.length / 300);
    return row;
  };
}

function isTest(path: string): boolean {
  return /(?:^|[/._-])(?:tests?|specs?|__tests__|examples?|bench\w*)(?:[/._-]|$)|Test\.\w+$/i.test(path);
}

/** In how many of the files each name that one of them declares is declared, and in how many it stands. */
function countNames(
  files: readonly Neighbour[],
  wordsOf: Scene['wordsOf'],
): Record<'declarers' | 'users', (name: string) => number> {
  const ids = new Map<string, number>();
  const declarers: number[] = [];
  const users: number[] = [];
  /** The last file, counted from 1, that a name was counted in: once a file. */
  const last: number[] = [];
  for (const [i, { outline }] of files.entries()) {
    outline.definitions.forEach(({ name }) => {
      const id = ids.get(name) ?? declarers.length;
      if (id === declarers.length) {
        ids.set(name, id);
        declarers.push(0);
        users.push(0);
        last.push(0);
      }
      if (last[id] === i + 1) return;
      last[id] = i + 1;
      declarers[id] = (declarers[id] ?? 0) + 1;
    });
  }
  for (const file of files) {
    wordsOf(file).lines.words.forEach((name) => {
      const id = ids.get(name);
      if (id !== undefined) users[id] = (users[id] ?? 0) + 1;
    });
  }
  const of = (counts: readonly number[]) => (name: string) => counts[ids.get(name) ?? -1] ?? 0;
  return { declarers: of(declarers), users: of(users) };
}
