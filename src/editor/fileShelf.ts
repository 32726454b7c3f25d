import * as vscode from 'vscode';
import type { Shelf } from '../core/statsRecorder.ts';

/** How the name of a file ends while it is being written. */
const unfinished = '.part';

/** Small texts as files of a folder, such as one in the extension's global storage. A file is replaced whole or not at all. */
export function createFileShelf(folder: vscode.Uri): Shelf {
  const { fs } = vscode.workspace;
  const fileOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);

  return {
    list: async () => {
      const entries = await orMissing(() => fs.readDirectory(folder));
      return (entries ?? []).map(([name]) => name).filter((name) => !name.endsWith(unfinished));
    },
    read: async (name) => {
      const bytes = await orMissing(() => fs.readFile(fileOf(name)));
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
    write: async (name, text) => {
      await fs.createDirectory(folder);
      await fs.writeFile(fileOf(name + unfinished), new TextEncoder().encode(text));
      await fs.rename(fileOf(name + unfinished), fileOf(name), { overwrite: true });
    },
    remove: async (name) => {
      await orMissing(() => fs.delete(fileOf(name)));
    },
  };
}

/** Another window may have removed a file since the folder was listed. */
async function orMissing<Value>(run: () => Thenable<Value>): Promise<Value | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
