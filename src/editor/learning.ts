import * as vscode from 'vscode';
import type { Log } from '../core/ports.ts';
import { isTooLarge, pathOf, textOf } from './convert.ts';
import { isTextFile } from './workspace.ts';

/** What is learned from: files in these folders are other people's, or made by a machine. */
const notOurs = '**/{node_modules,dist,build,out,target,vendor,.git}/**';

/** Files read at the start. */
const mostFiles = 2000;

/** Bytes above which a file is hardly written by hand. */
const largestFile = 300_000;

/** The one that learns. */
export interface Learner {
  learn(source: { readonly path: string; readonly languageId: string; readonly text: string }): unknown;
  forget(path: string): void;
}

/** Has the built-in predictor read the workspace's files, then every file that is saved. */
export function startLearning(
  learner: Learner,
  languageOf: (path: string) => string | undefined,
  log: Log,
): vscode.Disposable {
  const stop = new vscode.CancellationTokenSource();
  const listeners = [
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (isTextFile(document.uri) && !isTooLarge(document)) {
        const { languageId } = document;
        learner.learn({ path: pathOf(document.uri), languageId, text: textOf(document) });
      }
    }),
    vscode.workspace.onDidDeleteFiles(({ files }) => {
      for (const uri of files) learner.forget(pathOf(uri));
    }),
  ];
  readAll(learner, languageOf, stop.token).then(
    (count) => log.info(`Built-in: ${count} files read.`),
    (error: unknown) => log.error('Built-in: the workspace could not be read.', error),
  );
  return new vscode.Disposable(() => {
    stop.cancel();
    stop.dispose();
    for (const listener of listeners) listener.dispose();
  });
}

async function readAll(
  learner: Learner,
  languageOf: (path: string) => string | undefined,
  token: vscode.CancellationToken,
): Promise<number> {
  const uris = await vscode.workspace.findFiles('**/*', notOurs, mostFiles, token);
  let count = 0;
  for (const uri of uris) {
    if (token.isCancellationRequested) break;
    const path = pathOf(uri);
    const languageId = languageOf(path);
    if (!languageId) continue;
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (bytes.length > largestFile) continue;
    learner.learn({ path, languageId, text: new TextDecoder().decode(bytes) });
    count += 1;
  }
  return count;
}
