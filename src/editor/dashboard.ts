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
import { fillWebview, panelRoots } from './panels/webviewPage.ts';

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
  let panel: vscode.WebviewPanel | undefined;
  let days = firstRange;
  let open = new AbortController();

  async function post(): Promise<void> {
    const [stats, spend] = await Promise.all([ports.stats(), ports.spend()]);
    const view = dashboardOf(stats, spend, days, ports.clock.date());
    const message: ToDashboardPage = { kind: 'show', view };
    await panel?.webview.postMessage(message);
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
      if (!signal.aborted && panel?.visible === true) await guarded(post);
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
      if (panel !== undefined) {
        panel.reveal();
        return;
      }
      const created = vscode.window.createWebviewPanel(
        'foretype.dashboard',
        vscode.l10n.t('Foretype Dashboard'),
        vscode.ViewColumn.Active,
        {
          enableScripts: true,
          retainContextWhenHidden: true,
          localResourceRoots: panelRoots(ports.extensionUri),
        },
      );
      created.iconPath = new vscode.ThemeIcon('graph');
      panel = created;
      open = new AbortController();
      created.onDidDispose(() => {
        panel = undefined;
        open.abort();
      });
      created.webview.onDidReceiveMessage((value: unknown) => {
        const message = parseFromDashboardPage(value);
        if (message !== undefined) void guarded(() => receive(message));
      });
      const styles = ['dist/webview/dashboard.css', 'media/panel.css', 'media/dashboard.css'];
      fillWebview(created.webview, ports.extensionUri, 'dashboard', styles, dashboardWords(vscode.l10n.t));
      void keepFresh(open.signal);
    },
    dispose: () => panel?.dispose(),
  };
}

/** Where a person would look for an exported file first. */
function home(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
}
