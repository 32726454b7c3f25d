import * as vscode from 'vscode';
import { cloudModel } from './backends/cloud.ts';
import { BackendError } from './core/errors.ts';
import type { Clock, Log } from './core/ports.ts';
import type { StatsRecorder } from './core/statsRecorder.ts';
import { snapshotOf } from './editor/convert.ts';
import { createDashboard } from './editor/dashboard.ts';
import { createExplainPanel } from './editor/explainPanel.ts';
import type { Notices } from './editor/notices.ts';
import { createSentDocument } from './editor/sentDocument.ts';
import type { SettingsReader } from './editor/settings.ts';
import { remedyCommands } from './editor/statusModel.ts';
import type { Engine } from './engine.ts';
import { sentReport } from './privacy/sentReport.ts';
import type { Meter } from './usage/meter.ts';
import { costOf, priceOf } from './usage/prices.ts';

/** What the pages show and need. */
interface PageParts {
  readonly extensionUri: vscode.Uri;
  readonly engine: Engine;
  readonly settings: SettingsReader;
  readonly stats: StatsRecorder;
  readonly meter: Meter;
  readonly notices: Notices;
  readonly clock: Clock;
  readonly log: Log;
  /** Hears that the figures have been erased. */
  erased(): void;
}

/** The commands that open a page, by name. */
export interface Pages extends vscode.Disposable {
  explainSelection(): Promise<void>;
  explainImage(uri: vscode.Uri | undefined): Promise<void>;
  showWhatWasSent(): Promise<void>;
  showDashboard(): void;
}

/** Wires the explanation, the dashboard and what was sent to the engine; each opens when it is asked for. */
export function createPages(parts: PageParts): Pages {
  const { extensionUri, engine, settings, stats, meter, notices, clock, log } = parts;
  const dashboard = createDashboard({
    extensionUri,
    clock,
    log,
    stats: () => stats.read(),
    spend: async () => {
      await meter.refresh();
      return meter.rows();
    },
    erase: async () => {
      await Promise.all([stats.erase(), meter.erase()]);
      parts.erased();
    },
  });
  const explainer = createExplainPanel({
    extensionUri,
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
    cost: (used, backend, languageId, current) => {
      if (!backend.metered) return 0;
      const { price, known } = priceOf(cloudModel(current, languageId), current.prices);
      return known ? costOf(used, price) : undefined;
    },
    act: (action) => void vscode.commands.executeCommand(remedyCommands[action]),
  });
  const sent = createSentDocument(() => sentReport(engine.privacy.sent.last(), vscode.l10n.t));
  return {
    explainSelection: () => explainer.explainSelection(),
    explainImage: (uri) => explainer.explainImage(uri),
    showWhatWasSent: () => sent.show(),
    showDashboard: () => dashboard.show(),
    dispose: () => vscode.Disposable.from(dashboard, explainer, sent).dispose(),
  };
}
