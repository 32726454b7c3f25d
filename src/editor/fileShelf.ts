import * as vscode from 'vscode';
import type { Shelf } from '../core/statsRecorder.ts';

const ending = '.json';

/** Small texts as files of a folder, such as one in the extension's global storage. A file is replaced whole or not at all. */
export function createFileShelf(folder: vscode.Uri): Shelf {
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

  return {
    readAll: async () => {
      const read = async (name: string) => {
        try {
          return [{ name, text: new TextDecoder().decode(await fs.readFile(fileOf(name))) }];
        } catch (error) {
          // Another window may have removed it since the folder was listed.
          if (isMissing(error)) return [];
          throw error;
        }
      };
      return (await Promise.all((await names()).map(read))).flat();
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
