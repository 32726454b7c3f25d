import type { Refine } from './answer.ts';
import type { Ask } from './ask.ts';
import { withoutUserText } from './cleared.ts';
import type { Drafts, Found } from './drafts.ts';
import { isAbort } from './errors.ts';
import type { SilentReason } from './outcome.ts';
import type { Backend, Clearance, Compose, Gather, Guard } from './ports.ts';
import type { Prompt } from './prompt.ts';
import type { Settings } from './settings.ts';
import type { Site } from './site.ts';
import { isSamePlace, type Snapshot } from './snapshot.ts';

/** The parts between a place and a request, in their order. */
export interface OpenerParts {
  readonly guard: Guard;
  readonly gather: Gather;
  readonly compose: Compose;
  readonly refine: (settings: Settings) => Refine;
}

/** Characters of context gathered for each token of the prompt: more would be cut off again, for the code around the caret comes first. */
const gatheredPerToken = 2;

/** The built-in backend reads the place itself and is sent nothing. */
const noPrompt = withoutUserText({
  kind: 'fill',
  prefix: '',
  suffix: '',
  snippets: [],
  stop: [],
  maxTokens: 0,
});

const samePlace = { kind: 'typed', text: '', closed: 0, overtyped: 0 } as const;

/** A draft that is about to be opened, and for what. */
interface Opening {
  readonly backend: Backend;
  readonly snapshot: Snapshot;
  readonly found: Promise<Found | SilentReason>;
}

/** What a request will hold; nothing where the file must not leave the machine. */
type Material =
  | { readonly cleared: Clearance; readonly composed: Prompt }
  | { readonly cleared: undefined; readonly composed: undefined };

const excluded: Material = { cleared: undefined, composed: undefined };

/** What was got ready, for what question. */
interface Ready {
  readonly backend: Backend;
  readonly ask: Ask;
  readonly material: Promise<Material>;
}

/** Has drafts written: finds out what else the model should see, and says it. */
export class Opener {
  readonly #parts: OpenerParts;
  readonly #drafts: Drafts;
  #latest: Opening | undefined;
  #ready: Ready | undefined;

  constructor(parts: OpenerParts, drafts: Drafts) {
    this.#parts = parts;
    this.#drafts = drafts;
  }

  /**
   * One draft for a place, however many questions ask for it at once, or the reason why there is none. Undefined if the question
   * that began it was superseded first: look again. Rejects with the signal's AbortError.
   */
  async open(ask: Ask, site: Site, backend: Backend): Promise<Found | SilentReason | undefined> {
    try {
      return await this.#shared(ask, site, backend);
    } catch (error) {
      if (isAbort(error) && !ask.signal.aborted) return undefined;
      throw error;
    }
  }

  /** Gets what a request for a place will hold, so that it is there when the pause before it ends. Whoever opens a draft hears of what goes wrong. */
  getReady(ask: Ask, site: Site, backend: Backend): void {
    if (backend.kind === 'builtin' || this.#isReady(ask, backend)) return;
    const material = this.#material(ask, site, backend);
    material.catch(() => undefined);
    this.#ready = { backend, ask, material };
  }

  /** One more draft for a place, another than the likeliest where the temperature is above 0. Rejects with the signal's AbortError. */
  async begin(ask: Ask, site: Site, backend: Backend, temperature = 0): Promise<Found | SilentReason> {
    const { settings, signal } = ask;
    const order = { backend, refine: this.#parts.refine(settings) };
    if (backend.kind === 'builtin') {
      const request = { prompt: noPrompt, site, settings };
      return { draft: this.#drafts.open({ ...order, request, restore: (text) => text }), step: samePlace };
    }
    const ready = await this.#takeReady(ask, backend);
    signal.throwIfAborted();
    const { cleared, composed } = ready ?? (await this.#material(ask, site, backend));
    signal.throwIfAborted();
    if (cleared === undefined) return 'excluded';
    const { prompt, restore } = cleared.seal({ ...composed, temperature });
    const request = { prompt, site, settings };
    return { draft: this.#drafts.open({ ...order, request, restore }), step: samePlace };
  }

  /** What was got ready serves one request: by the next, what may leave may be something else. */
  async #takeReady(ask: Ask, backend: Backend): Promise<Material | undefined> {
    const ready = this.#isReady(ask, backend) ? this.#ready?.material : undefined;
    this.#ready = undefined;
    try {
      return await ready;
    } catch {
      // Its own question was superseded, or what failed fails again.
      return undefined;
    }
  }

  #isReady({ snapshot, settings }: Ask, backend: Backend): boolean {
    const ready = this.#ready;
    if (ready?.backend !== backend || ready.ask.settings !== settings || ready.ask.signal.aborted)
      return false;
    return isSamePlace(ready.ask.snapshot, snapshot);
  }

  async #material(ask: Ask, site: Site, backend: Backend): Promise<Material> {
    const { guard, gather, compose } = this.#parts;
    const { settings, signal } = ask;
    if (!(await guard.mayLeave(site.snapshot.path, settings, signal))) return excluded;
    const most = settings['context.maxTokens'] * gatheredPerToken;
    const [snippets] = await Promise.all([gather(site, most, signal), backend.ready?.(signal)]);
    signal.throwIfAborted();
    const cleared = guard.clear(site, snippets, settings);
    return { cleared, composed: compose(cleared.site, cleared.snippets, backend.dialect, settings) };
  }

  #shared(ask: Ask, site: Site, backend: Backend): Promise<Found | SilentReason> {
    const { snapshot } = ask;
    if (this.#latest?.backend.id === backend.id && isSamePlace(this.#latest.snapshot, snapshot)) {
      return this.#latest.found;
    }
    const found = this.begin(ask, site, backend);
    this.#latest = { backend, snapshot, found };
    const forget = () => {
      if (this.#latest?.found === found) this.#latest = undefined;
    };
    found.then(forget, forget);
    return found;
  }
}
