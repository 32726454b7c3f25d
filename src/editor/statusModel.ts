import type { BackendError } from '../core/errors.ts';
import { type SilentReason, silentReasons } from '../core/outcome.ts';
import type { TokenUsage } from '../core/ports.ts';
import type { BackendKind } from '../core/settings.ts';
import { dollarsText } from './panels/explainView.ts';
import { problemOf, type Remedy, remedyLabel } from './problems.ts';
import type { Translate } from './words.ts';

/** Everything that the status is made from. */
export interface StatusFacts {
  /** The backend that is set. */
  readonly backend: BackendKind;
  /** The backend that answers: another than the one that is set while that one fails. Undefined if none does. */
  readonly answering: BackendKind | undefined;
  /** Empty for the built-in backend, or while not known. */
  readonly model: string;
  /** The failure of the backend that is set, until it answers again. */
  readonly failure: BackendError | undefined;
  /** Milliseconds since the epoch; `Infinity` for until it is resumed; undefined while not paused. */
  readonly pausedUntil: number | undefined;
  /** The language of the active editor; undefined without one. */
  readonly language: { readonly name: string; readonly on: boolean } | undefined;
  /** Why the active document gets no suggestions at all, if it does not. */
  readonly documentReason: SilentReason | undefined;
  /** Whether a model is writing. */
  readonly thinking: boolean;
  /** The share of the workspace that has been read, 0 to 1; undefined while nothing is being read. */
  readonly indexing: number | undefined;
  /** Whether `editor.inlineSuggest.enabled` lets ghost text be shown. */
  readonly ghostTextOn: boolean;
  readonly trusted: boolean;
  /** Today's. */
  readonly accepted: { readonly acceptedCharacters: number; readonly accepted: number };
  readonly spent: {
    /** Dollars. */
    readonly today: number;
    readonly month: number;
    /** Today's. */
    readonly tokens: TokenUsage & { readonly wastedTokens: number };
  };
}

/** The state in a word. */
export type StatusState =
  | 'ready'
  | 'thinking'
  | 'indexing'
  | 'paused'
  | 'ghost-text-off'
  | 'language-off'
  | 'document-off'
  | BackendError['kind'];

/** What the status bar shows. */
export interface Status {
  readonly state: StatusState;
  /** With a codicon. */
  readonly text: string;
  /** For a screen reader: one sentence without icons. */
  readonly label: string;
  /** Markdown; its links are commands of `statusCommands` alone. */
  readonly tooltipMarkdown: string;
  readonly severity: 'normal' | 'warning' | 'error';
  readonly command: StatusCommand;
}

/** The commands that the tooltip may link to, and no others. */
export const statusCommands = [
  'foretype.showMenu',
  'foretype.switchBackend',
  'foretype.setApiKey',
  'foretype.pause',
  'foretype.resume',
  'foretype.toggleLanguage',
  'foretype.whyNoSuggestion',
  'foretype.showDashboard',
  'foretype.showWhatWasSent',
  'foretype.showLog',
  'foretype.openSettings',
  'foretype.turnOnGhostText',
] as const;

/** A command of the status bar, its tooltip or its menu. */
export type StatusCommand = (typeof statusCommands)[number];

interface Words {
  readonly state: StatusState;
  readonly icon: string;
  /** Two or three words; empty when all is well. */
  readonly short: string;
  readonly sentence: string;
  readonly severity: Status['severity'];
  /** The one useful thing to do; undefined if there is nothing. */
  readonly remedy: { readonly command: StatusCommand; readonly label: string } | undefined;
}

/** The status that the facts amount to: the first thing that keeps suggestions away, else what is being done. */
export function statusOf(facts: StatusFacts, t: Translate): Status {
  const words = wordsOf(facts, t);
  const { state, icon, short, sentence, severity, remedy } = words;
  const label = [t('Foretype'), short, sentence].filter((part) => part !== '').join(', ');
  return {
    state,
    text: `$(${icon}) ${short === '' ? t('Foretype') : `${t('Foretype')}: ${short}`}`,
    label,
    tooltipMarkdown: tooltipOf(words, facts, t),
    severity,
    command: severity === 'normal' ? 'foretype.showMenu' : (remedy?.command ?? 'foretype.showMenu'),
  };
}

function wordsOf(facts: StatusFacts, t: Translate): Words {
  if (!facts.ghostTextOn) {
    return {
      state: 'ghost-text-off',
      icon: 'circle-slash',
      short: t('ghost text is off'),
      sentence: t('The editor’s own setting “Inline Suggest: Enabled” is off, so nothing can be shown.'),
      severity: 'warning',
      remedy: { command: 'foretype.turnOnGhostText', label: t('Turn It On') },
    };
  }
  if (facts.pausedUntil !== undefined) return pausedWords(facts.pausedUntil, t);
  if (facts.failure !== undefined) return failureWords(facts.failure, facts, t);
  if (facts.language?.on === false) {
    return {
      state: 'language-off',
      icon: 'circle-slash',
      short: t('off for {0}', facts.language.name),
      sentence: t('Suggestions are switched off for {0}.', facts.language.name),
      severity: 'normal',
      remedy: { command: 'foretype.toggleLanguage', label: t('Turn On for {0}', facts.language.name) },
    };
  }
  if (facts.documentReason !== undefined) {
    return {
      state: 'document-off',
      icon: 'circle-slash',
      short: t('not in this file'),
      sentence: t(silentReasons[facts.documentReason]),
      severity: 'normal',
      remedy: { command: 'foretype.whyNoSuggestion', label: t('Why No Suggestion?') },
    };
  }
  if (facts.thinking) return wellWords('thinking', 'loading~spin', t('The model is writing.'));
  if (facts.indexing !== undefined) {
    const percent = Math.round(facts.indexing * 100);
    return wellWords('indexing', 'sync~spin', t('Your code is being read: {0} %.', percent));
  }
  return wellWords('ready', 'edit-sparkle', t('Ready.'));
}

function wellWords(state: 'ready' | 'thinking' | 'indexing', icon: string, sentence: string): Words {
  return { state, icon, short: '', sentence, severity: 'normal', remedy: undefined };
}

function pausedWords(until: number, t: Translate): Words {
  const sentence = Number.isFinite(until)
    ? t('Suggestions are paused until {0}.', clockText(until))
    : t('Suggestions are paused until you resume them.');
  return {
    state: 'paused',
    icon: 'debug-pause',
    short: t('paused'),
    sentence,
    severity: 'normal',
    remedy: { command: 'foretype.resume', label: t('Resume') },
  };
}

/** The command that does what a remedy's button says. */
export const remedyCommands: Readonly<Record<Remedy, StatusCommand>> = {
  setKey: 'foretype.setApiKey',
  switchBackend: 'foretype.switchBackend',
  openSettings: 'foretype.openSettings',
  showLog: 'foretype.showLog',
};

/** Things that only the user can put right are errors; those that pass by themselves are warnings. */
const lasting: ReadonlySet<BackendError['kind']> = new Set([
  'no-key',
  'denied',
  'no-credit',
  'no-model',
  'rejected',
]);

function failureWords(failure: BackendError, facts: StatusFacts, t: Translate): Words {
  const { short, sentence, remedy } = problemOf(failure, t);
  const meanwhile =
    facts.answering !== undefined && facts.answering !== facts.backend
      ? ` ${t('Meanwhile the {0} backend answers.', backendName(facts.answering, t))}`
      : '';
  return {
    state: failure.kind,
    icon: failure.kind === 'unreachable' ? 'debug-disconnect' : 'warning',
    short,
    sentence: sentence + meanwhile,
    severity: lasting.has(failure.kind) && meanwhile === '' ? 'error' : 'warning',
    remedy: { command: remedyCommands[remedy], label: remedyLabel(remedy, t) },
  };
}

function tooltipOf(words: Words, facts: StatusFacts, t: Translate): string {
  const { remedy, short, sentence } = words;
  const backend = facts.model === '' ? '' : ` · ${literal(facts.model)}`;
  const lines = [
    `**${t('Foretype')}**${short === '' ? '' : ` · ${literal(short)}`}`,
    literal(sentence),
    ...(remedy === undefined ? [] : [link(remedy.label, remedy.command)]),
    '---',
    `${t('Backend')}: ${literal(backendName(facts.backend, t))}${backend}`,
    `${t('Today')}: ${literal(todayText(facts, t))}`,
    ...spentLines(facts, t).map(literal),
    ...(facts.trusted ? [] : [literal(t('Restricted mode: only the built-in backend answers.'))]),
    '---',
    [
      link(t('Switch Backend'), 'foretype.switchBackend'),
      facts.pausedUntil === undefined
        ? link(t('Pause'), 'foretype.pause')
        : link(t('Resume'), 'foretype.resume'),
      link(t('Why No Suggestion?'), 'foretype.whyNoSuggestion'),
      link(t('Dashboard'), 'foretype.showDashboard'),
      link(t('Log'), 'foretype.showLog'),
      link(t('Settings'), 'foretype.openSettings'),
    ].join(' · '),
  ];
  return lines.join('\n\n');
}

/** Today in a few words: `1204 characters in 38 suggestions accepted, $0.03`. */
export function todayText(
  { accepted, spent }: Pick<StatusFacts, 'accepted' | 'spent'>,
  t: Translate,
): string {
  const { accepted: count, acceptedCharacters } = accepted;
  const words =
    count === 0
      ? t('nothing accepted yet')
      : count === 1
        ? t('{0} characters accepted in one suggestion', acceptedCharacters)
        : t('{0} characters accepted in {1} suggestions', acceptedCharacters, count);
  return spent.today === 0 ? words : `${words}, ${dollarsText(spent.today)}`;
}

/** The tokens of today and the dollars of the month, as far as there are any. */
function spentLines({ spent }: StatusFacts, t: Translate): readonly string[] {
  const { promptTokens, cachedTokens, completionTokens, wastedTokens } = spent.tokens;
  return [
    ...(promptTokens === 0
      ? []
      : [
          t(
            'Tokens: {0} read, {1} of them cached; {2} written; {3} of all wasted',
            promptTokens,
            cachedTokens,
            completionTokens,
            wastedTokens,
          ),
        ]),
    ...(spent.month === 0 ? [] : [t('This month: {0}', dollarsText(spent.month))]),
  ];
}

/** A backend's name for people. */
export function backendName(kind: BackendKind, t: Translate): string {
  switch (kind) {
    case 'builtin':
      return t('Built-in');
    case 'cloud':
      return t('Cloud');
    case 'local':
      return t('Local');
  }
}

function link(label: string, command: StatusCommand): string {
  return `[${literal(label)}](command:${command})`;
}

/** Text that Markdown shows as it is: names of models and languages come from elsewhere. */
function literal(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!|<>~&$]/g, '\\$&').replace(/\s+/g, ' ');
}

function clockText(time: number): string {
  return new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
