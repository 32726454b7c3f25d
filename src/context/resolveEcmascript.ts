import type { Files } from './files.ts';
import type { Resolve } from './importer.ts';
import { folderOf, joined, within } from './paths.ts';
import { aliasesOf, packageNamed } from './resolvePackages.ts';

/** What may stand behind a path that is written without its ending, in the order of the TypeScript compiler. */
const endings = ['.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs', '.vue', '.svelte'];

/** Relative paths, `paths` of tsconfig.json and `imports` of package.json, and packages of the same workspace. */
export const resolveEcmascript: Resolve = async (wanted, from, files, signal) => {
  const folder = folderOf(from.source.path);
  for (const target of await targetsOf(wanted.path, folder, files, signal)) {
    const found = await fileAt(target, files, signal);
    if (found !== undefined) return [found];
  }
  return [];
};

/** Where a module path may lead, the likeliest first. */
async function targetsOf(path: string, folder: string, files: Files, signal: AbortSignal): Promise<string[]> {
  if (path.startsWith('.')) {
    const target = joined(folder, path);
    return target === undefined ? [] : [target];
  }
  if (path.startsWith('node:')) return [];
  const aliases = await aliasesOf(path, folder, files, signal);
  if (aliases.length > 0) return aliases;
  const [, name = path, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(path) ?? [];
  const home = await packageNamed(name, folder, files, signal);
  if (home === undefined) return [];
  return rest === ''
    ? [within(home, 'src'), within(home, 'lib'), home]
    : [within(home, rest), within(home, `src/${rest}`)];
}

/** The file that a module path without or with its ending means. */
async function fileAt(target: string, files: Files, signal: AbortSignal): Promise<string | undefined> {
  const folder = folderOf(target);
  const name = target.slice(folder === '' ? 0 : folder.length + 1);
  const names = await files.list(folder, signal);
  if (name !== '' && names.has(name)) return target;
  // TypeScript writes the ending that the output will have.
  const bare = name.replace(/\.([cm]?)jsx?$/, '');
  for (const stem of bare === name ? [name] : [bare, name]) {
    for (const ending of endings) if (names.has(stem + ending)) return within(folder, stem + ending);
  }
  if (name !== '' && !names.has(`${name}/`)) return undefined;
  const inside = await files.list(target, signal);
  for (const ending of endings) if (inside.has(`index${ending}`)) return within(target, `index${ending}`);
  return undefined;
}
