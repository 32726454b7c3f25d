import type { Files } from './files.ts';
import type { Resolve } from './importer.ts';
import { folderOf, joined, stemOf, upwards, within } from './paths.ts';

/** `mod` and `use` with crate, self, super, the file's own modules, and other crates of the workspace. */
export const resolveRust: Resolve = async (wanted, from, files, signal) => {
  const { path } = from.source;
  const own = moduleFolder(path);
  const found = new Set<string>();
  for (const parts of pathsOf(wanted.path)) {
    const [first = '', ...rest] = parts;
    const start = await startOf(first, own, path, files, signal);
    for (const { folder, names } of start) {
      const file = await deepest(folder, [...names, ...rest], files, signal);
      if (file !== undefined) {
        found.add(file);
        break;
      }
    }
  }
  found.delete(path);
  return [...found];
};

/** The folder of a file's submodules. */
function moduleFolder(path: string): string {
  const folder = folderOf(path);
  const stem = stemOf(path);
  return stem === 'mod' || stem === 'lib' || stem === 'main' ? folder : (joined(folder, stem) ?? folder);
}

interface Start {
  readonly folder: string;
  readonly names: readonly string[];
}

async function startOf(
  first: string,
  own: string,
  path: string,
  files: Files,
  signal: AbortSignal,
): Promise<Start[]> {
  if (first === 'self') return [{ folder: own, names: [] }];
  if (first === 'super')
    return [
      { folder: folderOf(own), names: [] },
      { folder: folderOf(path), names: [] },
    ];
  if (first === 'crate') {
    for (const folder of upwards(folderOf(path))) {
      const names = await files.list(folder, signal);
      if (names.has('lib.rs') || names.has('main.rs')) return [{ folder, names: [] }];
    }
    return [];
  }
  const starts: Start[] = [];
  const names = await files.list(own, signal);
  if (names.has(`${first}.rs`) || names.has(`${first}/`)) starts.push({ folder: own, names: [first] });
  const crates = [first, first.replaceAll('_', '-')];
  for (const root of upwards(folderOf(path))) {
    if ((await crateNameAt(root, files, signal)) === first)
      starts.push({ folder: within(root, 'src'), names: [] });
    for (const crate of crates) {
      for (const inside of [`${crate}/src`, `crates/${crate}/src`]) {
        const folder = joined(root, inside) ?? '';
        if ((await files.list(folder, signal)).has('lib.rs')) starts.push({ folder, names: [] });
      }
    }
  }
  return starts;
}

/** The name that code uses for the crate of a folder. */
async function crateNameAt(root: string, files: Files, signal: AbortSignal): Promise<string | undefined> {
  if (!(await files.has(within(root, 'Cargo.toml'), signal))) return undefined;
  const manifest = await files.read(within(root, 'Cargo.toml'), signal);
  return /^name\s*=\s*"([^"]+)"/m.exec(manifest?.text ?? '')?.[1]?.replaceAll('-', '_');
}

/** The file of the longest part of the path that is a module. */
async function deepest(
  start: string,
  names: readonly string[],
  files: Files,
  signal: AbortSignal,
): Promise<string | undefined> {
  let folder = start;
  let file: string | undefined;
  for (const name of names) {
    const here = await files.list(folder, signal);
    const inside = folder === '' ? name : `${folder}/${name}`;
    if (here.has(`${name}.rs`)) file = `${inside}.rs`;
    else if (here.has(`${name}/`) && (await files.has(`${inside}/mod.rs`, signal))) file = `${inside}/mod.rs`;
    else break;
    folder = inside;
  }
  if (file !== undefined) return file;
  const here = await files.list(start, signal);
  for (const name of ['mod.rs', 'lib.rs', 'main.rs'])
    if (here.has(name)) return start === '' ? name : `${start}/${name}`;
  // The module of a folder may stand beside it.
  return start !== '' && (await files.has(`${start}.rs`, signal)) ? `${start}.rs` : undefined;
}

/** `a::{b, c::{d, self}}` written out as lists of names. */
function pathsOf(written: string): string[][] {
  const brace = written.indexOf('{');
  if (brace < 0) return [partsOf(written)];
  const head = partsOf(written.slice(0, brace));
  const body = written.slice(brace + 1, written.lastIndexOf('}') < 0 ? undefined : written.lastIndexOf('}'));
  return splitAtTop(body).flatMap((entry) => pathsOf(entry).map((tail) => [...head, ...tail]));
}

function partsOf(path: string): string[] {
  return path
    .replace(/\s+as\s+\w+/g, '')
    .split('::')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '*');
}

/** Splits at commas that are not in braces. */
function splitAtTop(list: string): string[] {
  const entries = [''];
  let depth = 0;
  for (const c of list) {
    if (c === '{') depth++;
    else if (c === '}') depth--;
    if (c === ',' && depth === 0) entries.push('');
    else entries[entries.length - 1] += c;
  }
  return entries.filter((entry) => entry.trim() !== '');
}
