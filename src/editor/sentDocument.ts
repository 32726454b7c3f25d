import * as vscode from 'vscode';

/** A document that nobody can edit and that is no text file to us: what it shows never becomes context of a prompt. */
const scheme = 'foretype-sent';

/** “Show What Was Sent”. */
export interface SentDocument extends vscode.Disposable {
  /** Shows the report of the moment beside nothing else than what is open. */
  show(): Promise<void>;
}

/** Makes the document that shows a report. */
export function createSentDocument(report: () => string): SentDocument {
  const uri = vscode.Uri.from({ scheme, path: `${vscode.l10n.t('What was sent')}.md` });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: report,
  });
  return {
    show: async () => {
      changed.fire(uri);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { preview: true });
    },
    dispose: () => {
      provider.dispose();
      changed.dispose();
    },
  };
}
