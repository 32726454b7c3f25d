import { expect, test } from 'vitest';
import { type DiskEntry, isForeign } from '../../../src/builtin/crawl.ts';
import { createPredictor } from '../../../src/builtin/index.ts';
import { Librarian } from '../../../src/builtin/librarian.ts';
import type { Shelf } from '../../../src/builtin/shelf.ts';

const never = new AbortController().signal;

/** A disk out of a record of paths and texts, with the reads that were made. */
function diskOf(files: Record<string, string>) {
  const read: string[] = [];
  const warnings: string[] = [];
  const notes: string[] = [];
  let saved: Uint8Array | undefined;
  const shelf: Shelf = {
    async list(folder) {
      const start = folder === '' ? '' : `${folder}/`;
      const names = new Map<string, DiskEntry['kind']>();
      for (const path of Object.keys(files)) {
        if (!path.startsWith(start)) continue;
        const [name = '', ...below] = path.slice(start.length).split('/');
        names.set(name, below.length > 0 ? 'folder' : 'file');
      }
      return Array.from(names, ([name, kind]) => ({ name, kind }));
    },
    async state(path) {
      const text = files[path];
      return text === undefined ? undefined : { stamp: text, bytes: text.length };
    },
    async text(path) {
      read.push(path);
      return files[path];
    },
    load: async () => saved,
    async save(bytes) {
      saved = bytes;
    },
  };
  const predictor = createPredictor();
  const make = (over: Partial<Shelf> = {}, into = predictor) =>
    new Librarian(into, {
      shelf: { ...shelf, ...over },
      rules: { entered: async () => {}, skips: (path) => isForeign(path) || path.startsWith('secret/') },
      clock: { now: () => 0 },
      languageOf: (path) => (path.endsWith('.ts') ? 'typescript' : undefined),
      breathe: async () => {},
      log: { info: (text) => notes.push(text), warn: (text) => warnings.push(text) },
    });
  return { files, read, warnings, notes, predictor, make, librarian: make() };
}

const tree = {
  'a.ts': 'one();\n',
  'src/b.ts': 'two();\n',
  'src/picture.png': 'x',
  'node_modules/lib/c.ts': 'three();\n',
  'secret/d.ts': 'four();\n',
};

test('files of known languages are learned, but not what is ignored or other people\u2019s', async () => {
  const { librarian, predictor } = diskOf(tree);
  expect(await librarian.index([''], () => {}, never)).toBe(2);
  expect(predictor.paths()).toEqual(['a.ts', 'src/b.ts']);
});

test('at the next start only files that changed are read again, and those that are gone are forgotten', async () => {
  const disk = diskOf({ ...tree });
  await disk.librarian.index([''], () => {}, never);
  await disk.librarian.keep();
  disk.read.length = 0;
  disk.files['src/b.ts'] = 'changed();\n';
  Reflect.deleteProperty(disk.files, 'a.ts');
  const later = createPredictor();
  await disk.make({}, later).index([''], () => {}, never);
  expect(disk.read).toEqual(['src/b.ts']);
  expect(later.paths()).toEqual(['src/b.ts']);
});

test('a damaged saved index is built anew, with a line in the log', async () => {
  const disk = diskOf(tree);
  const librarian = disk.make({ load: async () => new Uint8Array(100) });
  expect(await librarian.index([''], () => {}, never)).toBe(2);
  expect(disk.warnings.join()).toContain('damaged');
});

test('a full disk costs a line in the log and nothing else', async () => {
  const disk = diskOf(tree);
  const librarian = disk.make({ save: () => Promise.reject(new Error('ENOSPC')) });
  await librarian.index([''], () => {}, never);
  await librarian.keep();
  expect(disk.warnings.join()).toContain('ENOSPC');
  await librarian.learn({ path: 'e.ts', languageId: 'typescript', text: 'five();\n' });
  expect(disk.predictor.paths()).toContain('e.ts');
});

test('a file that vanishes while the folder is read is left out', async () => {
  const disk = diskOf(tree);
  const librarian = disk.make({ text: async (path) => (path === 'a.ts' ? undefined : 'two();\n') });
  expect(await librarian.index([''], () => {}, never)).toBe(1);
});

test('a file of fifty megabytes is not even read', async () => {
  const disk = diskOf(tree);
  const librarian = disk.make({ state: async () => ({ stamp: '', bytes: 50_000_000 }) });
  expect(await librarian.index([''], () => {}, never)).toBe(0);
  expect(disk.read).toEqual([]);
});

test('one line of the log tells what was left out, and why', async () => {
  const minified = 'var a=1;'.repeat(5000);
  const disk = diskOf({
    ...tree,
    'min.ts': minified,
    'min2.ts': minified,
    'made.ts': '// @generated\n',
    'big.ts': 'b',
    'bin.ts': 'c',
  });
  const librarian = disk.make({
    state: async (path) => ({ stamp: '', bytes: path === 'big.ts' ? 50_000_000 : 1 }),
    text: async (path) => (path === 'bin.ts' ? undefined : disk.files[path]),
  });
  await librarian.index([''], () => {}, never);
  expect(disk.notes).toEqual([
    'files left out: 1 too large (big.ts), 1 unreadable (bin.ts), 3 generated or minified (made.ts, …).',
  ]);
});

test('a folder that contains itself comes to an end', async () => {
  const disk = diskOf(tree);
  const librarian = disk.make({ list: async () => [{ name: 'loop', kind: 'folder' }] });
  expect(await librarian.index([''], () => {}, never)).toBe(0);
});

test('a deleted file is forgotten when it is looked at', async () => {
  const disk = diskOf({ ...tree });
  await disk.librarian.index([''], () => {}, never);
  Reflect.deleteProperty(disk.files, 'a.ts');
  await disk.librarian.look('a.ts', never);
  expect(disk.predictor.paths()).toEqual(['src/b.ts']);
});

test('reading stops when memory is full, with a line in the log', async () => {
  const disk = diskOf(tree);
  const figures = () => ({ files: 0, tokens: 10_000_000, words: 0, bytes: 0 });
  const librarian = disk.make({}, { ...disk.predictor, figures });
  await librarian.index([''], () => {}, never);
  expect(disk.read).toEqual([]);
  expect(disk.warnings.join()).toContain('too large');
});

test('a workspace that was too large is still kept in line with the disk at the next start', async () => {
  const disk = diskOf({ ...tree });
  await disk.librarian.index([''], () => {}, never);
  await disk.librarian.keep();
  disk.files['a.ts'] = 'changed();\n';
  disk.files['new.ts'] = 'no room();\n';
  Reflect.deleteProperty(disk.files, 'src/b.ts');
  disk.read.length = 0;
  const later = createPredictor();
  const figures = () => ({ ...later.figures(), tokens: 10_000_000 });
  await disk.make({}, { ...later, figures }).index([''], () => {}, never);
  expect(disk.read).toEqual(['a.ts']);
  expect(later.paths()).toEqual(['a.ts']);
});

test('reading stops after five hundred megabytes of code that is not worth learning', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 700 }, (_, index) => [`${index}.ts`, '// @generated']),
  );
  const disk = diskOf(files);
  const librarian = disk.make({ state: async () => ({ stamp: '', bytes: 999_999 }) });
  await librarian.index([''], () => {}, never);
  expect(disk.read.length).toBeLessThan(510);
  expect(disk.warnings.join()).toContain('too large');
});

test('with a folder its files are forgotten', async () => {
  const disk = diskOf({ ...tree });
  await disk.librarian.index([''], () => {}, never);
  await disk.librarian.forget('src');
  expect(disk.predictor.paths()).toEqual(['a.ts']);
});

test('a folder that was renamed is known by its new name', async () => {
  const disk = diskOf({ ...tree });
  await disk.librarian.index([''], () => {}, never);
  Reflect.deleteProperty(disk.files, 'src/b.ts');
  disk.files['moved/deep/b.ts'] = 'two();\n';
  await disk.librarian.forget('src');
  await disk.librarian.look('moved', never);
  expect(disk.predictor.paths()).toEqual(['a.ts', 'moved/deep/b.ts']);
});

test('what a program writes into a folder of made files is not learned', async () => {
  const disk = diskOf({ ...tree, 'dist/main.ts': 'made();\n' });
  await disk.librarian.look('dist/main.ts', never);
  await disk.librarian.look('dist', never);
  expect(disk.read).toEqual([]);
});
