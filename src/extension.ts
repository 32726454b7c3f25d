import { createHash, randomBytes, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { cloudModel } from './backends/cloud.ts';
import { connectionLifeMs, warmConnection } from './backends/warm.ts';
import { connectPredictor, type FromIndexer, type ToIndexer } from './builtin/index.ts';
import { createChoice } from './choice.ts';
import type { Completer } from './core/complete.ts';
import { BackendError } from './core/errors.ts';
import { languageOf } from './core/languages.ts';
import type { SilentReason } from './core/outcome.ts';
import { StatsRecorder } from './core/statsRecorder.ts';
import { systemClock } from './editor/clock.ts';
import { isTooLarge, snapshotOf, sourceOf } from './editor/convert.ts';
import { createDashboard } from './editor/dashboard.ts';
import { watchDocuments } from './editor/documents.ts';
import { createExplainAction } from './editor/explainAction.ts';
import { createExplainPanel } from './editor/explainPanel.ts';
import { createFileShelf } from './editor/fileShelf.ts';
import { createOwnFiles } from './editor/files.ts';
import { watchIgnoreRules } from './editor/ignoreRules.ts';
import { feedReader, localFolders, startIndexerThread } from './editor/indexerThread.ts';
import { createKeys } from './editor/keys.ts';
import { languageServerSources } from './editor/languageServer.ts';
import { createLog } from './editor/log.ts';
import { countedFetch } from './editor/network.ts';
import { createNotices, tellOfSetting } from './editor/notices.ts';
import { createPause } from './editor/pause.ts';
import { Provider } from './editor/provider.ts';
import { createRealPath } from './editor/realPaths.ts';
import { createSentDocument } from './editor/sentDocument.ts';
import { createSettings } from './editor/settings.ts';
import { createStatus, editorFacts } from './editor/status.ts';
import { remedyCommands } from './editor/statusModel.ts';
import { watchAttempts } from './editor/watchAttempts.ts';
import { whyNoSuggestion } from './editor/why.ts';
import { createWorkspace, isTextFile } from './editor/workspace.ts';
import { createEngine, type Engine } from './engine.ts';
import { sentReport } from './privacy/sentReport.ts';
import { createMeter } from './usage/meter.ts';
import { costOf, priceOf } from './usage/prices.ts';

let closing: (() => Promise<unknown>) | undefined;

/** What VS Code's own test mode gets to see. */
interface Seen {
  history(): Completer['history'];
}

/** Puts Foretype together, top to bottom. Nothing heavy is loaded before the first key. */
export function activate(context: vscode.ExtensionContext): Seen | undefined {
  const own = <T extends { dispose(): unknown }>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const clock = systemClock;
  const log = own(createLog());
  const files = createOwnFiles(vscode.Uri.joinPath(context.extensionUri, 'dist'));
  const storage = context.globalStorageUri;
  const keys = createKeys(context.secrets);
  const notices = createNotices();
  const pause = own(createPause(clock, () => changed()));
  const complain = (problem: string, setting?: string) => {
    log.warn(problem);
    void tellOfSetting(problem, setting);
  };
  const settings = own(createSettings(complain, () => changed()));
  own(watchAttempts(complain));

  // What it cost and what it was worth.
  const windowName = randomUUID();
  const usage = createFileShelf(vscode.Uri.joinPath(storage, 'usage'));
  const meter = createMeter(usage, clock, log, windowName);
  const statistics = createFileShelf(vscode.Uri.joinPath(storage, 'statistics'));
  const stats = new StatsRecorder(windowName, statistics, clock, log);

  // The built-in predictor, in a thread of its own.
  let indexing: number | undefined;
  let excluded: readonly string[] = [];
  const thread = startIndexerThread<ToIndexer, FromIndexer>(
    vscode.Uri.joinPath(context.extensionUri, 'dist/indexer.cjs'),
    log,
  );
  const predictor = connectPredictor(thread, log, (read) => {
    indexing = read;
    status.refresh();
  });
  thread.onEnd(() => predictor.lost());
  thread.onRestart(() => predictor.restarted());
  own(feedReader(predictor));

  const workspace = own(
    createWorkspace(
      (path) => languageOf(path) ?? 'plaintext',
      async (path, signal) =>
        (await engine.privacy.policy.ask(path, settings.general().exclude, signal)) === undefined,
      (path) => engine.privacy.policy.judge(path, settings.general().exclude) === undefined,
    ),
  );
  const engine: Engine = own(
    createEngine({
      clock,
      log,
      workspace,
      languages: {
        runtime: () => files.bytes('web-tree-sitter.wasm'),
        grammar: (name) => files.bytes(`grammars/${name}`),
        query: (languageId) => files.text(`syntaxes/${languageId}.scm`),
      },
      policy: {
        read: (path) => workspace.plainText(path),
        realPath: createRealPath(localFolders),
        openedByUser: (path) => workspace.isOpen(path),
      },
      random: () => randomBytes(4).toString('hex'),
      predict: (query) => predictor.predict(query),
      network: {
        key: (origin) => keys.get(origin),
        fetch: countedFetch((host, sent, received) => stats.sent(host, sent, received)),
        memory: {
          get: (name) => context.globalState.get(name),
          set: (name, value) => void context.globalState.update(name, value),
        },
        machine: vscode.env.remoteName ?? '',
        cacheKey: createHash('sha256')
          .update(localFolders()[0]?.folder ?? '')
          .digest('hex')
          .slice(0, 16),
        retries: 1,
      },
      meter,
      extraSources: languageServerSources(),
      answering: ({ because }) => {
        if (!because) notices.answered();
        status.refresh();
      },
      failed: (backend, error) => {
        log.warn(`${backend.kind}: ${error.kind}: ${error.message}`);
        notices.failed(error);
      },
    }),
  );

  own(
    watchIgnoreRules({
      opened: (path) => engine.privacy.policy.prepare(path, new AbortController().signal),
      changed: (path) => engine.privacy.policy.changed(path),
    }),
  );

  own(
    watchDocuments({
      // The built-in backend is sent nothing, so it needs no context.
      shown: (source) => {
        if (settings.general().backend === 'builtin') return;
        void engine.context.prepare(source, new AbortController().signal);
      },
      closed: (uri) => {
        engine.syntax.close(uri);
        completer.closed(uri);
      },
    }),
  );

  // The keystroke.
  let thinking = 0;
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
      ended: () => {
        thinking -= 1;
        status.refresh();
      },
      shown: (draft, language, latencyMs) => {
        const backend = engine.chain.state(settings.general()).answering ?? 'builtin';
        stats.shown({ draft, backend, language, latencyMs });
      },
      taken: (draft, uri, start, text) => stats.accepted(draft, uri, start, text),
      edited: (document, edits) => {
        stats.edited(document.uri.toString(), edits);
        const [edit] = edits;
        if (!edit || edits.length > 1 || isTooLarge(document)) return;
        engine.context.edited(sourceOf(document), { start: edit.start, end: edit.start + edit.text.length });
      },
    }),
  );

  // What the user sees of it.
  const status = own(
    createStatus({
      facts: () => {
        const current = settings.general();
        const { answering, because, model } = engine.chain.state(current);
        return {
          ...editorFacts(current),
          backend: current.backend,
          answering,
          model: modelOf(current.backend) || (answering === current.backend ? model : ''),
          failure: because,
          pausedUntil: pause.until(),
          documentReason: documentReason(),
          thinking: thinking > 0 && answering !== 'builtin',
          indexing,
          today: { dollars: meter.spent().today, ...stats.today() },
        };
      },
      settings: () => settings.general(),
      pause: (ms) => pause.start(ms),
      resume: () => pause.resume(),
    }),
  );
  const dashboard = own(
    createDashboard({
      extensionUri: context.extensionUri,
      clock,
      log,
      stats: () => stats.read(),
      spend: async () => {
        await meter.refresh();
        return meter.rows();
      },
      erase: async () => {
        await Promise.all([stats.erase(), meter.erase()]);
        status.refresh();
      },
    }),
  );
  const explainer = own(
    createExplainPanel({
      extensionUri: context.extensionUri,
      survey: engine.syntax.survey,
      gather: engine.context.gather,
      guard: engine.privacy,
      compose: engine.composeExplain,
      clock,
      log,
      backend: () => {
        // The user asks for it, so it is tried whatever failed before.
        engine.chain.forgive();
        const backend = engine.chain.pick(settings.general());
        if (backend instanceof BackendError || backend.kind !== 'builtin') return backend;
        return engine.chain.state(settings.general()).because;
      },
      report: (backend, end, error) => {
        if (error) notices.seen(error);
        engine.chain.report({ backend, end }, error);
      },
      settings: (document) => (document ? settings.of(document) : settings.general()),
      snapshotOf: (document, position) => snapshotOf(document, position, undefined),
      prepare: (snapshot, signal) => engine.syntax.settled(snapshot, signal),
      cost: (used, backend, current) => {
        if (!backend.metered) return 0;
        const { price, known } = priceOf(cloudModel(current), current.prices);
        return known ? costOf(used, price) : undefined;
      },
      act: (action) => void vscode.commands.executeCommand(remedyCommands[action]),
    }),
  );
  own(createExplainAction());
  own(keepWarm());

  const sentDocument = own(createSentDocument(() => sentReport(engine.privacy.sent.last(), vscode.l10n.t)));
  const commands: Readonly<Record<string, (...given: never[]) => unknown>> = {
    ...createChoice({ settings, keys, engine, clock, changed }),
    explainSelection: () => explainer.explainSelection(),
    explainImage: (uri: vscode.Uri | undefined) => explainer.explainImage(uri),
    showWhatWasSent: () => sentDocument.show(),
    whyNoSuggestion: () => whyNoSuggestion(completer.history, setup()),
    showDashboard: () => dashboard.show(),
    showLog: () => log.show(),
    taken: (draft: number, at: number) => provider.taken(draft, at),
    dismissed: () => provider.dismissed(),
  };
  for (const [name, run] of Object.entries(commands)) {
    own(vscode.commands.registerCommand(`foretype.${name}`, run));
  }

  openFolders();
  own(vscode.workspace.onDidChangeWorkspaceFolders(openFolders));
  // What other windows have counted today belongs into the status as well; nobody waits for it.
  stats.read().then(
    () => status.refresh(),
    (error: unknown) => log.error('The statistics could not be read.', error),
  );
  closing = () => Promise.all([predictor.close(), meter.flush(), stats.close()]);
  return context.extensionMode === vscode.ExtensionMode.Test
    ? { history: () => completer.history }
    : undefined;

  /** Has the built-in predictor read the workspace as it is now; known files that did not change are not read again. */
  function openFolders(): void {
    const { storageUri } = context;
    const store = storageUri?.scheme === 'file' ? vscode.Uri.joinPath(storageUri, 'memory') : undefined;
    excluded = settings.general().exclude;
    predictor.open(localFolders(), store?.fsPath, excluded);
  }

  /** The settings changed, or a pause began or ended: what was written under the old ones is not shown. */
  function changed(): void {
    provider.reset();
    status.refresh();
    if (settings.general().exclude.join('\n') !== excluded.join('\n')) openFolders();
  }

  /** Why the document in front gets no suggestions at all. */
  function documentReason(): SilentReason | undefined {
    const document = vscode.window.activeTextEditor?.document;
    if (!document) return undefined;
    if (!isTextFile(document.uri)) return 'document-kind';
    return isTooLarge(document) ? 'document-size' : undefined;
  }

  function modelOf(kind: 'builtin' | 'cloud' | 'local'): string {
    if (kind === 'builtin') return '';
    return kind === 'cloud' ? cloudModel(settings.general()) : settings.general()['local.model'];
  }

  function setup(): string {
    const version: unknown = context.extension.packageJSON.version;
    const { backend } = settings.general();
    return `Foretype ${String(version)}, VS Code ${vscode.version}, ${process.platform}, backend ${backend}`;
  }

  /** Opens the connection when an editor gets the focus, and keeps it open while keys are struck. */
  function keepWarm(): vscode.Disposable {
    let last = Number.NEGATIVE_INFINITY;
    return vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => warm()),
      vscode.window.onDidChangeWindowState(({ focused }) => focused && warm()),
    );
    function warm(): void {
      const current = settings.general();
      const { answering } = engine.chain.state(current);
      if (!answering || answering === 'builtin' || clock.now() - last < connectionLifeMs) return;
      last = clock.now();
      void warmConnection(answering, current, engine.backendPorts.fetch, AbortSignal.timeout(5000));
    }
  }
}

/** Saves what is learned and counted. */
export async function deactivate(): Promise<void> {
  await closing?.();
}
