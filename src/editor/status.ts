import * as vscode from 'vscode';
import { isOn } from '../core/gate.ts';
import type { SilentReason } from '../core/outcome.ts';
import type { Settings } from '../core/settings.ts';
import { isTooLarge } from './convert.ts';
import { menuOf, pauseChoices } from './statusMenu.ts';
import { type StatusCommand, type StatusFacts, statusCommands, statusOf } from './statusModel.ts';
import { isTextFile } from './workspace.ts';

/** What the status needs of the rest. */
export interface StatusPorts {
  facts(): StatusFacts;
  settings(): Settings;
  /** Pauses for `ms`, which may be `Infinity`. */
  pause(ms: number): void;
  resume(): void;
}

/** The status bar's item, the language status and their menu. */
export interface StatusView extends vscode.Disposable {
  /** Shows the facts as they are now; cheap when nothing has changed. */
  refresh(): void;
}

/** Shows the status and registers the commands that are its own: its menu, pause, resume, language, ghost text, settings. */
export function createStatus(ports: StatusPorts): StatusView {
  const item = vscode.window.createStatusBarItem('foretype.status', vscode.StatusBarAlignment.Right, 100);
  item.name = 'Foretype';
  const language = vscode.languages.createLanguageStatusItem('foretype.language', { language: '*' });
  language.name = 'Foretype';
  let shown = '';

  function refresh(): void {
    const status = statusOf(ports.facts(), vscode.l10n.t);
    const key = JSON.stringify(status);
    if (key === shown) return;
    shown = key;
    item.text = status.text;
    item.accessibilityInformation = { label: status.label, role: 'button' };
    item.tooltip = trusted(status.tooltipMarkdown);
    item.command = 'foretype.showMenu';
    item.backgroundColor =
      status.severity === 'normal'
        ? undefined
        : new vscode.ThemeColor(`statusBarItem.${status.severity}Background`);
    item.show();
    language.text = status.text.replace(/^\$\([^)]*\) /, '');
    language.detail = status.label;
    language.severity = severities[status.severity];
    language.busy = status.state === 'thinking' || status.state === 'indexing';
    language.command = { title: vscode.l10n.t('Menu'), command: status.command };
  }

  const commands: Partial<Record<StatusCommand, () => unknown>> = {
    'foretype.showMenu': () => showMenu(ports),
    'foretype.pause': () => (ports.facts().pausedUntil === undefined ? pause(ports) : ports.resume()),
    'foretype.resume': () => ports.resume(),
    'foretype.toggleLanguage': () => toggleLanguage(ports),
    'foretype.turnOnGhostText': () =>
      vscode.workspace.getConfiguration('editor').update('inlineSuggest.enabled', true, true),
    'foretype.openSettings': () =>
      vscode.commands.executeCommand('workbench.action.openSettings', '@ext:foretype.foretype'),
  };
  const registered = Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(name, async () => {
      await run();
      refresh();
    }),
  );
  const listeners = [
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.workspace.onDidChangeConfiguration(refresh),
    vscode.workspace.onDidOpenTextDocument(refresh),
  ];
  refresh();
  return {
    refresh,
    dispose: () => vscode.Disposable.from(item, language, ...registered, ...listeners).dispose(),
  };
}

/** The facts that the editor itself knows. */
export function editorFacts(
  settings: Settings,
): Pick<StatusFacts, 'language' | 'ghostTextOn' | 'trusted' | 'documentReason'> {
  const document = vscode.window.activeTextEditor?.document;
  return {
    language:
      document === undefined
        ? undefined
        : { name: languageName(document.languageId), on: isOn(settings.languages, document.languageId) },
    ghostTextOn: vscode.workspace.getConfiguration('editor', document).get('inlineSuggest.enabled') !== false,
    trusted: vscode.workspace.isTrusted,
    documentReason: document && reasonAgainst(document),
  };
}

/** Why a document gets no suggestions at all. */
function reasonAgainst(document: vscode.TextDocument): SilentReason | undefined {
  if (!isTextFile(document.uri)) return 'document-kind';
  return isTooLarge(document) ? 'document-size' : undefined;
}

const languageNames = new Map<string, string>();

/** A language as people call it: the first name that an extension gives it, else its identifier. */
function languageName(id: string): string {
  if (!languageNames.has(id)) languageNames.set(id, givenName(id) ?? id);
  return languageNames.get(id) ?? id;
}

function givenName(id: string): string | undefined {
  for (const { packageJSON } of vscode.extensions.all) {
    const contributes: unknown = Reflect.get(Object(packageJSON), 'contributes');
    const languages: unknown = Reflect.get(Object(contributes), 'languages');
    if (!Array.isArray(languages)) continue;
    for (const language of languages) {
      const aliases: unknown = Reflect.get(Object(language), 'aliases');
      const first: unknown = Array.isArray(aliases) ? aliases[0] : undefined;
      if (Reflect.get(Object(language), 'id') === id && typeof first === 'string') return first;
    }
  }
  return undefined;
}

const severities = {
  normal: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};

/** Links in the text can run our own commands and no others; icons are shown, HTML is not. */
function trusted(markdown: string): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(markdown, true);
  tooltip.isTrusted = { enabledCommands: statusCommands };
  return tooltip;
}

async function showMenu(ports: StatusPorts): Promise<void> {
  const entries = menuOf(ports.facts(), vscode.l10n.t).map(({ label, description, command }) => ({
    label,
    description,
    command,
    kind: command === undefined ? vscode.QuickPickItemKind.Separator : vscode.QuickPickItemKind.Default,
  }));
  const title = statusOf(ports.facts(), vscode.l10n.t).label;
  const picked = await vscode.window.showQuickPick(entries, {
    title,
    placeHolder: vscode.l10n.t('What to do'),
  });
  if (picked?.command !== undefined) await vscode.commands.executeCommand(picked.command);
}

async function pause(ports: StatusPorts): Promise<void> {
  const choices = pauseChoices(vscode.l10n.t);
  const picked = await vscode.window.showQuickPick(choices, { title: vscode.l10n.t('Pause Foretype') });
  if (picked !== undefined) ports.pause(picked.ms);
}

/** Written to the user's own settings, because the user asked for it here. */
async function toggleLanguage(ports: StatusPorts): Promise<void> {
  const languageId = vscode.window.activeTextEditor?.document.languageId;
  if (languageId === undefined) return;
  const { languages } = ports.settings();
  const configuration = vscode.workspace.getConfiguration('foretype');
  await configuration.update('languages', { ...languages, [languageId]: !isOn(languages, languageId) }, true);
}
