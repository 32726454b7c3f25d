import * as vscode from 'vscode';
import { attemptsIn } from './attempts.ts';
import { attemptsText } from './settingWords.ts';

/** Reads the settings files of the workspace now and when they change, and tells once of what they try. */
export function watchAttempts(tell: (sentence: string) => void): vscode.Disposable {
  const told = new Set<string>();
  const read = async (uri: vscode.Uri): Promise<void> => {
    const attempts = attemptsIn(await textOf(uri)).filter((name) => !told.has(name));
    for (const name of attempts) told.add(name);
    if (attempts.length > 0) tell(attemptsText(attempts, vscode.l10n.t));
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/.vscode/settings.json');
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    void read(vscode.Uri.joinPath(uri, '.vscode/settings.json'));
  }
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate((uri) => void read(uri)),
    watcher.onDidChange((uri) => void read(uri)),
  );
}

/** Empty where there is no such file. */
async function textOf(uri: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return '';
    throw error;
  }
}
