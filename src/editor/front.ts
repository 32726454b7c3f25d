import * as vscode from 'vscode';

/** What is in front of the user: text, a file that is shown in another way (a picture, bytes), or nothing of either. */
export type Front =
  | { readonly kind: 'text'; readonly editor: vscode.TextEditor }
  | { readonly kind: 'file'; readonly uri: vscode.Uri }
  | { readonly kind: 'nothing' };

/** Knows what is in front, also while one of our own pages has the focus: then it is the text that was before it. */
export interface FrontWatch extends vscode.Disposable {
  look(): Front;
}

/** Watches from now on. */
export function watchFront(): FrontWatch {
  let last = vscode.window.activeTextEditor;
  const listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
    last = editor ?? last;
  });
  return {
    look: () => {
      const active = vscode.window.activeTextEditor;
      if (active !== undefined) return { kind: 'text', editor: active };
      const uri = fileInFront();
      if (uri !== undefined) return { kind: 'file', uri };
      const shown = vscode.window.visibleTextEditors;
      const editor = last !== undefined && shown.includes(last) ? last : shown[0];
      return editor === undefined ? { kind: 'nothing' } : { kind: 'text', editor };
    },
    dispose: () => listener.dispose(),
  };
}

/** The file of the active tab, whatever shows it. */
export function fileInFront(): vscode.Uri | undefined {
  const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom
    ? input.uri
    : undefined;
}
