/**
 * Runs a program in a process group of its own and ends the whole group, with everything that it started, as soon as whoever asked for
 * it is gone: closed standard input is the sign, so it works however that process ended. Then removes a folder.
 *
 * usage: node editorGuard.ts <folder> <program> <argument>…
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const [folder, program, ...args] = process.argv.slice(2);
if (folder === undefined || program === undefined) throw new Error('usage: editorGuard <folder> <program> …');

const child = spawn(program, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });

function end(code: number): void {
  if (child.pid !== undefined) endGroup(child.pid);
  rmSync(folder ?? '', { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}

function endGroup(pid: number): void {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: the group is already gone, which is what was wanted.
  }
}

process.stdin.on('end', () => end(0)).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
child.on('error', (error) => {
  console.error(error.message);
  end(1);
});
child.on('exit', (code) => end(code ?? 1));
