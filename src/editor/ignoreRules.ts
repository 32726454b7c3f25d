import * as vscode from 'vscode';
import { pathOf } from './convert.ts';
import { isTextFile } from './workspace.ts';

/** Whoever decides which files may leave. */
interface Rules {
  /** A document was opened: its rules will be needed at the next key. */
  opened(path: string): Promise<void>;
  /** An ignore file was made, changed or deleted. */
  changed(path: string): void;
}

/** Has the rules that apply to open documents read ahead, and read again when an ignore file changes. */
export function watchIgnoreRules(rules: Rules): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/{.gitignore,.foretypeignore}');
  const open = () => {
    for (const { uri } of vscode.workspace.textDocuments) if (isTextFile(uri)) void rules.opened(pathOf(uri));
  };
  const change = (uri: vscode.Uri) => {
    rules.changed(pathOf(uri));
    open();
  };
  open();
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(change),
    watcher.onDidChange(change),
    watcher.onDidDelete(change),
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if (isTextFile(uri)) void rules.opened(pathOf(uri));
    }),
  );
}
