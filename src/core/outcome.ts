import type { BackendError } from './errors.ts';

/** The closed set of reasons to show nothing, each with the words that a user reads. */
export const silentReasons = {
  superseded: 'The text or the caret changed before there was an answer.',
  paused: 'Foretype is paused.',
  'language-off': 'Foretype is switched off for this language (foretype.languages).',
  'document-kind': 'This kind of document gets no suggestions (output, source control, search, read-only).',
  'document-size': 'The document is too large.',
  excluded: 'The file is excluded from what may leave the machine.',
  'text-selected': 'Text is selected.',
  'several-cursors': 'There are several cursors.',
  'caret-moved': 'The caret moved without typing.',
  'inside-word': 'The caret stands inside a word.',
  'rest-of-line': 'Code follows the caret on its line.',
  'typed-against': 'A suggestion was just typed over at this place.',
  'popup-disagrees': 'The entry selected in the suggestion list does not fit the text.',
  'nothing-answered': 'The model had nothing to add here.',
  'next-line': 'What follows belongs to a line that is yet to be begun.',
  'not-confident': 'No continuation was likely enough to be right.',
  'only-repeats': 'The answer only repeated text that is already there.',
  'not-code': 'The answer was prose, not code.',
  'breaks-syntax': 'The answer would have broken the syntax here.',
  'hidden-characters': 'The answer held invisible or control characters.',
} as const;

/** Why nothing is shown, in a word for the log and reports. */
export type SilentReason = keyof typeof silentReasons;

/** What the editor may show. */
export interface Suggestion {
  /** Inserted at the caret. */
  readonly text: string;
  /** Characters right of the caret, on its line, that the text takes the place of. */
  readonly replace: number;
  /** Blanks left of the caret, on its line, that go: the editor has indented the line by more than the text wants. */
  readonly outdent: number;
  /** Names the part of a draft that it is; the same part shown again, longer, has the same name. */
  readonly draft: number;
}

/** The one answer to a keystroke. */
export type Outcome =
  | {
      readonly kind: 'suggest';
      readonly suggestion: Suggestion;
      /** Others to cycle through, where the user asked by hand. */
      readonly others: readonly Suggestion[];
      readonly origin: 'fresh' | 'draft';
    }
  | { readonly kind: 'silent'; readonly reason: SilentReason }
  | { readonly kind: 'failed'; readonly error: BackendError };
