import { isAbort } from '../core/errors.ts';
import type { OutlineOf } from '../core/outline.ts';
import type { Neighbour, Relation } from './candidate.ts';
import type { Files } from './files.ts';
import { folderOf, stemOf } from './paths.ts';
import { type Importer, resolverOf } from './resolve.ts';

/** Files on disk that are looked at for one file. */
const maxFromDisk = 60;

/** Finds the files around one file, closest first. Reports each as soon as it is known; what the signal cuts off is missing. */
export async function exploreNeighbourhood(
  from: Importer,
  files: Files,
  outlineOf: OutlineOf,
  found: (neighbour: Neighbour) => void,
  signal: AbortSignal,
): Promise<void> {
  const open = files.open();
  const seen = new Set([from.source.path]);
  let fromDisk = 0;

  async function add(path: string, relation: Relation): Promise<Importer | undefined> {
    if (seen.has(path)) return undefined;
    seen.add(path);
    const tab = open.get(path);
    if (tab === undefined && ++fromDisk > maxFromDisk) return undefined;
    const source = tab ?? (await files.read(path, signal));
    if (source === undefined) return undefined;
    const outline = await outlineOf(source, signal);
    signal.throwIfAborted();
    found({ source, outline, relation, isOpen: tab !== undefined });
    return { source, outline };
  }

  async function addImports(importer: Importer, relation: Relation): Promise<Importer[]> {
    const resolve = resolverOf(importer.source.languageId);
    const added = await Promise.all(
      importer.outline.imports.map(async (wanted) => {
        const paths = await resolve(wanted, importer, files, signal);
        return await Promise.all(paths.map((path) => add(path, relation)));
      }),
    );
    return added.flat().filter((one) => one !== undefined);
  }

  try {
    const imported = await addImports(from, 'imported');
    const [own, others] = await siblings(from, files, signal);
    await Promise.all(own.map((path) => add(path, 'package')));
    await Promise.all([...open.keys()].map((path) => add(path, 'open')));
    await Promise.all(imported.map((one) => addImports(one, 'indirect')));
    await Promise.all(others.map((path) => add(path, 'sibling')));
  } catch (error) {
    if (!isAbort(error)) throw error;
  }
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
  const paths = names
    .map((name) => (folder === '' ? name : `${folder}/${name}`))
    .filter((path) => path !== source.path);
  if (sharesFolder.has(source.languageId)) return [paths, []];
  const stem = stemOf(source.path);
  return [paths.filter((path) => stemOf(path) === stem), paths.filter((path) => stemOf(path) !== stem)];
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
