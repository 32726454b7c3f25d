import * as vscode from 'vscode';
import { BackendError } from '../core/errors.ts';
import { type Choice, type ChoicePorts, choicesOf, type Found } from './localChoices.ts';
import { problemOf } from './problems.ts';

/** What was found out about a server and its model. */
interface Ability {
  readonly model: string;
  readonly fill: string;
  readonly chat: boolean;
  readonly completions: boolean;
  readonly tokensPerSecond: number | undefined;
  readonly firstTokenMs: number | undefined;
}

/** What setting up needs of the backends. */
export interface LocalSetupPorts extends ChoicePorts {
  find(signal: AbortSignal): Promise<readonly Found[]>;
  /** Looks at one address, with the key that is stored for it. */
  look(address: string, signal: AbortSignal): Promise<Found | undefined>;
  /** What is wrong with an address, in a sentence. */
  complaint(address: string): string | undefined;
  /** Asks the user for the key of an address. */
  enterKey(address: string): Promise<void>;
  probe(endpoint: string, model: string, signal: AbortSignal): Promise<Ability | undefined>;
  pull(
    endpoint: string,
    model: string,
    progress: (at: { readonly status: string; readonly total: number; readonly completed: number }) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

/** Looks for model servers, lets the user choose a model, tries out what it can do, and writes it to the user settings. */
export async function setUpLocalModel(ports: LocalSetupPorts): Promise<void> {
  const t = vscode.l10n.t;
  const looking = t('Looking for model servers on {0}…', machineName());
  let found = await withProgress(looking, (_report, signal) => ports.find(signal));
  while (found) {
    const picked: Choice | undefined = await vscode.window.showQuickPick(itemsOf(found, ports), {
      title: t('Set Up Local Model'),
      placeHolder:
        found.length === 0
          ? t('No model server answers on {0}: start one, or enter an address', machineName())
          : t('Which model completes your code'),
      matchOnDescription: true,
    });
    if (!picked) return;
    if (picked.act === 'use' || picked.act === 'fetch') {
      if (picked.act === 'fetch' && !(await fetched(ports, picked))) return;
      return useModel(ports, picked);
    }
    const address = picked.act === 'enter' ? await enteredAddress(ports) : picked.endpoint;
    if (address === undefined) return;
    if (picked.act === 'unlock') await ports.enterKey(address);
    const seen = await lookedAt(ports, address);
    if (seen) found = [seen, ...found.filter(({ endpoint }) => endpoint !== seen.endpoint)];
  }
}

/** Looks at one address; says what is wrong if nothing of use is there. */
async function lookedAt(ports: LocalSetupPorts, address: string): Promise<Found | undefined> {
  const t = vscode.l10n.t;
  try {
    const seen = await withProgress(t('Looking at {0}…', address), async (_report, signal) => ({
      found: await ports.look(address, signal),
    }));
    if (seen && !seen.found) {
      void vscode.window.showWarningMessage(t('No model server answers at {0}.', address));
    }
    return seen?.found;
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    void vscode.window.showWarningMessage(`Foretype: ${problemOf(error, t).sentence}`);
    return undefined;
  }
}

async function useModel(ports: LocalSetupPorts, { endpoint, model }: Choice): Promise<void> {
  const t = vscode.l10n.t;
  const ability = await withProgress(t('Trying out {0}…', model || endpoint), (_report, signal) =>
    ports.probe(endpoint, model, signal),
  );
  if (!ability) {
    void vscode.window.showWarningMessage(t('{0} did not answer. The log says more.', model || endpoint));
    return;
  }
  if (!ability.chat && !ability.completions && ability.fill === 'none') {
    void vscode.window.showWarningMessage(
      t('{0} can neither complete nor chat. Choose another model.', ability.model || endpoint),
    );
    return;
  }
  const configuration = vscode.workspace.getConfiguration('foretype');
  for (const [name, value] of [
    ['local.endpoint', endpoint],
    ['local.model', ability.model],
    ['local.protocol', undefined],
    ['backend', 'local'],
  ] as const) {
    await configuration.update(name, value, vscode.ConfigurationTarget.Global);
  }
  void vscode.window.showInformationMessage(
    t('Foretype now completes with {0}: {1}.', ability.model || endpoint, inWords(ability)),
  );
}

async function enteredAddress(ports: LocalSetupPorts): Promise<string | undefined> {
  const t = vscode.l10n.t;
  return vscode.window.showInputBox({
    title: t('Address of the model server'),
    prompt: t('Such as http://127.0.0.1:8080 or https://models.example.com/v1'),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? undefined : ports.complaint(value)),
  });
}

function itemsOf(found: readonly Found[], ports: ChoicePorts): readonly Choice[] {
  const kind = vscode.QuickPickItemKind.Separator;
  return choicesOf(found, ports, vscode.l10n.t).map((choice) =>
    choice.act === 'nothing' ? { ...choice, kind } : choice,
  );
}

async function fetched(ports: LocalSetupPorts, { endpoint, model }: Choice): Promise<boolean> {
  const t = vscode.l10n.t;
  let before = 0;
  try {
    const done = await withProgress(t('Ollama fetches {0}…', model), async (report, signal) => {
      await ports.pull(
        endpoint,
        model,
        ({ status, total, completed }) => {
          const percent = total === 0 ? 0 : (100 * completed) / total;
          report({ message: status, increment: Math.max(0, percent - before) });
          before = Math.max(before, percent);
        },
        signal,
      );
      return true;
    });
    return done ?? false;
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    void vscode.window.showWarningMessage(`Foretype: ${error.message}`);
    return false;
  }
}

/** Runs with a progress notification that can be cancelled; undefined if it was. */
async function withProgress<Result>(
  title: string,
  run: (
    report: (step: { message?: string; increment?: number }) => void,
    signal: AbortSignal,
  ) => Promise<Result>,
): Promise<Result | undefined> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const controller = new AbortController();
    const listener = token.onCancellationRequested(() => controller.abort());
    try {
      return await run((step) => progress.report(step), controller.signal);
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    } finally {
      listener.dispose();
    }
  });
}

/** "localhost" is the machine on which the extension runs, which in a remote window need not be the one with the keyboard. */
function machineName(): string {
  const { remoteName } = vscode.env;
  return remoteName ? vscode.l10n.t('the remote machine ({0})', remoteName) : vscode.l10n.t('this machine');
}

function inWords({ fill, chat, tokensPerSecond, firstTokenMs }: Ability): string {
  const t = vscode.l10n.t;
  const ways = [fill === 'none' ? '' : t('fills in the middle'), chat ? t('chats and explains') : ''];
  const speed = [
    tokensPerSecond === undefined ? '' : t('{0} tokens a second', tokensPerSecond.toFixed(0)),
    firstTokenMs === undefined ? '' : t('first token after {0} ms', firstTokenMs.toFixed(0)),
  ];
  return [...ways, ...speed].filter((part) => part !== '').join(', ');
}
