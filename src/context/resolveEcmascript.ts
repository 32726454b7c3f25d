import type { Files } from './files.ts';
import { folderOf, joined } from './paths.ts';
import type { Resolve } from './resolve.ts';

/** What may stand behind a path that is written without its ending, in the order of the TypeScript compiler. */
const endings = ['.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs', '.vue', '.svelte'];

/** Relative paths, with and without ending, and folders with an index. */
export const resolveEcmascript: Resolve = async (wanted, from, files, signal) => {
  if (!wanted.path.startsWith('.')) return [];
  const target = joined(folderOf(from.source.path), wanted.path);
  if (target === undefined) return [];
  const found = await fileAt(target, files, signal);
  return found === undefined ? [] : [found];
};

/** The file that a module path without or with its ending means. */
async function fileAt(target: string, files: Files, signal: AbortSignal): Promise<string | undefined> {
  const folder = folderOf(target);
  const name = target.slice(folder === '' ? 0 : folder.length + 1);
  const names = await files.list(folder, signal);
  const within = (path: string) => (folder === '' ? path : `${folder}/${path}`);
  if (name !== '' && names.has(name)) return target;
  // TypeScript writes the ending that the output will have.
  const bare = name.replace(/\.([cm]?)jsx?$/, '');
  for (const stem of bare === name ? [name] : [bare, name]) {
    for (const ending of endings) if (names.has(stem + ending)) return within(stem + ending);
  }
  if (name !== '' && !names.has(`${name}/`)) return undefined;
  const inside = await files.list(target, signal);
  for (const ending of endings) {
    if (inside.has(`index${ending}`)) return target === '' ? `index${ending}` : `${target}/index${ending}`;
  }
  return undefined;
}
