import * as vscode from 'vscode';
import type { Circumstances } from '../core/ask.ts';
import { isTooLarge, type Popup } from './convert.ts';
import { isTextFile } from './workspace.ts';

/** What VS Code can tell about the moment of a question. */
export function circumstancesOf(
  document: vscode.TextDocument,
  position: vscode.Position,
  popup: Popup,
  caretMoved: boolean,
  paused: boolean,
): Circumstances {
  const editor = vscode.window.activeTextEditor;
  const selections = editor?.document === document ? editor.selections : [];
  return {
    unsuitable:
      !isTextFile(document.uri) || vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === false,
    selecting: selections.some((selection) => !selection.isEmpty),
    cursors: Math.max(1, selections.length),
    caretMoved,
    popupDisagrees: popup !== undefined && !continues(document, position, popup),
    tooLarge: isTooLarge(document),
    paused,
  };
}

/** Whether the selected entry goes on from what is typed, as ghost text must. */
function continues(
  document: vscode.TextDocument,
  position: vscode.Position,
  popup: vscode.SelectedCompletionInfo,
): boolean {
  const typed = document.getText(new vscode.Range(popup.range.start, position));
  return popup.text.startsWith(typed);
}
