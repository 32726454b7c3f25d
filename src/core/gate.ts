import type { Ask } from './ask.ts';
import type { SilentReason } from './outcome.ts';
import type { Site } from './site.ts';
import { lineSuffixOf } from './snapshot.ts';

/** What may follow the caret on its line for a suggestion to make sense: closers, then at most one mark that ends a statement or opens a block. */
const onlyClosers = /^\s*[)\]}>"'`]*\s*(?:=>)?\s*[:{;,]*\s*$/;

/** The reasons that need no look at the syntax, in the order in which a user would think of them. */
const beforeSurvey: readonly ((ask: Ask) => SilentReason | undefined)[] = [
  ({ circumstances }) => (circumstances.paused ? 'paused' : undefined),
  ({ circumstances }) => (circumstances.unsuitable ? 'document-kind' : undefined),
  ({ snapshot, settings }) => (isOn(settings.languages, snapshot.languageId) ? undefined : 'language-off'),
  ({ circumstances }) => (circumstances.tooLarge ? 'document-size' : undefined),
  ({ circumstances }) => (circumstances.selecting ? 'text-selected' : undefined),
  ({ circumstances, trigger }) =>
    circumstances.cursors > 1 && trigger === 'typing' ? 'several-cursors' : undefined,
  ({ circumstances, trigger }) =>
    circumstances.caretMoved && trigger === 'typing' ? 'caret-moved' : undefined,
  ({ circumstances }) => (circumstances.popupDisagrees ? 'popup-disagrees' : undefined),
];

/** The reasons that come from the place of the caret; a user who asks by hand overrules them. */
const atSite: readonly ((site: Site) => SilentReason | undefined)[] = [
  ({ snapshot }) => (/^[\p{L}\p{N}_$]/u.test(lineSuffixOf(snapshot)) ? 'inside-word' : undefined),
  ({ snapshot }) => (onlyClosers.test(lineSuffixOf(snapshot)) ? undefined : 'rest-of-line'),
];

/** A reason not to look at the document at all, or nothing. */
export function gateBeforeSurvey(ask: Ask): SilentReason | undefined {
  return firstOf(beforeSurvey, ask);
}

/** A reason not to ask at this place, or nothing. */
export function gateAtSite(ask: Ask, site: Site): SilentReason | undefined {
  return ask.trigger === 'invoked' ? undefined : firstOf(atSite, site);
}

/** Whether suggestions are switched on for a language: its own entry, else that of `*`, else on. */
export function isOn(languages: Readonly<Record<string, boolean>>, languageId: string): boolean {
  return languages[languageId] ?? languages['*'] ?? true;
}

function firstOf<T>(
  checks: readonly ((subject: T) => SilentReason | undefined)[],
  subject: T,
): SilentReason | undefined {
  for (const check of checks) {
    const reason = check(subject);
    if (reason) return reason;
  }
  return undefined;
}
