import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { cloudModel } from './backends/cloud.ts';
import { createChoice } from './choice.ts';
import type { Completer } from './core/complete.ts';
import { StatsRecorder } from './core/statsRecorder.ts';
import { systemClock } from './editor/clock.ts';
import { isTooLarge, sourceOf } from './editor/convert.ts';
import { createExplainAction } from './editor/explainAction.ts';
import { createFileShelf } from './editor/fileShelf.ts';
import { createKeys } from './editor/keys.ts';
import { createLog } from './editor/log.ts';
import { createNotices, tellOfSetting } from './editor/notices.ts';
import { createPause } from './editor/pause.ts';
import { Provider } from './editor/provider.ts';
import { createSettings } from './editor/settings.ts';
import { createStatus, editorFacts } from './editor/status.ts';
import { watchAttempts } from './editor/watchAttempts.ts';
import { whyNoSuggestion } from './editor/why.ts';
import { createEditorEngine } from './editorEngine.ts';
import { lookAhead } from './lookAhead.ts';
import { createMemory } from './memory.ts';
import { createPages } from './pages.ts';
import { createMeter } from './usage/meter.ts';

/** Foretype at work in one window. */
export interface Session {
  /** What VS Code's own test mode gets to see. */
  history(): Completer['history'];
  /** Saves what is learned and counted. */
  close(): Promise<unknown>;
}

/** Puts Foretype together, top to bottom. No grammar, SDK or tokenizer is loaded before the first key needs it. */
export function openSession(context: vscode.ExtensionContext): Session {
  const own = <T extends { dispose(): unknown }>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const { extensionUri, globalStorageUri: storage } = context;
  const clock = systemClock;
  const log = own(createLog());
  const keys = own(createKeys(context.secrets));
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

  let excluded: readonly string[] = [];
  const memory = own(createMemory(context, log, () => status.refresh()));
  const engine = createEditorEngine(context, {
    clock,
    log,
    keys,
    settings,
    meter,
    predict: (query) => memory.predict(query),
    transferred: (host, sent, received) => stats.sent(host, sent, received),
    answering: ({ because }) => {
      if (!because) notices.answered();
      status.refresh();
    },
    failed: (backend, error) => {
      log.warn(`${backend.kind}: ${error.kind}: ${error.message}`);
      notices.failed(error);
    },
  });

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
  const ahead = own(lookAhead(engine, settings, clock, (uri) => completer.closed(uri)));

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
          thinking: thinking > 0 && answering !== 'builtin',
          indexing: memory.reading(),
          spent: meter.spent(),
          accepted: stats.today(),
        };
      },
      settings: () => settings.general(),
      pause: (ms) => pause.start(ms),
      resume: () => pause.resume(),
    }),
  );
  const erased = () => status.refresh();
  const pages = own(
    createPages({ extensionUri, engine, settings, stats, meter, notices, clock, log, erased }),
  );
  own(createExplainAction());

  const commands: Readonly<Record<string, (...given: never[]) => unknown>> = {
    ...createChoice({ settings, keys, engine, clock, changed }),
    explainSelection: () => pages.explainSelection(),
    explainImage: (uri: vscode.Uri | undefined) => pages.explainImage(uri),
    showWhatWasSent: () => pages.showWhatWasSent(),
    showDashboard: () => pages.showDashboard(),
    whyNoSuggestion: () => whyNoSuggestion(completer.history, setup()),
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
  return {
    history: () => completer.history,
    close: () => Promise.all([memory.close(), meter.flush(), stats.close()]),
  };

  function openFolders(): void {
    excluded = settings.general().exclude;
    memory.open(excluded);
  }

  /** The settings changed, or a pause began or ended: what was written under the old ones is not shown. */
  function changed(): void {
    provider.reset();
    status.refresh();
    ahead.changed();
    if (settings.general().exclude.join('\n') !== excluded.join('\n')) openFolders();
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
}
