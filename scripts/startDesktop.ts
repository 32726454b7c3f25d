import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { withProgress } from '../test/support/progress.ts';
import { onPath, projectRoot, runOrThrow } from '../test/support/run.ts';
import { packagedExtension } from './packaging.ts';
import { sample } from './sample.ts';
import { thingsToTry } from './tries.ts';

/** Opens a desktop VS Code, with settings and extensions of its own, on a copy of the sample workspace, until its window is closed. */
export async function startOnDesktop(stop: Promise<void>): Promise<void> {
  const file = await packagedExtension();
  const code = onPath('code', 'codium') ?? (await downloadedCode());
  const home = await mkdtemp(path.join(tmpdir(), 'foretype-desktop-'));
  try {
    const workspace = path.join(home, 'shop');
    await cp(path.join(projectRoot, 'test/samples/shop'), workspace, { recursive: true });
    const own = [
      '--user-data-dir',
      path.join(home, 'user'),
      '--extensions-dir',
      path.join(home, 'extensions'),
    ];
    await withProgress('Install Foretype', () => runOrThrow(code, [...own, '--install-extension', file]));
    const place = `${path.join(workspace, sample.file)}:${sample.line}:${sample.column}`;
    console.log(`\n${thingsToTry}\nClosing the window ends it.`);
    const window = runOrThrow(code, [...own, '--new-window', '--wait', workspace, '--goto', place]);
    await Promise.race([window, stop]);
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The command line program of a VS Code that @vscode/test-electron downloads. */
async function downloadedCode(): Promise<string> {
  const executable = await withProgress('Download VS Code', () => downloadAndUnzipVSCode('stable'));
  return resolveCliPathFromVSCodeExecutablePath(executable);
}
