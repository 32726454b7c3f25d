import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { cloudTarget } from './backends/cloud.ts';
import { createPredictor } from './builtin/index.ts';
import type { BackendError } from './core/errors.ts';
import { languageOf } from './core/languages.ts';
import type { BackendKind, Settings } from './core/settings.ts';
import { setApiKey, switchBackend } from './editor/backendCommands.ts';
import { systemClock } from './editor/clock.ts';
import { pathOf } from './editor/convert.ts';
import { createOwnFiles } from './editor/files.ts';
import { createKeys } from './editor/keys.ts';
import { startLearning } from './editor/learning.ts';
import { createLog } from './editor/log.ts';
import { createNotices } from './editor/notices.ts';
import { createPause } from './editor/pause.ts';
import { Provider } from './editor/provider.ts';
import { createSettings } from './editor/settings.ts';
import { createStatus, editorFacts } from './editor/status.ts';
import { whyNoSuggestion } from './editor/why.ts';
import { createWorkspace, isTextFile } from './editor/workspace.ts';
import { createEngine } from './engine.ts';

/** Puts Foretype together, top to bottom. Nothing heavy is loaded before the first key. */
export function activate(context: vscode.ExtensionContext): void {
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const clock = systemClock;
  const log = own(createLog());
  const files = createOwnFiles(vscode.Uri.joinPath(context.extensionUri, 'dist'));
  const keys = createKeys(context.secrets);
  const notices = createNotices();
  const pause = own(createPause(clock, () => changed()));
  const settings = own(
    createSettings(
      (problem) => {
        log.warn(problem);
        void vscode.window.showWarningMessage(`Foretype: ${problem}`);
      },
      () => changed(),
    ),
  );
  const predictor = createPredictor();
  const isOpen = (path: string) =>
    vscode.workspace.textDocuments.some(({ uri }) => isTextFile(uri) && pathOf(uri) === path);
  const workspace = own(
    createWorkspace(
      (path) => languageOf(path) ?? 'plaintext',
      (path) => engine.privacy.mayLeave(path, { openedByUser: isOpen(path) }) === undefined,
    ),
  );

  let failure: BackendError | undefined;
  let thinking = 0;
  const engine = createEngine({
    clock,
    log,
    workspace,
    runtime: () => files.bytes('grammars/web-tree-sitter.wasm'),
    grammar: (name) => files.bytes(`grammars/${name}`),
    query: (languageId) => files.text(`syntaxes/${languageId}.scm`),
    readIgnoreFile: async (path) => {
      const folder = vscode.workspace.workspaceFolders?.[0];
      if (!folder) return undefined;
      return createOwnFiles(folder.uri).text(path);
    },
    isOpen,
    random: () => randomBytes(4).toString('hex'),
    predict: (query) => predictor.predict(query),
    extraSources: [],
    network: {
      key: (origin) => keys.get(origin),
      fetch: (...request) => globalThis.fetch(...request),
      memory: {
        get: (name) => context.globalState.get(name),
        set: (name, value) => void context.globalState.update(name, value),
      },
      machine: vscode.env.remoteName ?? '',
      cacheKey: '',
      retries: 1,
    },
    reported: (report, error) => {
      if (error) {
        log.warn(`${report.backend.id}: ${error.kind}: ${error.message}`);
        if (report.backend.kind === settings.general().backend) failure = error;
        notices.failed(error);
      } else if (report.end !== 'aborted') {
        failure = undefined;
        notices.answered();
      }
      status.refresh();
    },
  });
  const completer = engine.completer(() => provider.grow());
  own(new vscode.Disposable(() => completer.clear()));
  const provider = own(
    new Provider({
      completer,
      settings,
      clock,
      log,
      extensionId: context.extension.id,
      paused: () => pause.until() !== undefined,
      began: () => {
        thinking += 1;
        status.refresh();
      },
      ended: (_ask, outcome) => {
        thinking -= 1;
        if (outcome.kind === 'failed') {
          failure = outcome.error;
          notices.failed(outcome.error);
        }
        status.refresh();
      },
    }),
  );
  const status = own(
    createStatus({
      facts: () => factsOf(settings.general()),
      settings: () => settings.general(),
      pause: (ms) => pause.start(ms),
      resume: () => pause.resume(),
    }),
  );
  own(startLearning(predictor, languageOf, log));

  function factsOf(current: Settings) {
    return {
      ...editorFacts(current),
      backend: current.backend,
      answering: failure ? undefined : current.backend,
      model: modelOf(current),
      failure,
      pausedUntil: pause.until(),
      documentReason: undefined,
      thinking: thinking > 0 && current.backend !== 'builtin',
      indexing: undefined,
      today: { dollars: 0, acceptedCharacters: 0, accepted: 0 },
    };
  }

  /** The settings changed, or a pause began or ended: what was written under the old ones is not shown. */
  function changed(): void {
    failure = undefined;
    completer.clear();
    status.refresh();
  }

  const commands: Readonly<Record<string, (...given: never[]) => unknown>> = {
    setApiKey: async () => {
      const target = cloudTarget(settings.general());
      await setApiKey(keys, target.kind === 'ok' ? target.endpoint.origin : undefined);
      changed();
    },
    switchBackend: () => switchBackend(settings.general()),
    whyNoSuggestion: () => whyNoSuggestion(completer.history, setupOf(settings.general())),
    showLog: () => log.show(),
    taken: () => completer.accepted(),
  };
  for (const [name, run] of Object.entries(commands)) {
    own(vscode.commands.registerCommand(`foretype.${name}`, run));
  }

  function setupOf(current: Settings): string {
    const version: unknown = context.extension.packageJSON.version;
    return `Foretype ${String(version)}, VS Code ${vscode.version}, ${process.platform}, backend ${current.backend}`;
  }
}

function modelOf(settings: Settings): string {
  const models: Readonly<Record<BackendKind, string>> = {
    builtin: '',
    cloud: settings['cloud.model'],
    local: settings['local.model'],
  };
  return models[settings.backend];
}
