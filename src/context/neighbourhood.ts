import { isAbort } from '../core/errors.ts';
import type { Import, OutlineOf } from '../core/outline.ts';
import type { Neighbour, Relation } from './candidate.ts';
import type { Files } from './files.ts';
import type { Importer } from './importer.ts';
import { folderOf, stemOf, within } from './paths.ts';
import { resolverOf } from './resolve.ts';

/** Open files that are looked at without an import, the most recently used first: more nobody has in mind. */
const maxOpen = 24;
/** Files that hand on names of files that hand on names: chains longer than this are rare. */
const maxBarrels = 4;
/** Files on disk that are looked at for one file, and files of its package, open or not: the open ones first. */
const maxFromDisk = 60;
const maxOfPackage = 60;
/** Files looked at for one file, all together. What is known of their words is kept for this many. */
export const maxNeighbours = 100;

/** Finds the files around one file, closest first. Reports each as soon as it is known; what the signal cuts off is missing. */
export async function exploreNeighbourhood(
  from: Importer,
  files: Files,
  outlineOf: OutlineOf,
  found: (neighbour: Neighbour) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const open = files.open();
  const seen = new Set([from.source.path]);
  let fromDisk = 0;
  let all = 0;

  async function add(path: string, relation: Relation): Promise<Importer | undefined> {
    if (seen.has(path)) return undefined;
    seen.add(path);
    const tab = open.get(path);
    if ((tab === undefined && ++fromDisk > maxFromDisk) || ++all > maxNeighbours) return undefined;
    const source = tab ?? (await files.read(path, signal));
    if (source === undefined) return undefined;
    const outline = await outlineOf(source, signal);
    signal.throwIfAborted();
    await found({ source, outline, relation, isOpen: tab !== undefined });
    return { source, outline };
  }

  /** Adds what a file imports; where `only` is given, the imports of those names and those that take all. */
  async function addImports(
    importer: Importer,
    relation: Relation,
    only?: ReadonlySet<string>,
  ): Promise<Importer[]> {
    const resolve = resolverOf(importer.source.languageId);
    const chosen =
      only === undefined
        ? importer.outline.imports
        : importer.outline.imports.filter((one) => takes(one, only));
    const added = await Promise.all(
      chosen.map(async (one) => {
        const paths = await resolve(one, importer, files, signal);
        return await Promise.all(paths.map((path) => add(path, relation)));
      }),
    );
    return added.flat().filter((one) => one !== undefined);
  }

  const wanted = new Set(from.outline.imports.flatMap((one) => namesTaken(one)));
  try {
    let layer = await addImports(from, 'imported');
    // A file that mostly hands on what others declare stands for those.
    let barrels = layer.filter(isBarrel);
    for (let depth = 0; depth < maxBarrels && barrels.length > 0; depth++) {
      const handedOn = (await Promise.all(barrels.map((one) => addImports(one, 'imported', wanted)))).flat();
      layer.push(...handedOn);
      barrels = handedOn.filter(isBarrel);
    }
    const [own, others] = await siblings(from, files, signal);
    const openFirst = own.toSorted((a, b) => Number(open.has(b)) - Number(open.has(a)));
    await Promise.all(openFirst.slice(0, maxOfPackage).map((path) => add(path, 'package')));
    await Promise.all([...open.keys()].slice(0, maxOpen).map((path) => add(path, 'open')));
    for (let depth = 0; depth < 2; depth++) {
      const next = await Promise.all(layer.map((one) => addImports(one, 'indirect')));
      layer = next.flat();
    }
    await Promise.all(others.map((path) => add(path, 'sibling')));
  } catch (error) {
    if (!isAbort(error)) throw error;
  }
}

/** The names that an import takes; in some languages they stand in its path. */
function namesTaken({ path, names }: Import): readonly string[] {
  return [...names, ...(path.match(/\w+/g) ?? [])];
}

function takes(one: Import, wanted: ReadonlySet<string>): boolean {
  const all = one.names.length === 0 && (/[*{]\s*\}?$/.test(one.path) || !/::|\.\w/.test(one.path));
  return all || namesTaken(one).some((name) => wanted.has(name));
}

function isBarrel({ outline }: Importer): boolean {
  return outline.imports.length > 0 && outline.definitions.length <= outline.imports.length;
}

/** Languages in which the files of a folder see each other's names without an import. */
const sharesFolder = new Set(['go', 'java', 'kotlin', 'scala', 'csharp']);

/** The files of the same folder in two lists: those that share names without an import, and the others of the same language. */
async function siblings(
  { source }: Importer,
  files: Files,
  signal: AbortSignal,
): Promise<[string[], string[]]> {
  const folder = folderOf(source.path);
  const ending = endingOf(source.path);
  const alike =
    ending === 'c' || ending === 'h' ? /^[ch]$/ : new RegExp(`^${ending.replace(/^([jt]sx?)$/, '[jt]sx?')}$`);
  const names = [...(await files.list(folder, signal))].filter((name) => alike.test(endingOf(name)));
  const paths = names.map((name) => within(folder, name)).filter((path) => path !== source.path);
  if (sharesFolder.has(source.languageId)) {
    return [[...paths, ...(await twins(folder, ending, files, signal))], []];
  }
  const stem = stemOf(source.path);
  return [paths.filter((path) => stemOf(path) === stem), paths.filter((path) => stemOf(path) !== stem)];
}

/** The files of the same package on the other side of `src/main` and `src/test`. */
async function twins(folder: string, ending: string, files: Files, signal: AbortSignal): Promise<string[]> {
  const twin = /(?:^|\/)src\/test\//.test(folder)
    ? folder.replace(/(^|\/)src\/test\//, '$1src/main/')
    : folder.replace(/(^|\/)src\/main\//, '$1src/test/');
  if (twin === folder) return [];
  const names = [...(await files.list(twin, signal))];
  return names.filter((name) => endingOf(name) === ending).map((name) => within(twin, name));
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
