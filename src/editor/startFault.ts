import * as vscode from 'vscode';
import { createLog } from './log.ts';

/** Says and logs that the extension could not start; there is no session with a log of its own. */
export async function tellOfStartFault(error: unknown): Promise<void> {
  const log = createLog();
  log.error('Foretype could not start.', error);
  const button = vscode.l10n.t('Show Log');
  const message = error instanceof Error ? error.message : String(error);
  const picked = await vscode.window.showErrorMessage(
    vscode.l10n.t('Foretype could not start: {0}', message),
    button,
  );
  if (picked === button) log.show();
}
