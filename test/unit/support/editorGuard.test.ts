import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

const guardFile = path.join(import.meta.dirname, '../../support/editorGuard.ts');

/** A program that starts another one, which holds the same standard output and would run for an hour. */
const parent = `
  const { spawn } = require('node:child_process');
  const args = ['-e', 'console.log("both run"); setTimeout(() => undefined, 3600000)'];
  spawn(process.execPath, args, { stdio: 'inherit' });
  setTimeout(() => undefined, 3600000);
`;

/** A guard over two running programs, and the folder that it is to remove. */
async function guarded(): Promise<{ guard: ChildProcess; folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'foretype-guard-'));
  const guard = spawn(process.execPath, [guardFile, folder, process.execPath, '-e', parent], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [said] = await once(guard.stdout, 'data');
  expect(String(said)).toContain('both run');
  return { guard, folder };
}

test('when whoever started the guard is gone, the program and what it started end, and the folder is removed', async () => {
  const { guard, folder } = await guarded();
  guard.stdin?.end();
  // `close` comes when nobody holds the standard output any more: the grandchild is gone too.
  await once(guard, 'close');
  expect(existsSync(folder)).toBe(false);
});

test('a guard that is told to end takes its programs with it', async () => {
  const { guard, folder } = await guarded();
  guard.kill('SIGTERM');
  await once(guard, 'close');
  expect(existsSync(folder)).toBe(false);
});
