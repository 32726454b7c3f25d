import type { Files } from './files.ts';
import { folderOf, joined, upwards, within } from './paths.ts';

/** Folders in which workspaces keep their packages. */
const packageFolders = ['packages', 'libs', 'apps', 'modules', 'plugins', ''];
/** `extends` followed at most so often, as a configuration may extend itself. */
const maxExtends = 4;

/** Where tsconfig's `paths` and package.json's `imports` send a module path; empty where neither names it. */
export async function aliasesOf(
  path: string,
  folder: string,
  files: Files,
  signal: AbortSignal,
): Promise<string[]> {
  for (const root of upwards(folder)) {
    const names = await files.list(root, signal);
    const config = ['tsconfig.json', 'jsconfig.json'].find((name) => names.has(name));
    if (config !== undefined) {
      const targets = await fromConfig(within(root, config), path, maxExtends, files, signal);
      if (targets.length > 0) return targets;
    }
    if (names.has('package.json')) {
      const imports = record((await jsonAt(within(root, 'package.json'), files, signal)).imports);
      const targets = matchesOf(path, imports).map((target) => joined(root, target));
      if (targets.length > 0) return targets.filter((target) => target !== undefined);
      if (config !== undefined) break;
    }
  }
  return [];
}

async function fromConfig(
  at: string,
  path: string,
  depth: number,
  files: Files,
  signal: AbortSignal,
): Promise<string[]> {
  const config = await jsonAt(at, files, signal);
  const options: Configuration = record(config.compilerOptions);
  const base = joined(folderOf(at), typeof options.baseUrl === 'string' ? options.baseUrl : '.') ?? '';
  const targets = matchesOf(path, record(options.paths)).map((target) => joined(base, target));
  const found = targets.filter((target) => target !== undefined);
  if (found.length === 0 && typeof options.baseUrl === 'string') found.push(within(base, path));
  const parent = config.extends;
  if (targets.length > 0 || typeof parent !== 'string' || !parent.startsWith('.') || depth === 0)
    return found;
  const next = joined(folderOf(at), parent.endsWith('.json') ? parent : `${parent}.json`);
  return next === undefined ? found : [...(await fromConfig(next, path, depth - 1, files, signal)), ...found];
}

/** The folder of the workspace's package of that name. */
export async function packageNamed(
  name: string,
  folder: string,
  files: Files,
  signal: AbortSignal,
): Promise<string | undefined> {
  const short = name.split('/').at(-1) ?? name;
  for (const root of upwards(folder)) {
    for (const inside of packageFolders) {
      const parent = within(root, inside);
      const names = await files.list(parent, signal);
      const folders = [...names].filter(
        (entry) => entry.endsWith('/') && entry.includes(short.replace(/^.*-/, '')),
      );
      const homes = folders.map((entry) => within(parent, entry.slice(0, -1)));
      if (inside === '' && names.has('package.json')) homes.push(root);
      for (const home of homes) {
        if (!(await files.has(within(home, 'package.json'), signal))) continue;
        if ((await jsonAt(within(home, 'package.json'), files, signal)).name === name) return home;
      }
    }
  }
  return undefined;
}

/** The targets of the keys that fit; `*` stands for the same text on both sides. */
function matchesOf(path: string, table: Record<string, unknown>): string[] {
  for (const [key, value] of Object.entries(table)) {
    const [before = '', after] = key.split('*');
    const fits = after === undefined ? path === key : path.startsWith(before) && path.endsWith(after);
    if (!fits) continue;
    const star = after === undefined ? '' : path.slice(before.length, path.length - after.length);
    const targets = (Array.isArray(value) ? value : [value]).flatMap((entry) =>
      typeof entry === 'string'
        ? [entry]
        : Object.values(record(entry)).filter((one) => typeof one === 'string'),
    );
    return targets.map((target) => target.replace('*', star));
  }
  return [];
}

async function jsonAt(path: string, files: Files, signal: AbortSignal): Promise<Configuration> {
  const source = await files.read(path, signal);
  if (source === undefined) return {};
  // Configurations may hold comments and trailing commas; strings are kept as they are.
  const plain = source.text
    .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, text: string | undefined) => text ?? '')
    .replace(/,(\s*[}\]])/g, '$1');
  try {
    return record(JSON.parse(plain));
  } catch {
    // A file that is being edited; its aliases are unknown until it parses again.
    return {};
  }
}

/** The members that are read of configuration files. */
interface Configuration {
  readonly name?: unknown;
  readonly imports?: unknown;
  readonly extends?: unknown;
  readonly compilerOptions?: unknown;
  readonly baseUrl?: unknown;
  readonly paths?: unknown;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
