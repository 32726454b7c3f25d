import * as vscode from 'vscode';
import type { Workspace } from '../core/ports.ts';
import type { SourceText } from '../core/snapshot.ts';
import { pathOf, sourceOf } from './convert.ts';

/** Files above this size are no reading for a prompt. Bytes. */
const largestFile = 1_000_000;

/** Documents that are text files a person edits; output channels, source control inputs and the like are not. */
const schemes = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-notebook-cell']);

/** Whether suggestions and context make sense for documents of this scheme. */
export function isTextFile(uri: vscode.Uri): boolean {
  return schemes.has(uri.scheme);
}

/** The workspace with what only the wiring asks. */
export interface EditorWorkspace extends Workspace, vscode.Disposable {
  /** Whether the user has the file open in a tab. */
  isOpen(path: string): boolean;
  /** A file as it stands on disk, for the extension's own use; undefined if there is none. */
  plainText(path: string): Promise<string | undefined>;
}

/** The workspace's files by VS Code's own file system, which reaches remote and virtual ones too. */
export function createWorkspace(
  languageOf: (path: string) => string,
  mayRead: (path: string, signal: AbortSignal) => Promise<boolean>,
  mayReadOpen: (path: string) => boolean,
): EditorWorkspace {
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
        .filter(({ path }) => mayReadOpen(path))
        .sort((a, b) => rank(a) - rank(b)),
    read: async (path, signal) => {
      const uri = uriOf(path);
      if (!uri || !(await mayRead(path, signal))) return undefined;
      const open = vscode.workspace.textDocuments.find(
        (document) => document.uri.toString() === uri.toString(),
      );
      if (open) return sourceOf(open);
      const stat = await foundOr(vscode.workspace.fs.stat(uri), undefined);
      if (signal.aborted || !stat || stat.type === vscode.FileType.Directory || stat.size > largestFile)
        return undefined;
      const bytes = await foundOr(vscode.workspace.fs.readFile(uri), undefined);
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
      const entries = await foundOr(vscode.workspace.fs.readDirectory(uri), []);
      return entries.map(([name, type]) => ((type & vscode.FileType.Directory) !== 0 ? `${name}/` : name));
    },
    isOpen: (path) => openedUris().some((uri) => isTextFile(uri) && pathOf(uri) === path),
    plainText: async (path) => {
      const uri = uriOf(path);
      const bytes = uri && (await bytesOf(uri));
      return bytes && new TextDecoder().decode(bytes);
    },
    dispose: () => {
      for (const listener of listeners) listener.dispose();
    },
  };
}

/** The documents that stand in a tab: extensions open others without a person's doing. */
function openedUris(): vscode.Uri[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(({ input }) => urisOf(input)));
}

function urisOf(input: unknown): vscode.Uri[] {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook) return [input.uri];
  if (input instanceof vscode.TabInputTextDiff) return [input.original, input.modified];
  return [];
}

/** The uri of a workspace path; undefined for one that leaves the workspace. */
export function uriOf(path: string): vscode.Uri | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const segments = path.split('/');
  if (segments.includes('..') || path.startsWith('/') || /^[a-z]:/i.test(path)) return undefined;
  if (folders.length <= 1) return folders[0] && vscode.Uri.joinPath(folders[0].uri, path);
  const folder = folders.find(({ name }) => name === segments[0]);
  return folder && vscode.Uri.joinPath(folder.uri, ...segments.slice(1));
}

/** What was found, or `nothing` where there is no such file or folder: files come and go while one works. Rejects where one may not look. */
async function foundOr<T>(work: Thenable<T>, nothing: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && /^FileNot(?:Found|ADirectory)$/.test(error.code))
      return nothing;
    throw error;
  }
}

/** A file's bytes; undefined if it is not there or may not be read: files come and go while one works. */
async function bytesOf(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}
