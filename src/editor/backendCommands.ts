import * as vscode from 'vscode';
import type { BackendKind, ModelPrice, Settings } from '../core/settings.ts';
import type { Keys } from './keys.ts';

/** An address that a key can be kept for, and how the user knows it. */
interface KeyOrigin {
  readonly name: string;
  readonly origin: string;
}

/** Asks for a key and keeps it for one of the addresses that the settings point at, and for that one alone. */
export async function setApiKey(keys: Keys, origins: readonly KeyOrigin[]): Promise<void> {
  const t = vscode.l10n.t;
  const [first, second] = origins;
  if (!first) {
    void vscode.window.showWarningMessage(
      t('Foretype: The address in the settings cannot be used, so there is nothing to keep a key for.'),
    );
    return;
  }
  if (!second) return enterKey(keys, first.origin);
  const picked = await vscode.window.showQuickPick(
    origins.map(({ name, origin }) => ({ label: name, description: origin, origin })),
    { title: t('Set API Key'), placeHolder: t('Who the key is for') },
  );
  if (picked) await enterKey(keys, picked.origin);
}

/** Asks for the key of one address and keeps it, or forgets it where nothing is entered. */
export async function enterKey(keys: Keys, origin: string): Promise<void> {
  const t = vscode.l10n.t;
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

/** A model of the chosen service. */
export interface CloudModel {
  readonly name: string;
  /** Undefined if it is not known. */
  readonly price: ModelPrice | undefined;
}

/** What switching needs of the backends. */
interface SwitchPorts {
  /** The model in use and its relatives whose price is known. */
  cloudModels(): readonly CloudModel[];
  /** Whether the cloud cannot be asked before there is a key. */
  lacksKey(): Promise<boolean>;
  setKey(): Promise<void>;
  /** Lets the user choose a model of a local server. */
  setUpLocalModel(): Promise<void>;
}

interface Choice extends vscode.QuickPickItem {
  readonly choose?: () => Promise<unknown>;
}

/** Lets the user choose who completes, or with which model, and writes it to the user settings, because the user asked for it here. */
export async function switchBackend(settings: Settings, ports: SwitchPorts): Promise<void> {
  const t = vscode.l10n.t;
  const backend = (kind: BackendKind, label: string, detail: string): Choice => ({
    label,
    detail,
    description: kind === settings.backend ? t('in use') : '',
    choose: () => useBackend(kind, ports),
  });
  const local = settings['local.model'];
  const choices: readonly Choice[] = [
    backend('builtin', t('Built-in'), t('Predicts from your own code, on this machine, at no cost.')),
    backend('cloud', t('Cloud'), t('Asks {0} with your key.', settings['cloud.model'])),
    backend(
      'local',
      t('Local'),
      local === ''
        ? t('Asks the model server at {0}.', settings['local.endpoint'])
        : t('Asks {0} at {1}.', local, settings['local.endpoint']),
    ),
    { label: t('Model'), kind: vscode.QuickPickItemKind.Separator },
    { label: t('Another Model in the Cloud…'), choose: () => chooseCloudModel(settings, ports) },
    { label: t('Another Model on a Server of Yours…'), choose: () => ports.setUpLocalModel() },
  ];
  const picked = await vscode.window.showQuickPick(choices, {
    title: t('Switch Backend'),
    placeHolder: t('Who completes your code'),
    matchOnDetail: true,
  });
  await picked?.choose?.();
}

async function useBackend(kind: BackendKind, ports: SwitchPorts): Promise<void> {
  await write('backend', kind);
  if (kind === 'cloud' && (await ports.lacksKey())) await ports.setKey();
}

async function chooseCloudModel(settings: Settings, ports: SwitchPorts): Promise<void> {
  const t = vscode.l10n.t;
  const current = settings['cloud.model'];
  const known = ports.cloudModels().map(({ name, price }) => ({
    label: name,
    description: name === current ? t('in use') : '',
    detail: price
      ? t('{0} for a million tokens read, {1} written', `$${price.input}`, `$${price.output}`)
      : '',
  }));
  const other = { label: t('Another Name…') };
  const picked = await vscode.window.showQuickPick([...known, other], {
    title: t('Model in the Cloud'),
    placeHolder: t('Which model completes your code'),
  });
  const model = picked === other ? await askForModel(current) : picked?.label;
  if (model === undefined || model === '') return;
  await write('cloud.model', model);
  await useBackend('cloud', ports);
}

async function askForModel(current: string): Promise<string | undefined> {
  const t = vscode.l10n.t;
  const entered = await vscode.window.showInputBox({
    title: t('Model in the Cloud'),
    prompt: t('The name as the service writes it; on Azure, that of the deployment.'),
    value: current,
  });
  return entered?.trim();
}

async function write(name: string, value: string): Promise<void> {
  await vscode.workspace.getConfiguration('foretype').update(name, value, vscode.ConfigurationTarget.Global);
}
