import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createRealPath } from '../../src/editor/realPaths.ts';
import { createPolicy } from '../../src/privacy/policy.ts';

const never = new AbortController().signal;

/** A home folder with a key and another project, and a stranger's repository whose files are links to them. */
async function scene() {
  const home = await realpath(await mkdtemp(path.join(os.tmpdir(), 'foretype-links-')));
  const root = path.join(home, 'repository');
  for (const folder of ['.ssh', 'other', 'repository/private', 'repository/src']) {
    await mkdir(path.join(home, folder), { recursive: true });
  }
  await writeFile(path.join(home, '.ssh/id_ed25519'), 'the key');
  await writeFile(path.join(home, 'other/plan.ts'), 'the plan');
  await writeFile(path.join(root, 'private/notes.ts'), 'the notes');
  await writeFile(path.join(root, '.gitignore'), 'private/\n');
  await symlink('../../.ssh/id_ed25519', path.join(root, 'src/helper.ts'));
  await symlink('../../other/plan.ts', path.join(root, 'src/types.ts'));
  await symlink('../../other', path.join(root, 'src/lib'));
  await symlink('../private/notes.ts', path.join(root, 'src/notes.ts'));
  await symlink('app.ts', path.join(root, 'src/main.ts'));
  await writeFile(path.join(root, 'src/app.ts'), 'the app');
  return root;
}

/** What a client reads for its context that trusts paths as they are written. */
async function careless(root: string, file: string): Promise<string> {
  if (file.includes('..') || path.isAbsolute(file)) throw new Error('outside');
  return readFile(path.join(root, file), 'utf8');
}

function policyFor(root: string, opened: readonly string[] = []) {
  return createPolicy({
    read: (file) => readFile(path.join(root, file), 'utf8').catch(() => undefined),
    realPath: createRealPath(() => [{ prefix: '', folder: root }]),
    openedByUser: (file) => opened.includes(file),
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
}

test.each([
  ['src/helper.ts', 'the key', 'secret-file'],
  ['src/types.ts', 'the plan', 'outside-workspace'],
  ['src/lib/plan.ts', 'the plan', 'outside-workspace'],
  ['src/notes.ts', 'the notes', 'gitignore'],
])('the link %s gives a careless client %s, and Foretype nothing', async (file, text, rule) => {
  const root = await scene();
  expect(await careless(root, file)).toBe(text);
  expect((await policyFor(root).ask(file, [], never))?.rule).toBe(rule);
});

test('a link within the workspace is as good as its target', async () => {
  expect(await policyFor(await scene()).ask('src/main.ts', [], never)).toBeUndefined();
});

test('opening a link does not open a key behind it', async () => {
  const policy = policyFor(await scene(), ['src/helper.ts', 'src/types.ts']);
  expect((await policy.ask('src/helper.ts', [], never))?.rule).toBe('secret-file');
  expect(await policy.ask('src/types.ts', [], never)).toBeUndefined();
});

test('a file that becomes a link after it was judged gives a careless client the plan, and Foretype nothing', async () => {
  const root = await scene();
  const policy = policyFor(root);
  expect(await policy.ask('src/app.ts', [], never)).toBeUndefined();
  await rm(path.join(root, 'src/app.ts'));
  await symlink('../../other/plan.ts', path.join(root, 'src/app.ts'));
  expect(await careless(root, 'src/app.ts')).toBe('the plan');
  expect((await policy.ask('src/app.ts', [], never))?.rule).toBe('outside-workspace');
});

test('a workspace that is itself reached by a link is a workspace like any other', async () => {
  const root = await scene();
  const link = `${root}-link`;
  await symlink(root, link);
  const policy = policyFor(link);
  expect(await policy.ask('src/app.ts', [], never)).toBeUndefined();
  expect((await policy.ask('src/notes.ts', [], never))?.rule).toBe('gitignore');
  expect((await policy.ask('src/helper.ts', [], never))?.rule).toBe('secret-file');
});

test('a document that is not saved yet may be worked on', async () => {
  expect(await policyFor(await scene()).ask('Untitled-1', [], never)).toBeUndefined();
});

test('with several folders a link from one into the other stays inside', async () => {
  const root = await scene();
  const other = path.join(path.dirname(root), 'other');
  const realPathOf = createRealPath(() => [
    { prefix: 'app', folder: root },
    { prefix: 'other', folder: other },
  ]);
  expect(await realPathOf('app/src/types.ts')).toBe('other/plan.ts');
  expect(await realPathOf('app/src/app.ts')).toBe('app/src/app.ts');
});
