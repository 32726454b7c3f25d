import { problemOf, remedyLabel } from './problems.ts';
import {
  backendName,
  remedyCommands,
  type StatusCommand,
  type StatusFacts,
  statusOf,
  todayText,
} from './statusModel.ts';
import type { Translate } from './words.ts';

/** One line of the status menu; a separator has no command. */
export interface MenuEntry {
  readonly label: string;
  readonly description: string;
  readonly command: StatusCommand | undefined;
}

/** The status menu, the most useful line first. */
export function menuOf(facts: StatusFacts, t: Translate): readonly MenuEntry[] {
  const status = statusOf(facts, t);
  const model = facts.model === '' ? '' : ` · ${facts.model}`;
  return [
    ...problemEntries(facts, t),
    entry(
      '$(arrow-swap)',
      t('Switch Backend and Model…'),
      backendName(facts.backend, t) + model,
      'foretype.switchBackend',
    ),
    facts.pausedUntil === undefined
      ? entry('$(debug-pause)', t('Pause…'), '', 'foretype.pause')
      : entry('$(play)', t('Resume'), status.state === 'paused' ? status.label : '', 'foretype.resume'),
    ...languageEntry(facts, t),
    ...(facts.ghostTextOn ? [] : [entry('$(eye)', t('Turn On Ghost Text'), '', 'foretype.turnOnGhostText')]),
    separator(t('What happens')),
    entry('$(question)', t('Why No Suggestion?'), '', 'foretype.whyNoSuggestion'),
    entry('$(graph)', t('Show Dashboard'), todayText(facts, t), 'foretype.showDashboard'),
    entry('$(shield)', t('Show What Was Sent'), '', 'foretype.showWhatWasSent'),
    separator(''),
    entry('$(output)', t('Show Log'), '', 'foretype.showLog'),
    entry('$(gear)', t('Settings'), '', 'foretype.openSettings'),
  ];
}

function problemEntries(facts: StatusFacts, t: Translate): readonly MenuEntry[] {
  if (facts.failure === undefined) return [];
  const { remedy, sentence } = problemOf(facts.failure, t);
  return [entry('$(warning)', remedyLabel(remedy, t), sentence, remedyCommands[remedy]), separator('')];
}

function languageEntry({ language }: StatusFacts, t: Translate): readonly MenuEntry[] {
  if (language === undefined) return [];
  return language.on
    ? [entry('$(circle-slash)', t('Turn Off for {0}', language.name), '', 'foretype.toggleLanguage')]
    : [entry('$(check)', t('Turn On for {0}', language.name), '', 'foretype.toggleLanguage')];
}

/** How long one may pause, in ms; `Infinity` is until resumed. */
export function pauseChoices(t: Translate): readonly { readonly label: string; readonly ms: number }[] {
  return [
    { label: t('For 15 minutes'), ms: 15 * 60_000 },
    { label: t('For 1 hour'), ms: 60 * 60_000 },
    { label: t('For 4 hours'), ms: 4 * 60 * 60_000 },
    { label: t('Until I resume'), ms: Number.POSITIVE_INFINITY },
  ];
}

function entry(icon: string, label: string, description: string, command: StatusCommand): MenuEntry {
  return { label: `${icon} ${label}`, description, command };
}

function separator(label: string): MenuEntry {
  return { label, description: '', command: undefined };
}
