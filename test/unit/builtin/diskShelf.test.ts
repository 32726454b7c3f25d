import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDiskShelf } from '../../../src/diskShelf.ts';

let root = '';
let warnings: string[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'foretype-'));
  warnings = [];
});
afterEach(() => rm(root, { recursive: true }));

function shelf(store?: string) {
  const warn = (line: string) => warnings.push(line);
  return createDiskShelf(
    (path) => join(root, path),
    () => (store === undefined ? undefined : join(root, store)),
    { warn },
  );
}

test('a text is read whole though it has grown since it was looked at, and without a byte order mark', async () => {
  await writeFile(join(root, 'a.ts'), `\uFEFF${'let x = 1;\n'.repeat(5000)}`);
  expect(await shelf().text('a.ts', 10)).toBe('let x = 1;\n'.repeat(5000));
});

test.each([
  ['a file that has grown to two megabytes', 'a'.repeat(2_000_000)],
  ['a binary file with a source ending', new Uint8Array([77, 90, 0, 0])],
  ['a file in UTF-16', Buffer.from('const a = 1;', 'utf16le')],
])('%s is no text', async (_, content) => {
  await writeFile(join(root, 'a.ts'), content);
  expect(await shelf().text('a.ts', 10)).toBeUndefined();
});

test('what is not there, or is no file, is not waited for', async () => {
  await mkdir(join(root, 'folder.ts'));
  const server = createServer().listen(join(root, 'socket.ts'));
  await once(server, 'listening');
  for (const name of ['gone.ts', 'folder.ts', 'socket.ts']) {
    expect(await shelf().state(name)).toBeUndefined();
    expect(await shelf().text(name, 10)).toBeUndefined();
  }
  server.close();
});

test('links are not followed, as they may lead in a circle', async () => {
  await mkdir(join(root, 'src'));
  await symlink('..', join(root, 'src/up'));
  expect(await shelf().list('src')).toEqual([{ name: 'up', kind: 'other' }]);
  expect(await shelf().list('gone')).toEqual([]);
});

test('what was saved is loaded, from a folder that is made for it', async () => {
  const store = shelf('deep/memory');
  expect(await store.load()).toBeUndefined();
  await store.save(new Uint8Array([1, 2, 3]));
  expect([...((await store.load()) ?? [])]).toEqual([1, 2, 3]);
  expect(warnings).toEqual([]);
});

test('saving that fails is told, and leaves what was there and nothing unfinished', async () => {
  await mkdir(join(root, 'memory/in-the-way'), { recursive: true });
  await expect(shelf('memory').save(new Uint8Array(10))).rejects.toThrow();
  expect(await readdir(root)).toEqual(['memory']);
  expect(await shelf('memory').load()).toBeUndefined();
  expect(warnings.join()).toContain('could not be read');
});

test('a saved memory of gigabytes is not read', async () => {
  await writeFile(join(root, 'memory'), 'x');
  await truncate(join(root, 'memory'), 5_000_000_000);
  expect(await shelf('memory').load()).toBeUndefined();
  expect(warnings.join()).toContain('5000000000');
});

test('where nothing is to be kept, nothing is written', async () => {
  await shelf().save(new Uint8Array(10));
  expect(await readdir(root)).toEqual([]);
});
