import * as vscode from 'vscode';
import type { SourceText } from '../core/snapshot.ts';
import { isTooLarge, sourceOf } from './convert.ts';
import { isTextFile } from './workspace.ts';

/** Whoever looks ahead at documents, and lets go of them. */
interface Watcher {
  /** A document came to the front: its first key will want to know what it refers to. */
  shown(source: SourceText): void;
  closed(uri: string): void;
}

/** Tells of text files that are brought to the front or closed. */
export function watchDocuments(watcher: Watcher): vscode.Disposable {
  const show = (editor: vscode.TextEditor | undefined) => {
    if (editor && isTextFile(editor.document.uri) && !isTooLarge(editor.document))
      watcher.shown(sourceOf(editor.document));
  };
  show(vscode.window.activeTextEditor);
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => watcher.closed(uri.toString())),
  );
}
