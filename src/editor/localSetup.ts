import * as vscode from 'vscode';
import { BackendError } from '../core/errors.ts';

/** A model server that was found. */
interface Found {
  readonly endpoint: string;
  readonly name: string;
  readonly kind: string;
  readonly models: readonly string[];
}

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
export interface LocalSetupPorts {
  find(signal: AbortSignal): Promise<readonly Found[]>;
  probe(endpoint: string, model: string, signal: AbortSignal): Promise<Ability | undefined>;
  pull(
    endpoint: string,
    model: string,
    progress: (at: { readonly status: string; readonly total: number; readonly completed: number }) => void,
    signal: AbortSignal,
  ): Promise<void>;
  readonly pullable: readonly { readonly name: string; readonly size: string; readonly fits: string }[];
  recommended(models: readonly string[]): string | undefined;
}

interface Choice extends vscode.QuickPickItem {
  readonly endpoint: string;
  readonly model: string;
  readonly fetch: boolean;
}

/** Looks for model servers, lets the user choose a model, tries out what it can do, and writes it to the user settings. */
export async function setUpLocalModel(ports: LocalSetupPorts): Promise<void> {
  const t = vscode.l10n.t;
  const found = await withProgress(t('Looking for model servers on {0}…', machineName()), (_report, signal) =>
    ports.find(signal),
  );
  if (!found) return;
  if (found.length === 0) {
    const picked = await vscode.window.showInformationMessage(
      t(
        'No model server answers on {0}. Start one (Ollama, llama.cpp, LM Studio, vLLM …), or enter the address of your team’s.',
        machineName(),
      ),
      t('Open Settings'),
    );
    if (picked) await vscode.commands.executeCommand('workbench.action.openSettings', 'foretype.local');
    return;
  }
  const picked = await vscode.window.showQuickPick(choicesOf(found, ports), {
    title: t('Set Up Local Model'),
    placeHolder: t('Which model completes your code'),
    matchOnDescription: true,
  });
  if (!picked || (picked.fetch && !(await fetched(ports, picked)))) return;
  const ability = await withProgress(t('Trying out {0}…', picked.model), (_report, signal) =>
    ports.probe(picked.endpoint, picked.model, signal),
  );
  if (!ability) {
    void vscode.window.showWarningMessage(t('{0} did not answer. The log says more.', picked.model));
    return;
  }
  const configuration = vscode.workspace.getConfiguration('foretype');
  for (const [name, value] of [
    ['local.endpoint', picked.endpoint],
    ['local.model', ability.model],
    ['local.protocol', undefined],
    ['backend', 'local'],
  ] as const) {
    await configuration.update(name, value, vscode.ConfigurationTarget.Global);
  }
  void vscode.window.showInformationMessage(
    t('Foretype now completes with {0}: {1}.', ability.model, inWords(ability)),
  );
}

function choicesOf(found: readonly Found[], ports: LocalSetupPorts): readonly Choice[] {
  const t = vscode.l10n.t;
  const choices: (Choice | vscode.QuickPickItem)[] = [];
  for (const { endpoint, name, kind, models } of found) {
    choices.push({ label: `${name} · ${endpoint}`, kind: vscode.QuickPickItemKind.Separator });
    const best = ports.recommended(models);
    for (const model of models) {
      const description = model === best ? t('recommended') : '';
      choices.push({ label: model, description, endpoint, model, fetch: false } satisfies Choice);
    }
    if (kind !== 'ollama') continue;
    for (const { name: model, size, fits } of ports.pullable) {
      if (models.includes(model)) continue;
      const description = t('download, {0}, for {1}', size, fits);
      choices.push({
        label: `$(cloud-download) ${model}`,
        description,
        endpoint,
        model,
        fetch: true,
      } satisfies Choice);
    }
  }
  return choices as readonly Choice[];
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
