import * as vscode from 'vscode';
import type { Shelf } from '../core/statsRecorder.ts';

/** The same files for those who read them one by one. */
export interface FileShelf extends Shelf {
  list(): Promise<readonly string[]>;
  /** Undefined if there is no such file. */
  read(name: string): Promise<string | undefined>;
}

const ending = '.json';

/** Small texts as files of a folder, such as one in the extension's global storage. A file is replaced whole or not at all. */
export function createFileShelf(folder: vscode.Uri): FileShelf {
  const { fs } = vscode.workspace;
  const fileOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, `${name}${ending}`);

  async function names(): Promise<readonly string[]> {
    try {
      const entries = await fs.readDirectory(folder);
      return entries.flatMap(([name]) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : []));
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  async function read(name: string): Promise<string | undefined> {
    try {
      return new TextDecoder().decode(await fs.readFile(fileOf(name)));
    } catch (error) {
      // Another window may have removed it since the folder was listed.
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  return {
    list: names,
    read,
    readAll: async () => {
      const found = await Promise.all(
        (await names()).map(async (name) => ({ name, text: await read(name) })),
      );
      return found.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }]));
    },
    exists: async (name) => (await names()).includes(name),
    write: async (name, text) => {
      await fs.createDirectory(folder);
      const draft = vscode.Uri.joinPath(folder, `${name}.part`);
      await fs.writeFile(draft, new TextEncoder().encode(text));
      await fs.rename(draft, fileOf(name), { overwrite: true });
    },
    remove: async (gone) => {
      await Promise.all(
        gone.map(async (name) => {
          try {
            await fs.delete(fileOf(name));
          } catch (error) {
            if (!isMissing(error)) throw error;
          }
        }),
      );
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
