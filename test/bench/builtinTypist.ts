import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import type { LearnedText, Prediction, Query } from '../../src/builtin/index.ts';

const languages: Readonly<Record<string, string>> = {
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.tsx': 'typescriptreact',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.jsx': 'javascriptreact',
  '.py': 'python',
  '.go': 'go',
  '.c': 'c',
  '.h': 'c',
};
const skipped = new Set(['node_modules', 'dist', 'build', 'vendor', '.git']);
const largest = 400_000;
/** A file that has so many of the lines of a held-out one is a copy of it (compiled, vendored twice): it is held out as well. */
const copied = 0.7;
/** Shorter lines stand everywhere. */
const tellingLine = 9;

/**
 * The sources of a folder, some of them held out: `folder:ext.ext`, where the extensions say which files may be held out (those
 * of 3 to 25 kB that look written by hand, chosen by a hash of their path).
 */
export function holdOut(spec: string, count: number): { known: LearnedText[]; held: LearnedText[] } {
  const [folder = '', extensions = ''] = spec.split(':');
  const wanted = new Set(extensions.split('.').map((extension) => `.${extension}`));
  const all = sourcesOf(folder, folder);
  const held = all
    .filter(({ path, text }) => wanted.has(extname(path)) && text.length > 3000 && text.length < 25_000)
    .filter(({ text }) => text.length / text.split('\n').length < 100)
    .sort((a, b) => hash(a.path) - hash(b.path))
    .slice(0, count);
  const lines = held.map(linesOf);
  const known = all.filter((file) => {
    const mine = linesOf(file);
    return !lines.some(
      (theirs) => [...theirs].filter((line) => mine.has(line)).length >= copied * theirs.size,
    );
  });
  return { known, held };
}

function linesOf({ text }: LearnedText): Set<string> {
  return new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(({ length }) => length >= tellingLine),
  );
}

function sourcesOf(root: string, folder: string): LearnedText[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const state = statSync(path, { throwIfNoEntry: false });
      if (state?.isDirectory()) return skipped.has(name) ? [] : sourcesOf(root, path);
      const languageId = languages[extname(name)];
      if (!state?.isFile() || languageId === undefined || state.size > largest) return [];
      return [
        { path: relative(root, path).replaceAll('\\', '/'), languageId, text: readFileSync(path, 'utf8') },
      ];
    });
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16_777_619);
  return value >>> 0;
}

/** What came of typing one file. */
export interface Typed {
  readonly characters: number;
  readonly keys: number;
}

/**
 * Types a file from its first to its last character, taking with one key every suggestion that is right to the last character and
 * typing past every other.
 */
export function typeThrough(
  file: LearnedText,
  ask: (query: Query) => Prediction | undefined,
  seen: (prediction: Prediction | undefined, right: boolean) => void = () => {},
): Typed {
  const { path, languageId, text } = file;
  let keys = 0;
  for (let at = 0; at < text.length; keys++) {
    const shown = ask({ path, languageId, prefix: text.slice(0, at), suffix: '' });
    const right = shown !== undefined && text.startsWith(shown.text, at);
    seen(shown, right);
    at += right ? shown.text.length : 1;
  }
  return { characters: text.length, keys };
}
