import * as vscode from 'vscode';

/** Reads the files that come with the extension. */
export interface OwnFiles {
  bytes(path: string): Promise<Uint8Array>;
  /** Undefined if there is no such file. */
  text(path: string): Promise<string | undefined>;
}

export function createOwnFiles(root: vscode.Uri): OwnFiles {
  const bytes = async (path: string) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, path));
  return {
    bytes,
    text: async (path) => {
      try {
        return new TextDecoder().decode(await bytes(path));
      } catch (error) {
        if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
        throw error;
      }
    },
  };
}
