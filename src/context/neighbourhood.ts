import { isAbort } from '../core/errors.ts';
import type { OutlineOf } from '../core/outline.ts';
import type { Neighbour, Relation } from './candidate.ts';
import type { Files } from './files.ts';
import { type Importer, resolverOf } from './resolve.ts';

/** Files on disk that are looked at for one file. */
const maxFromDisk = 40;

/** Finds the files around one file: what it imports, what those import, what is open. Reports each as soon as it is known. */
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

  async function add(
    path: string,
    relation: Relation,
    taken: readonly string[],
  ): Promise<Importer | undefined> {
    if (seen.has(path)) return undefined;
    seen.add(path);
    const tab = open.get(path);
    if (tab === undefined && ++fromDisk > maxFromDisk) return undefined;
    const source = tab ?? (await files.read(path, signal));
    if (source === undefined) return undefined;
    const outline = await outlineOf(source, signal);
    signal.throwIfAborted();
    found({ source, outline, relation, taken, isOpen: tab !== undefined });
    return { source, outline };
  }

  async function addImports(importer: Importer, relation: Relation): Promise<Importer[]> {
    const resolve = resolverOf(importer.source.languageId);
    const added = await Promise.all(
      importer.outline.imports.map(async (wanted) => {
        const paths = await resolve(wanted, importer, files, signal);
        return await Promise.all(paths.map((path) => add(path, relation, wanted.names)));
      }),
    );
    return added.flat().filter((one) => one !== undefined);
  }

  try {
    const imported = await addImports(from, 'imported');
    const rest = Promise.all([...open.keys()].map((path) => add(path, 'open', [])));
    await rest;
    await Promise.all(imported.map((one) => addImports(one, 'indirect')));
  } catch (error) {
    if (!isAbort(error)) throw error;
  }
}
