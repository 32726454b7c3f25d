import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { Log } from '../core/ports.ts';
import { isTooLarge, pathOf, textOf } from './convert.ts';
import { isTextFile } from './workspace.ts';

/** The thread that holds the built-in predictor, as a line to talk over. */
export interface IndexerThread<To, From> {
  post(message: To): void;
  listen(hear: (message: From) => void): void;
  /** Calls back when the thread has ended for good. */
  onEnd(hear: () => void): void;
  /** Calls back when a thread that died has been replaced by a new one, which knows nothing yet. */
  onRestart(hear: () => void): void;
}

/** A thread that dies again and again is left alone: what kills it is likely in the files that it reads. */
const mostRestarts = 3;

/** The pause before the first restart, ms; it doubles. */
const firstPause = 1000;

/** Starts the thread from its bundle, and again when it dies. */
export function startIndexerThread<To, From>(file: vscode.Uri, log: Log): IndexerThread<To, From> {
  const heard: ((message: From) => void)[] = [];
  const restarted: (() => void)[] = [];
  const ended: (() => void)[] = [];
  const waiting: To[] = [];
  let restarts = 0;
  let worker: Worker | undefined;
  // A thread takes a while to start, which the activation of the extension need not wait for.
  setImmediate(() => {
    worker = start();
    for (const message of waiting.splice(0)) worker.postMessage(message);
  });

  function start(): Worker {
    const started = new Worker(file.fsPath);
    let failed = false;
    started.on('error', (error) => {
      failed = true;
      log.error('Built-in: the indexer has ended by a fault.', error);
    });
    started.on('exit', () => {
      if (failed && restarts < mostRestarts) setTimeout(again, firstPause * 2 ** restarts).unref();
      else for (const hear of ended) hear();
    });
    for (const hear of heard) started.on('message', hear);
    started.unref();
    return started;
  }

  function again(): void {
    restarts += 1;
    log.info('Built-in: the indexer is started again.');
    worker = start();
    for (const hear of restarted) hear();
  }

  return {
    post: (message) => {
      if (worker === undefined) waiting.push(message);
      else worker.postMessage(message);
    },
    listen: (hear) => {
      heard.push(hear);
      worker?.on('message', hear);
    },
    onEnd: (hear) => ended.push(hear),
    onRestart: (hear) => restarted.push(hear),
  };
}

/** The one that keeps what is known about files up to date. */
export interface Reader {
  learn(source: { readonly path: string; readonly languageId: string; readonly text: string }): unknown;
  look(path: string): void;
  forget(path: string): void;
}

/** Edits of a document that is not in front are learned when it was left alone for so long. */
const settledMs = 1000;

/** Tells the reader of every file that is saved, made, changed or deleted, and of what open files say that is not on disk. */
export function feedReader(reader: Reader): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  const whenFile = (then: (path: string) => void) => (uri: vscode.Uri) => {
    if (uri.scheme === 'file' && !/[\\/](?:node_modules|\.git)[\\/]/.test(uri.path)) then(pathOf(uri));
  };
  const learn = (document: vscode.TextDocument | undefined) => {
    if (!document || !isTextFile(document.uri) || isTooLarge(document)) return;
    reader.learn({ path: pathOf(document.uri), languageId: document.languageId, text: textOf(document) });
  };
  let front = vscode.window.activeTextEditor?.document;
  const edited = new Set<vscode.TextDocument>();
  let learning: NodeJS.Timeout | undefined;
  const learnEdited = () => {
    for (const document of edited) if (!document.isClosed) learn(document);
    edited.clear();
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(whenFile((path) => reader.look(path))),
    watcher.onDidChange(whenFile((path) => reader.look(path))),
    watcher.onDidDelete(whenFile((path) => reader.forget(path))),
    vscode.workspace.onDidSaveTextDocument(learn),
    // The document in front is read as it is typed in; left unsaved, it is learned as it stands.
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (front?.isDirty && !front.isClosed) learn(front);
      front = editor?.document;
    }),
    // Renaming a symbol, or replacing in all files, edits documents that nobody looks at.
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document === front || contentChanges.length === 0 || !isTextFile(document.uri)) return;
      edited.add(document);
      clearTimeout(learning);
      learning = setTimeout(learnEdited, settledMs);
    }),
    // What was never saved is gone now.
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (vscode.workspace.getWorkspaceFolder(uri)) whenFile((path) => reader.look(path))(uri);
      else if (uri.scheme === 'untitled') reader.forget(pathOf(uri));
    }),
    { dispose: () => clearTimeout(learning) },
  );
}

/** The folders of the workspace on this machine, each with what paths in it start with. */
export function localFolders(): readonly { readonly folder: string; readonly prefix: string }[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri, name }) => ({ folder: uri.fsPath, prefix: folders.length > 1 ? name : '' }));
}
