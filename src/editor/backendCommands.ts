import * as vscode from 'vscode';
import type { BackendKind, Settings } from '../core/settings.ts';
import type { Keys } from './keys.ts';

/** Asks for the key of the service that the settings point at, and keeps it for that origin alone. */
export async function setApiKey(keys: Keys, origin: string | undefined): Promise<void> {
  const t = vscode.l10n.t;
  if (!origin) {
    void vscode.window.showWarningMessage(
      t(
        'Foretype: The address in foretype.cloud.endpoint cannot be used, so there is nothing to keep a key for.',
      ),
    );
    return;
  }
  const entered = await vscode.window.showInputBox({
    title: t('API key for {0}', origin),
    prompt: t(
      'It is kept in the editor’s secret storage and sent to this address only. Leave it empty to forget the key.',
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^[\x21-\x7e]*$/.test(value.trim()) ? undefined : t('A key is one line without blanks.'),
  });
  if (entered === undefined) return;
  const key = entered.trim();
  if (key === '') await keys.delete(origin);
  else await keys.set(origin, key);
}

/** Lets the user choose who completes, and writes it to the user settings, because the user asked for it here. */
export async function switchBackend(settings: Settings): Promise<void> {
  const t = vscode.l10n.t;
  const choices: readonly (vscode.QuickPickItem & { readonly kindOf: BackendKind })[] = [
    {
      kindOf: 'builtin',
      label: t('Built-in'),
      detail: t('Predicts from your own code, on this machine, at no cost.'),
    },
    { kindOf: 'cloud', label: t('Cloud'), detail: t('Asks {0} with your key.', settings['cloud.model']) },
    {
      kindOf: 'local',
      label: t('Local'),
      detail: t('Asks the model server at {0}.', settings['local.endpoint']),
    },
  ];
  const picked = await vscode.window.showQuickPick(
    choices.map((choice) => ({
      ...choice,
      description: choice.kindOf === settings.backend ? t('in use') : '',
    })),
    { title: t('Switch Backend'), placeHolder: t('Who completes your code') },
  );
  if (!picked) return;
  await vscode.workspace
    .getConfiguration('foretype')
    .update('backend', picked.kindOf, vscode.ConfigurationTarget.Global);
}
