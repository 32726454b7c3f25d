import * as vscode from 'vscode';

const kind = vscode.CodeActionKind.Empty.append('explain');

/** Offers "Explain" among the code actions of selected code; without a selection it stays out of the light bulb's way. */
export function createExplainAction(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    [{ scheme: 'file' }, { scheme: 'untitled' }, { scheme: 'vscode-remote' }, { scheme: 'vscode-vfs' }],
    {
      provideCodeActions: (_document, range) => {
        if (range.isEmpty) return [];
        const title = vscode.l10n.t('Explain with Foretype');
        const action = new vscode.CodeAction(title, kind);
        action.command = { title, command: 'foretype.explainSelection' };
        return [action];
      },
    },
    { providedCodeActionKinds: [kind] },
  );
}
