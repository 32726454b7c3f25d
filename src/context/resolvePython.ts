import type { Files } from './files.ts';
import type { Resolve } from './importer.ts';
import { folderOf, upwards, within } from './paths.ts';

/** Dotted names, relative by leading dots or from the nearest folder above that has the first part; submodules that are imported by name. */
export const resolvePython: Resolve = async (wanted, from, files, signal) => {
  const dots = /^\.*/.exec(wanted.path)?.[0].length ?? 0;
  const parts = wanted.path
    .slice(dots)
    .split('.')
    .filter((part) => part !== '');
  const folder = folderOf(from.source.path);
  const above = upwards(folder);
  const roots =
    dots > 0
      ? above.slice(dots - 1, dots)
      : above.flatMap((root) => [root, within(root, 'src'), within(root, 'lib')]);
  for (const root of roots) {
    const found = await moduleAt(root, parts, wanted.names, files, signal);
    if (found.length > 0) return found;
  }
  return [];
};

async function moduleAt(
  root: string,
  parts: readonly string[],
  names: readonly string[],
  files: Files,
  signal: AbortSignal,
): Promise<string[]> {
  let folder = root;
  for (const [i, part] of parts.entries()) {
    const here = await files.list(folder, signal);
    const last = i === parts.length - 1;
    if (last && here.has(`${part}.py`)) return [within(folder, `${part}.py`)];
    if (last && here.has(`${part}.pyi`)) return [within(folder, `${part}.pyi`)];
    if (!here.has(`${part}/`)) return [];
    folder = within(folder, part);
  }
  const inside = await files.list(folder, signal);
  const found = names.filter((name) => inside.has(`${name}.py`)).map((name) => within(folder, `${name}.py`));
  if (inside.has('__init__.py') && found.length < Math.max(1, names.length))
    found.push(within(folder, '__init__.py'));
  return found;
}
