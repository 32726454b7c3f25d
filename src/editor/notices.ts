import * as vscode from 'vscode';
import type { BackendError, BackendErrorKind } from '../core/errors.ts';
import { problemOf, remedyLabel } from './problems.ts';
import { remedyCommands } from './statusModel.ts';

/** Failures that pass by themselves are left to the status bar. */
const worthSaying: ReadonlySet<BackendErrorKind> = new Set([
  'no-key',
  'denied',
  'no-credit',
  'over-budget',
  'unreachable',
  'no-model',
  'rejected',
]);

/** Tells of failures: each kind once until the backend has answered again, with the one useful button. */
export interface Notices {
  failed(error: BackendError): void;
  /** The user has been told of it elsewhere, beside what failed. */
  seen(error: BackendError): void;
  answered(): void;
}

export function createNotices(): Notices {
  const told = new Set<BackendErrorKind>();
  return {
    failed: (error) => {
      if (told.has(error.kind) || !worthSaying.has(error.kind)) return;
      told.add(error.kind);
      void tell(error);
    },
    seen: ({ kind }) => void told.add(kind),
    answered: () => told.clear(),
  };
}

/** Tells of a setting that cannot be used; without its name, of several. */
export async function tellOfSetting(sentences: string, setting: string | undefined): Promise<void> {
  const button = remedyLabel('openSettings', vscode.l10n.t);
  const picked = await vscode.window.showWarningMessage(`Foretype: ${sentences}`, button);
  if (picked !== button) return;
  const query = setting === undefined ? '@ext:foretype.foretype' : `@id:${setting}`;
  await vscode.commands.executeCommand('workbench.action.openSettings', query);
}

async function tell(error: BackendError): Promise<void> {
  const { sentence, remedy } = problemOf(error, vscode.l10n.t);
  const button = remedyLabel(remedy, vscode.l10n.t);
  const picked = await vscode.window.showWarningMessage(`Foretype: ${sentence}`, button);
  if (picked === button) await vscode.commands.executeCommand(remedyCommands[remedy]);
}
