import * as vscode from 'vscode';
import {
  connectPredictor,
  type FromIndexer,
  type Prediction,
  type Query,
  type ToIndexer,
} from './builtin/index.ts';
import type { Log } from './core/ports.ts';
import { feedReader, localFolders, startIndexerThread } from './editor/indexerThread.ts';

/** The built-in predictor's memory of the workspace, in a thread of its own and kept up to date. */
export interface Memory extends vscode.Disposable {
  predict(query: Query): Promise<Prediction | undefined>;
  /** How many files are read so far while the workspace is being read. */
  reading(): number | undefined;
  /** Has the workspace read as it is now, but for the excluded paths; known files that did not change are not read again. */
  open(exclude: readonly string[]): void;
  /** Saves what is learned. */
  close(): Promise<void>;
}

/** Starts the thread; `changed` hears when `reading` has changed. */
export function createMemory(
  { extensionUri, storageUri }: vscode.ExtensionContext,
  log: Log,
  changed: () => void,
): Memory {
  let reading: number | undefined;
  const file = vscode.Uri.joinPath(extensionUri, 'dist/indexer.cjs');
  const thread = startIndexerThread<ToIndexer, FromIndexer>(file, log);
  const predictor = connectPredictor(thread, log, (read) => {
    reading = read;
    changed();
  });
  thread.onEnd(() => predictor.lost());
  thread.onRestart(() => predictor.restarted());
  const feeding = feedReader(predictor);
  const store = storageUri?.scheme === 'file' ? vscode.Uri.joinPath(storageUri, 'memory') : undefined;
  return {
    predict: (query) => predictor.predict(query),
    reading: () => reading,
    open: (exclude) => predictor.open(localFolders(), store?.fsPath, exclude),
    close: () => predictor.close(),
    dispose: () => feeding.dispose(),
  };
}
