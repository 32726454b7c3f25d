import type { Files } from './files.ts';
import type { Resolve } from './importer.ts';
import { folderOf, joined, upwards, within } from './paths.ts';

/** Folders in which includes are looked for, from the file's own folder and each above. */
const includeFolders = ['', 'include', 'src', 'lib'];
/** Folders beside those that are looked into, as build files add them to the include path. */
const maxBeside = 40;

/** Paths as written, from the file's folder and the folders above: C and C++ includes, Ruby, shell. */
export const resolvePath: Resolve = async (wanted, from, files, signal) => {
  const { languageId, path } = from.source;
  const ending = languageId === 'ruby' && !wanted.path.endsWith('.rb') ? '.rb' : '';
  const written = `${wanted.path.replace(/^\$\{?\w+\}?\//, '')}${ending}`;
  const roots = upwards(folderOf(path));
  for (const root of roots) {
    const found = await firstIn(
      includeFolders.map((inside) => within(root, inside)),
      written,
      files,
      signal,
    );
    if (found !== undefined) return [found];
  }
  if (languageId !== 'c' && languageId !== 'cpp') return [];
  for (const root of roots) {
    const beside = [...(await files.list(root, signal))]
      .filter((name) => /^[^.].*\/$/.test(name))
      .slice(0, maxBeside);
    const folders = beside.map((name) => within(root, name.slice(0, -1)));
    const found = await firstIn(folders, written, files, signal);
    if (found !== undefined) return [found];
  }
  return [];
};

async function firstIn(
  folders: readonly string[],
  written: string,
  files: Files,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const folder of folders) {
    const path = joined(folder, written);
    if (path !== undefined && (await files.has(path, signal))) return path;
  }
  return undefined;
}
