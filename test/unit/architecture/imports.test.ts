import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../../../src');
const parts = ['syntax', 'context', 'prompt', 'backends', 'builtin', 'filters', 'privacy', 'usage'];

/** Packages that a folder may import, besides Node's own where `node` is among them. */
const packages: Readonly<Record<string, readonly string[]>> = {
  core: ['lru-cache'],
  syntax: ['web-tree-sitter'],
  context: ['jsonc-parser'],
  prompt: ['gpt-tokenizer'],
  backends: ['openai', 'eventsource-parser'],
  builtin: [],
  filters: ['fastest-levenshtein'],
  privacy: ['ignore', 'lru-cache', '@secretlint/secretlint-rule-preset-recommend'],
  usage: ['gpt-tokenizer'],
  editor: ['vscode', 'node', 'jsonc-parser'],
  webview: ['marked', 'dompurify', 'highlight.js', 'uplot'],
};

/** Folders that a folder may import, besides itself. */
function foldersFor(folder: string): readonly string[] {
  if (folder === 'core') return [];
  // The panels and their pages share the messages between them.
  if (folder === 'editor') return ['core', 'webview'];
  return ['core'];
}

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly target: string;
}

const imports: readonly Import[] = globSync('*/**/*.ts', { cwd: src }).flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8');
  const folder = file.split(/[\\/]/)[0] ?? '';
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^'\n]+)'/g)].map(([, target = '']) => ({
    file,
    folder,
    target,
  }));
});

test('there are imports to look at in every part', () => {
  expect(new Set(imports.map(({ folder }) => folder))).toEqual(
    new Set([...parts, 'core', 'editor', 'webview']),
  );
});

test('parts import the core and never each other', () => {
  const strays = imports
    .filter(({ target }) => target.startsWith('.'))
    .map(({ file, folder, target }) => {
      const to = relative(src, resolve(src, dirname(file), target)).split(/[\\/]/)[0] ?? '';
      return to === folder || foldersFor(folder).includes(to) ? undefined : `${file} imports ${target}`;
    })
    .filter((stray) => stray !== undefined);
  expect(strays).toEqual([]);
});

test('packages are imported only where they live, and vscode only in the editor', () => {
  const strays = imports
    .filter(({ target }) => !target.startsWith('.'))
    .filter(({ folder, target }) => {
      const allowed = packages[folder] ?? [];
      if (target.startsWith('node:')) return !allowed.includes('node');
      return !allowed.some((name) => target === name || target.startsWith(`${name}/`));
    })
    .map(({ file, target }) => `${file} imports ${target}`);
  expect(strays).toEqual([]);
});
