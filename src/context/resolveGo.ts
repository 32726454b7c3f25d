import type { Resolve } from './importer.ts';
import { folderOf, upwards } from './paths.ts';

/** Files of one package that are looked at. */
const maxFiles = 30;

/** An import path ends with the package's folder: the longest tail of it that is a folder with Go files, from any folder above. */
export const resolveGo: Resolve = async (wanted, from, files, signal) => {
  const parts = wanted.path.split('/');
  // The standard library's first part has no dot, a module's has; a bare first part may still be a module without a host.
  const starts = parts[0]?.includes('.') ? 1 : 0;
  for (let i = starts; i < parts.length; i++) {
    const tail = parts.slice(i).join('/');
    if (i === 0 && parts.length === 1 && tail.length < 12 && !(await files.has(`${tail}/`, signal))) continue;
    for (const root of upwards(folderOf(from.source.path))) {
      const folder = root === '' ? tail : `${root}/${tail}`;
      const found = await goFilesIn(folder, files, signal);
      if (found.length > 0) return found;
    }
  }
  // The module's own root package: the rest of the path is the module's name.
  const last = parts.at(-1) ?? '';
  const above = upwards(folderOf(from.source.path));
  if (starts === 1 && parts.length === 3 && above.length > 1 && /^[\w-]+$/.test(last)) {
    for (const root of above)
      if ((await files.list(root, signal)).has('go.mod')) return await goFilesIn(root, files, signal);
  }
  return [];
};

async function goFilesIn(
  folder: string,
  files: Parameters<Resolve>[2],
  signal: AbortSignal,
): Promise<string[]> {
  const names = [...(await files.list(folder, signal))].filter((name) => /(?<!_test)\.go$/.test(name));
  return names.slice(0, maxFiles).map((name) => (folder === '' ? name : `${folder}/${name}`));
}
