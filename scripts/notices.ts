import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A package of which something is in dist/. */
interface Component {
  readonly name: string;
  readonly version: string;
  /** SPDX. */
  readonly license: string;
  /** The text of its licence, or '' where the package has none. */
  readonly text: string;
  /** SHA-512 of the package as the registry serves it, in base64; '' where the lock file does not say. */
  readonly sha512: string;
  /** Names of packages that it uses and that are in dist/ as well. */
  readonly uses: readonly string[];
}

/**
 * Writes the third-party notices (ThirdPartyNotices.txt) and the bill of materials (bom.cdx.json, CycloneDX 1.6) of what was bundled.
 * The same inputs give the same bytes: there is no time and no random number in either.
 * @param root the project's folder
 * @param inputs the files that went into the bundles, relative to `root`, as esbuild's metafile names them
 * @param dist where the two files are written
 */
export async function writeNotices(root: string, inputs: Iterable<string>, dist: string): Promise<void> {
  const lock = (await json(path.join(root, 'package-lock.json'))) as Lock;
  const manifest = (await json(path.join(root, 'package.json'))) as { name: string; version: string };
  const components = await componentsOf(root, inputs, lock);
  await writeFile(path.join(dist, 'ThirdPartyNotices.txt'), noticesOf(components));
  await writeFile(
    path.join(dist, 'bom.cdx.json'),
    `${JSON.stringify(bomOf(manifest, components), undefined, 2)}\n`,
  );
}

interface Lock {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

async function componentsOf(root: string, inputs: Iterable<string>, lock: Lock): Promise<Component[]> {
  const folders = new Set<string>();
  for (const input of inputs) {
    // The innermost package: `node_modules/a/node_modules/@b/c/index.js` is of @b/c.
    const file = input.replaceAll('\\', '/');
    // From the first node_modules on, which is how the lock file names it, wherever that folder really lies.
    const folder = /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
    if (folder !== undefined) folders.add(folder);
  }
  const components = await Promise.all([...folders].sort().map((folder) => componentAt(root, folder, lock)));
  const names = new Set(components.map(({ name }) => name));
  return components.map((component) => ({
    ...component,
    uses: component.uses.filter((name) => names.has(name)).sort(),
  }));
}

async function componentAt(root: string, folder: string, lock: Lock): Promise<Component> {
  const at = path.join(root, folder);
  const manifest = (await json(path.join(at, 'package.json'))) as {
    name: string;
    version: string;
    license?: string;
  };
  const entry = lock.packages[folder] ?? {};
  const file = (await readdir(at)).find((name) => /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i.test(name));
  return {
    name: manifest.name,
    version: manifest.version,
    license: manifest.license ?? 'NOASSERTION',
    text:
      file === undefined ? '' : (await readFile(path.join(at, file), 'utf8')).trim().replaceAll('\r\n', '\n'),
    sha512: /^sha512-(\S+)/.exec(entry.integrity ?? '')?.[1] ?? '',
    uses: Object.keys({ ...entry.dependencies, ...entry.peerDependencies }),
  };
}

function noticesOf(components: readonly Component[]): string {
  const rule = '-'.repeat(80);
  const sections = components.map(
    ({ name, version, license, text }) =>
      `${name} ${version} (${license})\nhttps://www.npmjs.com/package/${name}\n\n${text === '' ? `Licensed under ${license}.` : text}\n`,
  );
  return `Foretype holds the following packages or parts of them.\n\n${rule}\n\n${sections.join(`\n${rule}\n\n`)}`;
}

function bomOf(manifest: { name: string; version: string }, components: readonly Component[]): object {
  const refOf = ({ name, version }: { name: string; version: string }) =>
    `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const refs = new Map(components.map((component) => [component.name, refOf(component)]));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': refOf(manifest),
        name: manifest.name,
        version: manifest.version,
        licenses: [{ license: { id: 'MIT' } }],
        purl: refOf(manifest),
      },
    },
    components: components.map((component) => ({
      type: 'library',
      'bom-ref': refOf(component),
      name: component.name,
      version: component.version,
      ...(component.sha512 === ''
        ? {}
        : { hashes: [{ alg: 'SHA-512', content: Buffer.from(component.sha512, 'base64').toString('hex') }] }),
      licenses: [licenseOf(component.license)],
      purl: refOf(component),
    })),
    dependencies: [
      { ref: refOf(manifest), dependsOn: components.map(refOf) },
      ...components.map((component) => ({
        ref: refOf(component),
        dependsOn: component.uses.flatMap((name) => refs.get(name) ?? []),
      })),
    ],
  };
}

/** One licence is named, a choice of several is an expression. */
function licenseOf(license: string): object {
  return /[\s(]/.test(license) ? { expression: license } : { license: { id: license } };
}

async function json(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}
