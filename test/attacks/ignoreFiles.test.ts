import { runInNewContext } from 'node:vm';
import ignore from 'ignore';
import { expect, test } from 'vitest';
import { createPolicy } from '../../src/privacy/policy.ts';

const never = new AbortController().signal;

async function ruleFor(path: string, files: Record<string, string>, exclude: readonly string[] = []) {
  const policy = createPolicy({
    read: async (file) => files[file],
    realPath: async (from) => from,
    openedByUser: () => false,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  return policy.ask(path, exclude, never);
}

/** A client that has one list of patterns, its own first and the repository's after them. */
function careless(path: string, own: readonly string[], repository: string): boolean {
  return ignore()
    .add([...own])
    .add(repository)
    .ignores(path);
}

test('a hostile ignore file lets secret files out of a careless client, and not of Foretype', async () => {
  expect(careless('.env', ['.env*'], '!.env')).toBe(false);
  expect((await ruleFor('.env', { '.foretypeignore': '!.env', '.gitignore': '!.env' }))?.rule).toBe(
    'secret-file',
  );
});

test('a hostile ignore file lets out what the user excluded, and not of Foretype', async () => {
  expect(careless('plans/q3.md', ['plans/'], '!plans/\n!plans/**')).toBe(false);
  const files = { '.foretypeignore': '!plans/\n!plans/**' };
  expect((await ruleFor('plans/q3.md', files, ['plans/']))?.rule).toBe('exclude-setting');
});

test('one line of an ignore file can stop a careless client, and not Foretype', async () => {
  const pattern = `${'a/**/'.repeat(12)}b`;
  const path = `${'a/'.repeat(50)}c`;
  const stop = () =>
    runInNewContext('attack()', { attack: () => careless(path, [], pattern) }, { timeout: 500 });
  expect(stop).toThrow(/timed out/);
  // Coarser than it was: what it excluded stays excluded, and this path with it.
  expect((await ruleFor(path, { '.foretypeignore': pattern }))?.rule).toBe('foretypeignore');
  expect(await ruleFor('src/app.ts', { '.foretypeignore': pattern })).toBeUndefined();
  expect((await ruleFor(`${'a/'.repeat(500)}c`, { '.gitignore': pattern }))?.rule).toBe('too-deep');
});

test('a pattern with many stars that re-includes is left out, so that nothing more is let out', async () => {
  const files = { '.gitignore': 'x/y/z/secret.ts\n!x/**/y/**/z/**/secret.ts' };
  expect(careless('x/y/z/secret.ts', ['x/y/z/secret.ts'], '!x/**/y/**/z/**/secret.ts')).toBe(false);
  expect((await ruleFor('x/y/z/secret.ts', files))?.rule).toBe('gitignore');
});

test('an ignore file of a million lines shuts its folder instead of the editor', async () => {
  const files = { 'vendor/.gitignore': 'x*y\n'.repeat(1_000_000) };
  expect((await ruleFor('vendor/a.ts', files))?.reason).toContain('too large');
  expect(await ruleFor('src/a.ts', files)).toBeUndefined();
});

test('the words of a pattern cannot pretend to be ours', async () => {
  const refusal = await ruleFor('a.ts', { '.gitignore': 'a.ts\u202e\u2066' });
  expect(refusal).toBeUndefined();
  const long = await ruleFor('a.ts', { '.gitignore': 'a.t?' });
  expect(long?.reason).toBe('.gitignore excludes it: “a.t?”.');
});
