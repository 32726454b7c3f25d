import type { Ask } from './ask.ts';
import type { Draft } from './draft.ts';
import type { Drafts, Found } from './drafts.ts';
import { isAbort } from './errors.ts';
import { gateAtSite } from './gate.ts';
import type { Opener } from './opener.ts';
import type { SilentReason, Suggestion } from './outcome.ts';
import type { Survey } from './ports.ts';
import type { Screen } from './screen.ts';
import type { Site } from './site.ts';

/** Suggestions to cycle through when the user asks by hand. */
const mostAlternatives = 3;

/** How far from the likeliest answer an alternative may be. */
const alternativeTemperature = 0.7;

/** What may be written beside the suggestion on screen: the one after it, and others in its place. */
export class Company {
  readonly #drafts: Drafts;
  readonly #opener: Opener;
  readonly #screen: Screen;
  readonly #survey: Survey;
  #closing = new AbortController();

  constructor(drafts: Drafts, opener: Opener, screen: Screen, survey: Survey) {
    this.#drafts = drafts;
    this.#opener = opener;
    this.#screen = screen;
    this.#survey = survey;
  }

  /** Has the next suggestion written as if this one had been taken, where that costs nothing or the user pays for it. */
  lookAhead(ask: Ask, site: Site, { text, replace, outdent }: Suggestion, { backend }: Draft): void {
    if (backend.kind === 'builtin' || (backend.metered && !ask.settings['suggest.askAhead'])) return;
    if (!this.#drafts.hasRoom(backend)) return;
    const { snapshot } = site;
    const before = snapshot.text.slice(0, snapshot.caret - outdent) + text;
    const after = snapshot.text.slice(snapshot.caret + replace);
    const taken = { ...snapshot, text: before + after, caret: before.length };
    const next = this.#survey(taken);
    if (gateAtSite(ask, next) || this.#drafts.find(next, backend)) return;
    this.#follow(this.#opener.open({ ...ask, snapshot: taken, signal: this.#closing.signal }, next, backend));
  }

  /** Other answers for the place; one that is still missing is being written from now on. */
  alternatives(ask: Ask, site: Site, first: Suggestion, { backend }: Draft): readonly Suggestion[] {
    const found = this.#drafts.findAll(site, backend);
    const texts = new Set([first.text]);
    const others: Suggestion[] = [];
    for (const { draft, step } of found) {
      const reading = draft.read(step, site);
      if (reading.kind !== 'text' || !reading.ended || texts.has(reading.text)) continue;
      texts.add(reading.text);
      const { text, replace, outdent } = reading;
      others.push({ text, replace, outdent, draft: draft.part });
    }
    if (backend.kind !== 'builtin' && found.length < mostAlternatives && this.#drafts.hasRoom(backend)) {
      const { signal } = this.#closing;
      this.#follow(this.#opener.begin({ ...ask, signal }, site, backend, alternativeTemperature));
    }
    return others.slice(0, mostAlternatives - 1);
  }

  /** Gives up what is about to be written. */
  clear(): void {
    this.#closing.abort();
    this.#closing = new AbortController();
  }

  /** Nobody waits for this draft; when it is written, the suggestion on screen may have company. */
  #follow(opening: Promise<Found | SilentReason | undefined>): void {
    opening.then(
      (opened) => {
        if (typeof opened !== 'object') return;
        const stop = opened.draft.onChange(() => {
          if (!opened.draft.ended) return;
          stop();
          this.#screen.hasCompany();
        });
      },
      (error: unknown) => {
        if (!isAbort(error)) throw error;
      },
    );
  }
}
