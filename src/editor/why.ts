import * as vscode from 'vscode';
import type { HistoryRecord } from '../core/history.ts';
import { silentReasons } from '../core/outcome.ts';

/** Outcomes listed by "Why No Suggestion?", newest first. */
const mostListed = 12;

/** Shows in words how the last questions ended; picking one copies a report that holds no code. */
export async function whyNoSuggestion(records: readonly HistoryRecord[], setup: string): Promise<void> {
  const t = vscode.l10n.t;
  const latest = [...records].reverse().filter(isTelling).slice(0, mostListed);
  const entries: vscode.QuickPickItem[] = latest.map((record) => ({
    label: resultInWords(record),
    description: new Date(record.at).toLocaleTimeString(),
    detail: stagesInWords(record),
  }));
  if (entries.length === 0) {
    entries.push({
      label: t('Nothing has been asked yet. Type in a file, or move on from here and look again.'),
    });
  }
  const copy = { label: `$(copy) ${t('Copy a report without code')}` };
  const picked = await vscode.window.showQuickPick([...entries, copy], {
    title: t('Why No Suggestion?'),
    placeHolder: t('How the last questions ended, newest first'),
  });
  if (picked !== copy) return;
  await vscode.env.clipboard.writeText(reportOf(records, setup));
  void vscode.window.showInformationMessage(t('The report is in the clipboard. It holds no code.'));
}

/** What a person can send along with a bug report. */
function reportOf(records: readonly HistoryRecord[], setup: string): string {
  const lines = records.map(
    (record) =>
      `${new Date(record.at).toISOString()} ${record.languageId} ${record.trigger} ${resultInWords(record)} ${stagesInWords(record)}`,
  );
  return [setup, ...lines].join('\n');
}

/** Keys that were followed by another key say nothing to a person. */
function isTelling({ result }: HistoryRecord): boolean {
  return result.kind !== 'silent' || result.reason !== 'superseded';
}

function resultInWords({ result }: HistoryRecord): string {
  const t = vscode.l10n.t;
  switch (result.kind) {
    case 'suggest':
      return result.origin === 'draft'
        ? t('Shown, from a draft: {0} characters', result.characters)
        : t('Shown: {0} characters', result.characters);
    case 'silent':
      return t(silentReasons[result.reason]);
    case 'failed':
      return t('The backend failed: {0}', result.error);
  }
}

function stagesInWords({ stages }: HistoryRecord): string {
  return stages.map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`).join(' · ');
}
