/**
 * Builds what runs into dist/:
 *   extension.cjs          what VS Code loads: it loads the session
 *   session.cjs            the extension host's side
 *   indexer.cjs            the worker that reads the workspace
 *   lazy/<package>.cjs     packages that the sources import with `await import('…')`: kept out of the files above, because VS Code
 *                          reads and compiles those at every start
 *   webview/<page>.js      the script of each page in src/webview that has a style sheet in media/
 *   web-tree-sitter.wasm   tree-sitter itself
 *   grammars/*.wasm        the grammars that syntaxes/*.scm name
 *   syntaxes/*.scm
 *   ThirdPartyNotices.txt  the licences of all that others made in the files above
 *   bom.cdx.json           the same as a bill of materials (CycloneDX)
 */
import { copyFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { writeNotices } from './scripts/notices.ts';

const root = import.meta.dirname;
const dist = path.join(root, 'dist');
const inRoot = (...parts) => path.join(root, ...parts);
const exists = (file) =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Where grammars come from, in the order in which they are looked for. */
const grammarFolders = [
  '@vscode/tree-sitter-wasm/wasm',
  'tree-sitter-c',
  'tree-sitter-scala',
  '@tree-sitter-grammars/tree-sitter-kotlin',
  '@tree-sitter-grammars/tree-sitter-lua',
].map((folder) => inRoot('node_modules', folder));

/** Packages that were met in `await import('…')`, by the name of their bundle. */
const lazyPackages = new Map();

/** The sources in src/ that become a bundle of their own for the extension host and its thread. */
const hostEntries = ['extension', 'session', 'indexer'];

/** Turns a dynamic import of a package or of an entry into one of its own bundle, and remembers the package. */
const lazy = {
  name: 'lazy',
  setup(pluginBuild) {
    pluginBuild.onResolve({ filter: /^\.\// }, ({ path: specifier, kind }) => {
      const name = path.basename(specifier, '.ts');
      if (kind !== 'dynamic-import' || !hostEntries.includes(name)) return undefined;
      return { path: `./${name}.cjs`, external: true };
    });
    pluginBuild.onResolve({ filter: /^[^./]/ }, ({ path: specifier, kind }) => {
      if (kind !== 'dynamic-import' || specifier.startsWith('node:')) return undefined;
      const name = specifier.replace(/^@/, '').replaceAll('/', '-');
      lazyPackages.set(name, specifier);
      return { path: `./lazy/${name}.cjs`, external: true };
    });
  },
};

/**
 * Reads the editor's API once. Its hundreds of names would be copied again for each file that imports it, which takes longer than
 * compiling the file.
 */
const editorApi = {
  name: 'editor-api',
  setup(pluginBuild) {
    pluginBuild.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'editor-api'
        ? { path: 'vscode', external: true }
        : { path: 'vscode', namespace: 'editor-api' },
    );
    pluginBuild.onLoad({ filter: /.*/, namespace: 'editor-api' }, () => ({
      contents: 'export * from "vscode";',
    }));
  },
};

const forHost = {
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  // VS Code 1.133's extension host.
  target: 'node22',
  external: ['vscode'],
  // jsonc-parser's `main` requires its parts by names that no bundler can follow.
  mainFields: ['module', 'main'],
  // `import()` becomes `require`, which is the only way to a CommonJS bundle that every host has.
  supported: { 'dynamic-import': false },
  logLevel: 'warning',
  legalComments: 'none',
};

/** The files of which something is in dist/, for the notices. */
const inputs = new Set();

async function bundle(options) {
  const { metafile } = await build({ ...options, metafile: true });
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      if (bytesInOutput > 0) inputs.add(input);
    }
  }
}

/** Copies a file into dist/ as it is. */
async function copy(file, to) {
  await copyFile(file, path.join(dist, to));
  inputs.add(path.relative(root, file));
}

await rm(dist, { recursive: true, force: true });

for (const name of hostEntries) {
  const entry = inRoot('src', `${name}.ts`);
  if (!(await exists(entry))) continue;
  await bundle({
    ...forHost,
    entryPoints: [entry],
    outfile: path.join(dist, `${name}.cjs`),
    plugins: [editorApi, lazy],
  });
}

for (const [name, specifier] of lazyPackages) {
  await bundle({
    ...forHost,
    stdin: { contents: `module.exports = require(${JSON.stringify(specifier)});`, resolveDir: root },
    outfile: path.join(dist, 'lazy', `${name}.cjs`),
    // web-tree-sitter asks for the address of its module only to find a file that it is given here.
    define: { 'import.meta.url': '"file:///"' },
  });
}

const pages = (await exists(inRoot('src/webview'))) ? await readdir(inRoot('src/webview')) : [];
for (const page of pages) {
  const name = path.basename(page, '.ts');
  if (!page.endsWith('.ts') || !(await exists(inRoot('media', `${name}.css`)))) continue;
  await bundle({
    entryPoints: [inRoot('src/webview', page)],
    outfile: path.join(dist, 'webview', `${name}.js`),
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'chrome130',
    logLevel: 'warning',
    legalComments: 'none',
  });
}

if (await exists(inRoot('syntaxes'))) {
  await mkdir(path.join(dist, 'grammars'), { recursive: true });
  await mkdir(path.join(dist, 'syntaxes'), { recursive: true });
  const runtime = 'web-tree-sitter.wasm';
  await copy(inRoot('node_modules/web-tree-sitter', runtime), runtime);
  for (const file of (await readdir(inRoot('syntaxes'))).filter((name) => name.endsWith('.scm'))) {
    await copyFile(inRoot('syntaxes', file), path.join(dist, 'syntaxes', file));
    const header = await readFile(inRoot('syntaxes', file), 'utf8');
    const grammar = /^;\s*grammar:\s*(\S+)/m.exec(header)?.[1];
    if (grammar !== undefined) await copyGrammar(grammar, file);
  }
}

await writeNotices(root, inputs, dist);

async function copyGrammar(name, neededBy) {
  for (const folder of grammarFolders) {
    if (!(await exists(path.join(folder, name)))) continue;
    await copy(path.join(folder, name), path.join('grammars', name));
    return;
  }
  throw new Error(`syntaxes/${neededBy} names ${name}, which is in none of the packages with grammars.`);
}
