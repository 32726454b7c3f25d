import { folderOf, joined, upwards } from './paths.ts';
import type { Resolve } from './resolve.ts';

/** Folders in which includes are looked for, from the file's own folder and each above. */
const includeFolders = ['', 'include', 'src', 'lib'];

/** Paths as written, from the file's folder and the folders above: C and C++ includes, Ruby, shell. */
export const resolvePath: Resolve = async (wanted, from, files, signal) => {
  const ending = from.source.languageId === 'ruby' && !wanted.path.endsWith('.rb') ? '.rb' : '';
  const written = `${wanted.path.replace(/^\$\{?\w+\}?\//, '')}${ending}`;
  for (const root of upwards(folderOf(from.source.path))) {
    for (const inside of includeFolders) {
      const path = joined(inside === '' ? root : root === '' ? inside : `${root}/${inside}`, written);
      if (path !== undefined && (await files.has(path, signal))) return [path];
    }
  }
  return [];
};
