import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withProgress } from './progress.ts';
import { npm, projectRoot } from './run.ts';

/** The npm package that carries VS Code's server and workbench, and the VS Code that is in it. */
export const editorVersion = { codeServer: '4.139.1', vscode: '1.139.1' } as const;

/** Where downloads for tests are kept: FORETYPE_EDITOR_CACHE, so that several checkouts can share one, else `.vscode-test`. */
export function editorCache(): string {
  const { FORETYPE_EDITOR_CACHE: shared } = process.env;
  return path.resolve(shared ?? path.join(projectRoot, '.vscode-test'));
}

/**
 * The folder of a VS Code (its `lib/vscode`) with a server and a workbench, installed from the npm registry the first time.
 * The package's own install script compiles native modules for minutes; the editor works without them.
 */
export async function installEditor(): Promise<string> {
  const home = path.join(editorCache(), `code-server-${editorVersion.codeServer}`);
  const vscode = path.join(home, 'node_modules/code-server/lib/vscode');
  if (existsSync(vscode)) return vscode;
  await installInto(home, async (folder) => {
    const inner = path.join(folder, 'node_modules/code-server/lib/vscode');
    await withProgress(`Download VS Code ${editorVersion.vscode} (code-server, about 190 MB)`, () =>
      npm(folder, ['install', `code-server@${editorVersion.codeServer}`, '--ignore-scripts']),
    );
    await withProgress('Install the libraries of VS Code', async () => {
      await npm(inner, ['install', '--omit=dev', '--ignore-scripts']);
      await npm(path.join(inner, 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
    });
  });
  return vscode;
}

/**
 * Fills a folder so that it is there whole or not at all: in a temporary folder beside it, renamed when all is done.
 * Two processes may do so at once; the first to finish wins.
 */
export async function installInto(home: string, fill: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(path.dirname(home), { recursive: true });
  const temporary = await mkdtemp(`${home}.unpacking-`);
  try {
    await writeFile(path.join(temporary, 'package.json'), '{ "private": true }\n');
    await fill(temporary);
    await rename(temporary, home).catch((error: unknown) => {
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
