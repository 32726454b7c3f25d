import type { Resolve } from './importer.ts';
import { folderOf, upwards } from './paths.ts';

const endings: Readonly<Record<string, string>> = {
  java: '.java',
  kotlin: '.kt',
  scala: '.scala',
  csharp: '.cs',
  php: '.php',
  lua: '.lua',
};

/** Files of a wildcard import that are looked at. */
const maxFiles = 20;

/** Names whose dots or backslashes are folders below some root: Java, Kotlin, Scala, PHP, Lua. Nested classes lead to their outer file. */
export const resolveDotted: Resolve = async (wanted, from, files, signal) => {
  const ending = endings[from.source.languageId] ?? '';
  const found = new Set<string>();
  for (const parts of namesOf(wanted.path)) {
    for (const root of rootsOf(from.source.path, from.outline.packageName)) {
      const before = found.size;
      for (let length = parts.length; length > 0 && found.size === before; length--) {
        const folder = [root, ...parts.slice(0, length - 1)].filter((part) => part !== '').join('/');
        const names = await files.list(folder, signal);
        const last = parts[length - 1] ?? '';
        if (names.has(last + ending)) found.add(folder === '' ? last + ending : `${folder}/${last}${ending}`);
        else if (length === parts.length && names.has(`${last}/`) && wanted.path.endsWith('*')) {
          const inside = await files.list(`${folder}/${last}`, signal);
          const all = [...inside].filter((name) => name.endsWith(ending)).slice(0, maxFiles);
          for (const name of all) found.add(`${folder}/${last}/${name}`);
        }
      }
      if (found.size > before) break;
    }
  }
  return [...found];
};

/** `a.b.{C, D}` and `A\B\{C, D as E}` written out, without keywords and wildcards. */
function namesOf(written: string): string[][] {
  const plain = written.replace(/^(?:import|use|function|const|static)\s+/, '').replace(/;\s*$/, '');
  const brace = /^(.*?)[.\\]?\{(.*)\}/s.exec(plain);
  const entries =
    brace === null ? [plain] : (brace[2] ?? '').split(',').map((entry) => `${brace[1]}.${entry.trim()}`);
  return entries.map((entry) =>
    entry
      .replace(/\s+(?:as|=>)\s+.*$/, '')
      .split(/[.\\/]/)
      .filter((part) => part !== '' && part !== '*' && part !== '_'),
  );
}

/** The folders that dotted names may start at: the source root that the file's own package shows, then all above. */
function rootsOf(path: string, packageName: string): string[] {
  const folder = folderOf(path);
  const tail = packageName.replaceAll(/[.\\]/g, '/');
  const own =
    tail !== '' && (folder === tail || folder.endsWith(`/${tail}`))
      ? [folder.slice(0, -tail.length - 1)]
      : [];
  const root = own[0];
  // Tests see the main sources, and the other way round.
  const twin =
    root === undefined ? [] : [root.replace(/\btest\//, 'main/'), root.replace(/\bmain\//, 'test/')];
  return [...new Set([...own, ...twin, ...upwards(folder)])];
}
