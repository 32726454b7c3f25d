import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { dashboardOf, type SpendRow } from '../core/dashboard.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Stats } from '../core/stats.ts';
import {
  type FromDashboardPage,
  parseFromDashboardPage,
  type ToDashboardPage,
} from '../webview/dashboardMessages.ts';
import { dashboardWords } from './panels/dashboardWords.ts';
import { createOnePanel } from './panels/onePanel.ts';

/** What the dashboard needs of the rest. */
export interface DashboardPorts {
  readonly extensionUri: vscode.Uri;
  readonly clock: Clock;
  readonly log: Log;
  stats(): Promise<Stats>;
  /** The meter's tokens and money by day, backend, model and language. */
  spend(): Promise<readonly SpendRow[]>;
  /** Forgets all statistics and the meter's past. */
  erase(): Promise<void>;
}

/** The page with the user's own figures. */
export interface Dashboard extends vscode.Disposable {
  show(): void;
}

/** Days that the page shows at first. */
const firstRange = 30;
/** How often an open page is brought up to date, ms. */
const refreshInterval = 30_000;

/** Creates the page's owner; the page opens when it is asked for. */
export function createDashboard(ports: DashboardPorts): Dashboard {
  let days = firstRange;
  let open = new AbortController();
  const panel = createOnePanel<ToDashboardPage, FromDashboardPage>({
    extensionUri: ports.extensionUri,
    name: 'dashboard',
    title: vscode.l10n.t('Foretype Dashboard'),
    icon: 'graph',
    column: vscode.ViewColumn.Active,
    keepFocus: false,
    styles: ['dist/webview/dashboard.css'],
    words: dashboardWords(vscode.l10n.t),
    parse: parseFromDashboardPage,
    receive: (message) => void guarded(() => receive(message)),
    closed: () => open.abort(),
  });

  async function post(): Promise<void> {
    const [stats, spend] = await Promise.all([ports.stats(), ports.spend()]);
    const view = dashboardOf(stats, spend, days, ports.clock.date());
    panel.post({ kind: 'show', view });
  }

  /** What cannot be read or written is said, and logged with its reason. */
  async function guarded(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      ports.log.error('dashboard', error);
      const button = vscode.l10n.t('Show Log');
      const words = vscode.l10n.t('The figures could not be read or written. The log says why.');
      const picked = await vscode.window.showErrorMessage(`Foretype: ${words}`, button);
      if (picked === button) await vscode.commands.executeCommand('foretype.showLog');
    }
  }

  async function keepFresh(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await ports.clock.sleep(refreshInterval, signal).catch(() => undefined); // The page was closed.
      if (!signal.aborted && panel.isVisible()) await guarded(post);
    }
  }

  async function receive(message: FromDashboardPage): Promise<void> {
    switch (message.kind) {
      case 'range':
        days = message.days;
        await post();
        return;
      case 'ready':
        await post();
        return;
      case 'export':
        await exportAll();
        return;
      case 'erase':
        await erase();
        return;
    }
  }

  async function exportAll(): Promise<void> {
    const uri = await vscode.window.showSaveDialog({
      filters: { JSON: ['json'] },
      saveLabel: vscode.l10n.t('Export'),
      defaultUri: vscode.Uri.joinPath(home(), 'foretype-statistics.json'),
    });
    if (uri === undefined) return;
    const [stats, spend] = await Promise.all([ports.stats(), ports.spend()]);
    const text = JSON.stringify(
      { suggestions: stats.rows, spending: spend, hosts: stats.hosts },
      undefined,
      2,
    );
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`${text}\n`));
    const open = vscode.l10n.t('Open');
    const picked = await vscode.window.showInformationMessage(
      vscode.l10n.t('The figures are in {0}.', vscode.workspace.asRelativePath(uri)),
      open,
    );
    if (picked === open) await vscode.window.showTextDocument(uri);
  }

  async function erase(): Promise<void> {
    const yes = vscode.l10n.t('Erase');
    const question = vscode.l10n.t('Erase all figures that Foretype has counted?');
    const detail = vscode.l10n.t(
      'Suggestions, tokens, money and hosts of all days. Other windows that are open keep the tokens and money that they have counted themselves. This cannot be undone.',
    );
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) !== yes) return;
    await ports.erase();
    await post();
  }

  return {
    show: () => {
      if (!panel.open()) return;
      open = new AbortController();
      void keepFresh(open.signal);
    },
    dispose: () => panel.dispose(),
  };
}

/** Where a person would look for an exported file first. */
function home(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
}
