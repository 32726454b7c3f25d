import * as vscode from 'vscode';
import type { Workspace } from '../core/ports.ts';
import type { SourceText } from '../core/snapshot.ts';
import { sourceOf } from './convert.ts';

/** Files above this size are no reading for a prompt. Bytes. */
const largestFile = 1_000_000;

/** Documents that are text files a person edits; output channels, source control inputs and the like are not. */
const schemes = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-notebook-cell']);

/** Whether suggestions and context make sense for documents of this scheme. */
export function isTextFile(uri: vscode.Uri): boolean {
  return schemes.has(uri.scheme);
}

/** The workspace's files by VS Code's own file system, which reaches remote and virtual ones too. */
export function createWorkspace(
  languageOf: (path: string) => string,
  mayRead: (path: string) => boolean,
): Workspace & vscode.Disposable {
  const recent: string[] = [];
  const touch = (document: vscode.TextDocument | undefined) => {
    if (!document) return;
    const uri = document.uri.toString();
    const at = recent.indexOf(uri);
    if (at === 0) return;
    if (at > 0) recent.splice(at, 1);
    recent.unshift(uri);
  };
  touch(vscode.window.activeTextEditor?.document);
  const listeners = [
    vscode.window.onDidChangeActiveTextEditor((editor) => touch(editor?.document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      const at = recent.indexOf(uri.toString());
      if (at >= 0) recent.splice(at, 1);
    }),
  ];
  const rank = (source: SourceText) => {
    const at = recent.indexOf(source.uri);
    return at < 0 ? recent.length : at;
  };
  return {
    open: () =>
      vscode.workspace.textDocuments
        .filter((document) => !document.isClosed && isTextFile(document.uri))
        .map(sourceOf)
        .filter(({ path }) => mayRead(path))
        .sort((a, b) => rank(a) - rank(b)),
    read: async (path, signal) => {
      const uri = uriOf(path);
      if (!uri || !mayRead(path)) return undefined;
      const open = vscode.workspace.textDocuments.find(
        (document) => document.uri.toString() === uri.toString(),
      );
      if (open) return sourceOf(open);
      const stat = await vscode.workspace.fs.stat(uri).then(
        (found) => found,
        () => undefined,
      );
      if (signal.aborted || !stat || stat.type === vscode.FileType.Directory || stat.size > largestFile)
        return undefined;
      const bytes = await vscode.workspace.fs.readFile(uri).then(
        (read) => read,
        () => undefined,
      );
      if (!bytes) return undefined;
      return {
        uri: uri.toString(),
        path,
        languageId: languageOf(path),
        version: stat.mtime,
        text: new TextDecoder().decode(bytes),
      };
    },
    list: async (folder) => {
      const uri = uriOf(folder);
      if (!uri) return [];
      const entries = await vscode.workspace.fs.readDirectory(uri).then(
        (found) => found,
        () => [],
      );
      return entries.map(([name, type]) => ((type & vscode.FileType.Directory) !== 0 ? `${name}/` : name));
    },
    dispose: () => {
      for (const listener of listeners) listener.dispose();
    },
  };
}

/** The uri of a workspace path; undefined for one that leaves the workspace. */
function uriOf(path: string): vscode.Uri | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const segments = path.split('/');
  if (segments.includes('..') || path.startsWith('/') || /^[a-z]:/i.test(path)) return undefined;
  if (folders.length <= 1) return folders[0] && vscode.Uri.joinPath(folders[0].uri, path);
  const folder = folders.find(({ name }) => name === segments[0]);
  return folder && vscode.Uri.joinPath(folder.uri, ...segments.slice(1));
}
