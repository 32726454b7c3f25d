import type { Refine } from './answer.ts';
import type { Ask } from './ask.ts';
import { withoutUserText } from './cleared.ts';
import { type Draft, type DraftReport, Drafts, type Found, type Reading } from './drafts.ts';
import { BackendError, isAbort } from './errors.ts';
import { gateAtSite, gateBeforeSurvey } from './gate.ts';
import { History, type HistoryRecord, recordOf, type Stopwatch, stopwatch } from './history.ts';
import type { Outcome, SilentReason, Suggestion } from './outcome.ts';
import type { Pace } from './pace.ts';
import { type Place, placeOf, stepFrom } from './place.ts';
import type { Backend, Clock, Compose, Gather, Guard, Survey } from './ports.ts';
import type { Settings } from './settings.ts';
import type { Site } from './site.ts';
import type { Snapshot } from './snapshot.ts';

/** Who answers, and who steps in. */
export interface Backends {
  /** The backend to ask now, or why there is none. */
  pick(settings: Settings): Backend | BackendError;
  /** What came of a request: keeps the health of each backend. */
  report(report: DraftReport, error: BackendError | undefined): void;
}

/** The parts that a keystroke passes through, in the order in which it does. */
export interface CompleterParts {
  readonly survey: Survey;
  readonly backends: Backends;
  readonly pace: Pace;
  readonly guard: Guard;
  readonly gather: Gather;
  readonly compose: Compose;
  readonly refine: (settings: Settings) => Refine;
  readonly clock: Clock;
}

/** Characters that a prompt token holds at least, so that enough context is gathered before tokens are counted. */
const charactersPerToken = 4;

/** A first part shorter than this is not shown before it has grown or ended. Visible characters. */
const leastFirstPart = 3;

/** Suggestions to cycle through when the user asks by hand. */
const mostAlternatives = 3;

/** How far from the likeliest answer an alternative may be. */
const alternativeTemperature = 0.7;

/** A draft that was typed against so often at one place is not offered there again. */
const mostRefusals = 2;

/** The last suggestion given for a place: what is on screen, as far as we can know. */
interface Shown {
  readonly place: Place;
  readonly version: number;
  readonly suggestion: Suggestion;
  readonly draft: Draft;
  readonly site: Site;
  /** The user asked by hand, and may cycle through alternatives. */
  readonly invoked: boolean;
}

/** A draft that has made up its mind about a place. */
interface Settled {
  readonly kind: 'settled';
  readonly site: Site;
  readonly draft: Draft;
  readonly reading: Reading;
  readonly origin: 'fresh' | 'draft';
}

/** The built-in backend reads the place itself and is sent nothing. */
const noPrompt = withoutUserText({
  kind: 'fill',
  prefix: '',
  suffix: '',
  snippets: [],
  stop: [],
  maxTokens: 0,
});

/** A backend that rests after a failure for no longer than this is waited for, so that the key typed next finds out that all is well. ms. */
const longestRest = 8000;

const samePlace = { kind: 'typed', text: '', closed: 0, overtyped: 0 } as const;

/** Answers keystrokes: looks at the place, decides whether to ask, finds a draft that fits or opens one, and reads it. */
export class Completer {
  readonly #parts: CompleterParts;
  readonly #drafts: Drafts;
  readonly #onGrowth: () => void;
  readonly #history = new History();
  #opening: { readonly key: string; readonly found: Promise<Found | SilentReason> } | undefined;
  #shown: Shown | undefined;
  #stopListening: () => void = () => {};
  #closing = new AbortController();

  /** @param onGrowth called when there is more to show of the suggestion on screen: ask again for the same place */
  constructor(parts: CompleterParts, onGrowth: () => void) {
    this.#parts = parts;
    this.#onGrowth = onGrowth;
    this.#drafts = new Drafts(parts.clock, (report, draft) => parts.backends.report(report, draft.error));
  }

  /** Answers one question; a suggestion is taken to be on screen from then on. Rejects only on a bug. */
  async complete(ask: Ask): Promise<Outcome> {
    const lap = stopwatch(this.#parts.clock);
    const outcome = await this.#settled(ask, lap, (settled) => this.#show(ask, settled));
    this.#history.add(recordOf(ask, outcome, lap.stages, this.#parts.clock.date()));
    return outcome;
  }

  /** Has a draft written for a place before anyone asks what to show there. Rejects only on a bug. */
  async prepare(ask: Ask): Promise<void> {
    await this.#settled(ask, stopwatch(this.#parts.clock), () => silent('superseded'));
  }

  /** The last outcomes. */
  get history(): readonly HistoryRecord[] {
    return this.#history.records;
  }

  /** A document was changed by typing, which left it like this. */
  changed(snapshot: Snapshot): void {
    this.#parts.pace.changed();
    const shown = this.#shown;
    if (!shown || shown.place.uri !== snapshot.uri) return;
    const step = stepFrom(shown.place, snapshot);
    if (step?.kind !== 'typed' || shown.suggestion.text.startsWith(step.text)) return;
    this.#shown = undefined;
    if (shown.draft.read(step, shown.site).kind !== 'over') return;
    shown.draft.refusals += 1;
    this.#parts.pace.rejected();
  }

  /** The suggestion on screen, or a part of it, was taken. */
  accepted(): void {
    this.#parts.pace.accepted();
  }

  /** Settings changed or the editor closes: ends every stream and forgets every draft. */
  clear(): void {
    this.#shown = undefined;
    this.#stopListening();
    this.#closing.abort();
    this.#closing = new AbortController();
    this.#drafts.clear();
  }

  async #settled(ask: Ask, lap: Stopwatch, then: (settled: Settled) => Outcome): Promise<Outcome> {
    try {
      const settled = await this.#answer(ask, lap);
      return settled.kind === 'settled' ? then(settled) : settled;
    } catch (error) {
      if (ask.signal.aborted || isAbort(error)) return silent('superseded');
      throw error;
    }
  }

  async #answer(ask: Ask, lap: Stopwatch): Promise<Settled | Outcome> {
    const { survey, backends, pace, clock } = this.#parts;
    const closed = gateBeforeSurvey(ask);
    if (closed) return silent(closed);
    const site = survey(ask.snapshot);
    lap.end('survey');
    const reason = gateAtSite(ask, site);
    if (reason) return silent(reason);
    const failedAlready = new Set<string>();
    for (;;) {
      ask.signal.throwIfAborted();
      const backend = backends.pick(ask.settings);
      if (backend instanceof BackendError) {
        const { retryAfterMs } = backend;
        if (retryAfterMs === undefined || retryAfterMs > longestRest)
          return { kind: 'failed', error: backend };
        await clock.sleep(retryAfterMs, ask.signal);
        lap.end('rest');
        continue;
      }
      let found = this.#drafts.find(site, backend);
      const origin = found ? 'draft' : 'fresh';
      lap.end('find');
      if (!found) {
        const { metered } = backend;
        const floor = ask.settings['suggest.delay'];
        const pause = ask.trigger === 'invoked' ? 0 : pace.pause(ask.snapshot, floor, metered);
        if (pause > 0) {
          await clock.sleep(pause, ask.signal);
          lap.end('pause');
          continue;
        }
        const opened = await this.#open(ask, site, backend);
        lap.end('open');
        if (!opened) continue;
        if (typeof opened === 'string') return silent(opened);
        found = opened;
      }
      const reading = await readable(found, site, ask.signal);
      lap.end('read');
      if (reading.kind === 'over') continue;
      if (reading.kind !== 'failed') return { kind: 'settled', site, draft: found.draft, reading, origin };
      failedAlready.add(backend.id);
      const next = backends.pick(ask.settings);
      if (next instanceof BackendError || failedAlready.has(next.id)) {
        return { kind: 'failed', error: reading.error };
      }
    }
  }

  /** One draft a place, however many questions ask for it at once. Nothing if the question that began it was superseded first. */
  async #open(ask: Ask, site: Site, backend: Backend): Promise<Found | SilentReason | undefined> {
    try {
      return await this.#opened(ask, site, backend);
    } catch (error) {
      if (isAbort(error) && !ask.signal.aborted) return undefined;
      throw error;
    }
  }

  #opened(ask: Ask, site: Site, backend: Backend): Promise<Found | SilentReason> {
    const { uri, version, caret } = ask.snapshot;
    const key = `${backend.id} ${version} ${caret} ${uri}`;
    if (this.#opening?.key === key) return this.#opening.found;
    const found = this.#begin(ask, site, backend);
    this.#opening = { key, found };
    const forget = () => {
      if (this.#opening?.found === found) this.#opening = undefined;
    };
    found.then(forget, forget);
    return found;
  }

  async #begin(ask: Ask, site: Site, backend: Backend, temperature = 0): Promise<Found | SilentReason> {
    const { guard, gather, compose, refine } = this.#parts;
    const { settings, signal } = ask;
    const order = { backend, refine: refine(settings) };
    if (backend.kind === 'builtin') {
      const request = { prompt: noPrompt, site, settings };
      return { draft: this.#drafts.open({ ...order, request, restore: (text) => text }), step: samePlace };
    }
    if (!(await guard.mayLeave(site.snapshot.path, settings, signal))) return 'excluded';
    const most = settings['context.maxTokens'] * charactersPerToken;
    const [snippets] = await Promise.all([gather(site, most, signal), backend.ready?.(signal)]);
    signal.throwIfAborted();
    const cleared = guard.clear(site, snippets, settings);
    const composed = compose(cleared.site, cleared.snippets, backend.dialect, settings);
    const { prompt, restore } = cleared.seal({ ...composed, temperature });
    const request = { prompt, site, settings };
    return { draft: this.#drafts.open({ ...order, request, restore }), step: samePlace };
  }

  #show(ask: Ask, { site, draft, reading, origin }: Settled): Outcome {
    const before = this.#shownAt(ask.snapshot);
    const asBefore = before && suggest(before.suggestion, [], 'draft');
    if (reading.kind !== 'text') {
      return asBefore ?? silent(reading.kind === 'nothing' ? reading.reason : 'nothing-answered');
    }
    if (draft.refusals >= mostRefusals && ask.trigger === 'typing' && !before) return silent('typed-against');
    if (before && asBefore && !reading.text.startsWith(before.suggestion.text)) return asBefore;
    const { text, replace, ended } = reading;
    const suggestion: Suggestion = { text, replace, draft: draft.id };
    const { version } = ask.snapshot;
    const invoked = ask.trigger === 'invoked' || before?.invoked === true;
    this.#shown = { place: placeOf(ask.snapshot), version, suggestion, draft, site, invoked };
    this.#stopListening();
    if (!ended) this.#stopListening = draft.onChange(() => this.#grew());
    else if (!invoked) this.#lookAhead(ask, site, suggestion, draft.backend);
    return suggest(suggestion, invoked ? this.#alternatives(ask, site, suggestion, draft) : [], origin);
  }

  /** Has the next suggestion written as if this one had been taken, where that costs nothing or the user pays for it. */
  #lookAhead(ask: Ask, site: Site, { text, replace }: Suggestion, backend: Backend): void {
    if (backend.kind === 'builtin' || (backend.metered && !ask.settings['suggest.askAhead'])) return;
    if (!this.#drafts.hasRoom(backend)) return;
    const { snapshot } = site;
    const before = snapshot.text.slice(0, snapshot.caret) + text;
    const taken = {
      ...snapshot,
      text: before + snapshot.text.slice(snapshot.caret + replace),
      caret: before.length,
    };
    const next = this.#parts.survey(taken);
    if (gateAtSite(ask, next) || this.#drafts.find(next, backend)) return;
    this.#inBackground(this.#open({ ...ask, snapshot: taken, signal: this.#closing.signal }, next, backend));
  }

  /** Other answers for the place; as many as are still missing are being written from now on. */
  #alternatives(ask: Ask, site: Site, first: Suggestion, { backend }: Draft): readonly Suggestion[] {
    const found = this.#drafts.findAll(site, backend);
    const texts = new Set([first.text]);
    const others: Suggestion[] = [];
    for (const { draft, step } of found) {
      const reading = draft.read(step, site);
      if (reading.kind !== 'text' || !reading.ended || texts.has(reading.text)) continue;
      texts.add(reading.text);
      others.push({ text: reading.text, replace: reading.replace, draft: draft.id });
    }
    const missing = mostAlternatives - found.length;
    if (backend.kind !== 'builtin' && missing > 0 && this.#drafts.hasRoom(backend)) {
      const { signal } = this.#closing;
      this.#inBackground(this.#begin({ ...ask, signal }, site, backend, alternativeTemperature));
    }
    return others.slice(0, mostAlternatives - 1);
  }

  /** Waits for a draft that nobody has asked for; when it is written, the suggestion on screen may have company. */
  #inBackground(opening: Promise<Found | SilentReason | undefined>): void {
    opening.then(
      (opened) => {
        if (typeof opened !== 'object') return;
        const stop = opened.draft.onChange(() => {
          if (!opened.draft.ended) return;
          stop();
          if (this.#shown?.invoked) this.#onGrowth();
        });
      },
      (error: unknown) => {
        if (!isAbort(error)) throw error;
      },
    );
  }

  /** What is on screen at exactly this place: it may only be extended before the next key. */
  #shownAt(snapshot: Snapshot): Shown | undefined {
    const shown = this.#shown;
    if (!shown || shown.version !== snapshot.version) return undefined;
    const step = stepFrom(shown.place, snapshot);
    return step?.kind === 'typed' && step.text === '' && step.closed === 0 && step.overtyped === 0
      ? shown
      : undefined;
  }

  #grew(): void {
    const shown = this.#shown;
    if (!shown) return;
    const step = stepFrom(shown.draft.place, shown.site.snapshot);
    const reading = step && shown.draft.read(step, shown.site);
    if (reading?.kind !== 'text' || reading.text === shown.suggestion.text) return;
    if (reading.text.startsWith(shown.suggestion.text)) this.#onGrowth();
  }
}

/** Waits until a draft has something worth showing at a site, or says that it has not. */
async function readable({ draft, step }: Found, site: Site, signal: AbortSignal): Promise<Reading> {
  for (;;) {
    signal.throwIfAborted();
    const reading = draft.read(step, site);
    if (reading.kind !== 'waiting' && !(reading.kind === 'text' && isScrap(reading))) return reading;
    await nextChange(draft, signal);
  }
}

function isScrap(reading: Reading & { readonly kind: 'text' }): boolean {
  return !reading.ended && reading.text.replace(/\s/g, '').length < leastFirstPart;
}

function nextChange(draft: Draft, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      stop();
      reject(signal.reason);
    };
    const stop = draft.onChange(() => {
      stop();
      signal.removeEventListener('abort', abort);
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
  });
}

function suggest(suggestion: Suggestion, others: readonly Suggestion[], origin: 'fresh' | 'draft'): Outcome {
  return { kind: 'suggest', suggestion, others, origin };
}

function silent(reason: SilentReason): Outcome {
  return { kind: 'silent', reason };
}
