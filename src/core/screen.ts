import type { Draft } from './draft.ts';
import { outdentAt } from './nextLine.ts';
import type { Suggestion } from './outcome.ts';
import { type Place, placeOf, type Step, stepFrom } from './place.ts';
import { type Remainder, remainderOf } from './remainder.ts';
import type { Site } from './site.ts';
import { isSamePlace, linePrefixOf, type Snapshot, withoutBefore } from './snapshot.ts';

/** The last suggestion given for a place: what is on screen, as far as we can know. */
export interface Shown {
  readonly suggestion: Suggestion;
  readonly draft: Draft;
  readonly site: Site;
  /** The model was not sure of it. */
  readonly isGuess: boolean;
  /** The user asked by hand, and may cycle through alternatives. */
  readonly invoked: boolean;
}

/** What is left of it on screen at another place. */
export type Rest = Omit<Suggestion, 'draft'> & Pick<Shown, 'draft' | 'isGuess'>;

/** What a person did to the suggestion on screen. */
export type Reaction = 'none' | 'taken' | 'typed-against';

/** Knows what is on screen, and tells when there is more of it. */
export class Screen {
  readonly #onGrowth: () => void;
  /** `place` is where its text begins, once it is taken. */
  #shown: (Shown & { readonly place: Place }) | undefined;
  #stopListening: () => void = () => {};

  constructor(onGrowth: () => void) {
    this.#onGrowth = onGrowth;
  }

  /** Something was shown; while `grows` is being written, more of the same may come from it. */
  put(shown: Shown, grows: Draft | undefined): void {
    this.#stopListening();
    const { site, suggestion } = shown;
    this.#shown = { ...shown, place: placeOf(withoutBefore(site.snapshot, suggestion.outdent)) };
    this.#stopListening = grows ? grows.onChange(() => this.#changed(grows)) : () => {};
  }

  /** What is on screen at exactly this place: it may only be extended before the next key. */
  at(snapshot: Snapshot): Shown | undefined {
    const shown = this.#shown;
    return shown && isSamePlace(shown.site.snapshot, snapshot) ? shown : undefined;
  }

  /** The draft on screen. */
  get draft(): Draft | undefined {
    return this.#shown?.draft;
  }

  /** What is left on screen of a suggestion that was typed through, or taken in part, on the way to this place. */
  restAt(site: Site): Rest | undefined {
    const { snapshot } = site;
    const shown = this.#shown;
    const step = shown && stepFrom(shown.place, snapshot);
    if (!shown || step?.kind !== 'typed') return undefined;
    const left = leftOf(shown, step);
    if (left.kind !== 'rest') return undefined;
    const { text, shift, shared } = left;
    const outdent = outdentAt(site, text, shift, shared);
    const closed = snapshot.text.slice(snapshot.caret, snapshot.caret + step.closed);
    // VS Code does not move lines of what it shows.
    if (text.trim() === '' || !text.includes(closed) || (shift !== '' && outdent === 0)) return undefined;
    const { draft, isGuess } = shown;
    return { text, replace: left.replace + step.closed, outdent, draft, isGuess };
  }

  /** The document has become this snapshot by an edit: what that says about the suggestion. */
  edited(snapshot: Snapshot): { readonly reaction: Reaction; readonly shown: Shown | undefined } {
    const shown = this.#shown;
    const step = shown && stepFrom(shown.place, snapshot);
    if (step?.kind !== 'typed' || step.text === '') return { reaction: 'none', shown };
    if (!shown) return { reaction: 'none', shown };
    const left = leftOf(shown, step);
    if (left.kind === 'rest') {
      // A key is one character; more of the suggestion in one edit was put in by taking it.
      const atOnce = snapshot.version === shown.site.snapshot.version + 1 && step.text.trim().length > 1;
      return { reaction: atOnce ? 'taken' : 'none', shown };
    }
    // All of the suggestion may stand in the document, and typing went on after it.
    const against = left.kind !== 'unknown' && isContradicted(shown.draft, snapshot);
    this.clear();
    return { reaction: against ? 'typed-against' : 'none', shown };
  }

  clear(): void {
    this.#shown = undefined;
    this.#stopListening();
    this.#stopListening = () => {};
  }

  /** The user asked by hand at this place, and another answer has come. */
  hasCompany(): void {
    if (this.#shown?.invoked) this.#onGrowth();
  }

  #changed(draft: Draft): void {
    const shown = this.#shown;
    const step = shown && draft.stepTo(shown.site.snapshot);
    const reading = step && draft.read(step, shown.site);
    if (reading?.kind !== 'text' || reading.text === shown?.suggestion.text) return;
    if (shown && reading.text.startsWith(shown.suggestion.text)) this.#onGrowth();
  }
}

function isContradicted(draft: Draft, snapshot: Snapshot): boolean {
  const step = draft.stepTo(snapshot);
  return step === undefined || draft.isContradicted(step);
}

/** What is left of the suggestion after a step from its place. */
function leftOf({ suggestion, site }: Shown, step: Step): Remainder {
  const atIndentation = linePrefixOf(site.snapshot).trim() === '';
  return remainderOf(step, suggestion.text, suggestion.replace, atIndentation);
}
