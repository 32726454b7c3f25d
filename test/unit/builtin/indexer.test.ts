import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectPredictor, type FromIndexer } from '../../../src/builtin/index.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'foretype-'));
});
afterEach(() => rm(root, { recursive: true }));

async function write(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

/** Starts the thread on the folder, and waits until it is indexed; `next` waits until it is indexed anew. */
async function started({ store = join(root, 'index.bin') } = {}) {
  const worker = new Worker(new URL('../../../src/indexer.ts', import.meta.url));
  const log: string[] = [];
  const note = (line: string) => log.push(line);
  const remote = connectPredictor(
    {
      post: (message) => worker.postMessage(message),
      listen: (hear) => worker.on('message', hear),
    },
    { info: note, warn: note, error: note },
    () => {},
  );
  const next = () =>
    new Promise<FromIndexer>((resolve) => {
      const hear = (message: FromIndexer) => {
        if (message.op !== 'indexed') return;
        worker.off('message', hear);
        resolve(message);
      };
      worker.on('message', hear);
    });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  const indexed = next();
  remote.open([{ folder: join(root, 'work'), prefix: '' }], store, ['secret/']);
  const done = await indexed;
  return { remote, log, done, next, end: () => Promise.all([remote.close(), ended]) };
}

const line = 'export const handler = createHandler(router, database, logger);\n';
const question = {
  path: 'new.ts',
  languageId: 'typescript',
  prefix: `${line}export const handler = cre`,
  suffix: '',
};

test('the thread reads a folder, obeys what is ignored, and answers', async () => {
  await write({
    'work/a.ts': line.repeat(3),
    'work/src/b.ts': line.repeat(3),
    'work/.gitignore': 'made/\n',
    'work/made/c.ts': line,
    'work/secret/d.ts': line,
    'work/binary.c': new Uint8Array([0, 1, 2, 255]),
    'work/node_modules/x/index.js': line,
  });
  const { remote, done, end } = await started();
  expect(done).toMatchObject({ files: 2 });
  expect((await remote.predict(question))?.text).toContain('ateHandler(router, database, logger);');
  await end();
});

test('what was learned outlives the thread, and a damaged file is built anew', async () => {
  await write({ 'work/a.ts': line.repeat(3), 'work/b.ts': line.repeat(3) });
  await (await started()).end();
  const store = join(root, 'index.bin');
  const saved = await readFile(store);
  const second = await started();
  expect(second.done).toMatchObject({ files: 2 });
  expect(second.log.join()).not.toContain('damaged');
  await second.end();
  await writeFile(store, saved.subarray(0, saved.length / 2));
  const third = await started();
  expect(third.log.join()).toContain('damaged');
  expect(third.done).toMatchObject({ files: 2 });
  await third.end();
});

test('a store that cannot be written costs a line in the log, and leaves nothing unfinished', async () => {
  await write({ 'work/a.ts': line, 'index.bin/in-the-way': '' });
  const { remote, log, end } = await started();
  await end();
  expect(log.join()).toContain('could not be read');
  expect(log.join()).toContain('could not be saved');
  expect(await readdir(root)).toEqual(['index.bin', 'work']);
  expect(await remote.predict(question)).toBeUndefined();
});

test('the folder that the memory is kept in is made when it is missing', async () => {
  await write({ 'work/a.ts': line.repeat(3) });
  const store = join(root, 'storage/of/this/workspace');
  await (await started({ store })).end();
  expect((await readFile(store)).length).toBeGreaterThan(0);
});

test('a changed ignore file is obeyed without a restart', async () => {
  await write({ 'work/a.ts': line, 'work/made/c.ts': line });
  const { remote, done, next, end } = await started();
  expect(done).toMatchObject({ files: 2 });
  await write({ 'work/.gitignore': 'made/\n' });
  const again = next();
  remote.look('.gitignore');
  expect(await again).toMatchObject({ files: 1 });
  await end();
});

test('a folder that is added to the workspace is read as well', async () => {
  await write({ 'work/a.ts': line, 'more/b.ts': line });
  const { remote, next, end } = await started();
  const again = next();
  const folders = ['work', 'more'].map((name) => ({ folder: join(root, name), prefix: name }));
  remote.open(folders, join(root, 'index.bin'), []);
  expect(await again).toMatchObject({ files: 2 });
  await end();
});
