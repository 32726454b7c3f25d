import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Packages that carry sources as people wrote them, with the extensions of the files that may be held out. */
const packages: readonly { readonly name: string; readonly version: string; readonly held: string }[] = [
  { name: '@tanstack/query-core', version: '5.108.0', held: 'ts' },
  { name: '@reduxjs/toolkit', version: '2.14.0', held: 'ts.tsx' },
  { name: 'rxjs', version: '7.8.2', held: 'ts' },
  { name: 'effect', version: '4.1.0', held: 'ts' },
  { name: 'sequelize', version: '6.37.8', held: 'js' },
  { name: 'webpack', version: '5.101.0', held: 'js' },
  { name: 'node-gyp', version: '13.1.0', held: 'py' },
  { name: 'node-expat', version: '2.4.1', held: 'c' },
  { name: 'lmdb', version: '3.5.6', held: 'c' },
  { name: 'node-hid', version: '3.4.0', held: 'c' },
];

/** Fetches the packages into `.bench/` of the checkout, once, and gives a specification of each for `holdOut`. */
export function fetchPackages(root: string): string[] {
  const cache = join(root, '.bench', 'builtin');
  mkdirSync(cache, { recursive: true });
  return packages.map(({ name, version, held }) => {
    const folder = join(cache, `${name.replaceAll('/', '-')}-${version}`);
    if (!existsSync(folder)) unpack(`${name}@${version}`, cache, folder);
    return `${folder}:${held}`;
  });
}

/** Unpacks a package of the registry into a folder; `cache` is where its archive goes. */
export function unpack(specification: string, cache: string, folder: string): void {
  console.error(`fetching ${specification}`);
  const before = new Set(readdirSync(cache));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', cache, specification], { cwd: cache });
  const archive = readdirSync(cache).find((name) => !before.has(name));
  if (archive === undefined) throw new Error(`npm gave no archive for ${specification}`);
  mkdirSync(folder);
  execFileSync('tar', ['xf', archive, '-C', folder, '--strip-components=1'], { cwd: cache });
}
