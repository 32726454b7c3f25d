import * as vscode from 'vscode';
import type { Settings } from '../core/settings.ts';
import { readSettings } from '../core/settingsReader.ts';
import { settingProblemText } from './settingWords.ts';

/** Reads settings for documents; one reading serves until the configuration changes. */
export interface SettingsReader extends vscode.Disposable {
  /** The settings that hold for a document. */
  of(document: vscode.TextDocument): Settings;
  /** The settings outside of any document. */
  general(): Settings;
}

/**
 * @param complain is told once about each value that cannot be used, in sentences, with the setting's name
 * @param changed is called after a change, when the next reading will be fresh
 */
export function createSettings(
  complain: (problem: string, setting: string) => void,
  changed: () => void,
): SettingsReader {
  const read = new Map<string, Settings>();
  const told = new Set<string>();
  const again = () => {
    read.clear();
    changed();
  };
  const listeners = vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('foretype')) again();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(again),
  );
  const settingsFor = (scope: vscode.ConfigurationScope | undefined, key: string): Settings => {
    const known = read.get(key);
    if (known) return known;
    const configuration = vscode.workspace.getConfiguration('foretype', scope ?? null);
    const { settings, problems } = readSettings((name) => configuration.inspect(name) ?? {});
    for (const problem of problems) {
      const sentence = settingProblemText(problem, vscode.l10n.t);
      if (!told.has(sentence)) complain(sentence, `foretype.${problem.name}`);
      told.add(sentence);
    }
    const held = vscode.workspace.isTrusted ? settings : withoutNetwork(settings);
    read.set(key, held);
    return held;
  };
  return {
    of: (document) => {
      const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.toString() ?? '';
      return settingsFor(document, `${document.languageId} ${folder}`);
    },
    general: () => settingsFor(undefined, ''),
    dispose: () => listeners.dispose(),
  };
}

/** In Restricted Mode nothing of a folder that its user does not trust is sent anywhere. */
function withoutNetwork(settings: Settings): Settings {
  return Object.freeze({ ...settings, backend: 'builtin', fallback: [] });
}
