import type { Ask } from './ask.ts';
import { Company } from './company.ts';
import type { Draft, DraftReport } from './draft.ts';
import { Drafts, type Found } from './drafts.ts';
import { BackendError, isAbort } from './errors.ts';
import { gateAtSite, gateBeforeSurvey } from './gate.ts';
import { History, type HistoryRecord, recordOf, type Stopwatch, stopwatch } from './history.ts';
import { breaksAtEnter } from './nextLine.ts';
import { Opener, type OpenerParts } from './opener.ts';
import type { Outcome, SilentReason, Suggestion } from './outcome.ts';
import type { Pace } from './pace.ts';
import { Pause } from './pause.ts';
import type { Backend, Clock, Survey } from './ports.ts';
import { isScrap, readable } from './readable.ts';
import type { Reading } from './reading.ts';
import { type Rest, Screen } from './screen.ts';
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
export interface CompleterParts extends OpenerParts {
  readonly survey: Survey;
  readonly backends: Backends;
  readonly pace: Pace;
  /** A free backend that answers at once or not at all, for `foretype.instant`. */
  readonly instant: Backend;
  readonly clock: Clock;
}

/** A draft that was typed against so often at one place is not offered there again. */
const mostRefusals = 2;

/** A backend that rests after a failure for no longer than this is waited for, so that the key typed next finds out that all is well. ms. */
const longestRest = 8000;

/** A draft that has made up its mind about a place. */
interface Settled {
  readonly kind: 'settled';
  readonly site: Site;
  readonly draft: Draft;
  readonly reading: Reading;
  readonly origin: 'fresh' | 'draft';
  /** The draft that may have more to say. */
  readonly grows: Draft | undefined;
}

/** Answers keystrokes: looks at the place, decides whether to ask, finds a draft that fits or opens one, and reads it. */
export class Completer {
  readonly #parts: CompleterParts;
  readonly #drafts: Drafts;
  readonly #opener: Opener;
  readonly #screen: Screen;
  readonly #company: Company;
  readonly #pause: Pause;
  readonly #history = new History();

  /** @param onGrowth called when there is more to show of the suggestion on screen: ask again for the same place */
  constructor(parts: CompleterParts, onGrowth: () => void) {
    this.#parts = parts;
    this.#drafts = new Drafts(parts.clock, (report, draft) => {
      if (report.firstTextMs !== undefined && report.backend.kind !== 'builtin')
        parts.pace.answered(report.firstTextMs);
      parts.backends.report(report, draft.error);
    });
    this.#opener = new Opener(parts, this.#drafts);
    this.#pause = new Pause(this.#opener, parts.pace, parts.clock);
    this.#screen = new Screen(onGrowth);
    this.#company = new Company(this.#drafts, this.#opener, this.#screen, parts.survey);
  }

  /** Answers one question; a suggestion is taken to be on screen from then on. Rejects only on a bug. */
  async complete(question: Ask): Promise<Outcome> {
    const lap = stopwatch(this.#parts.clock);
    // The editor asks by itself for more of what was asked for by hand.
    const isInvoked = this.#screen.at(question.snapshot)?.invoked === true;
    const ask: Ask = isInvoked ? { ...question, trigger: 'invoked' } : question;
    const outcome = await this.#outcome(ask, lap, (settled) => this.#show(ask, settled));
    this.#history.add(recordOf(ask, outcome, lap.stages, this.#parts.clock.date()));
    return outcome;
  }

  /** Has a draft written for a place before anyone asks what to show there. Rejects only on a bug. */
  async prepare(ask: Ask): Promise<void> {
    await this.#outcome(ask, stopwatch(this.#parts.clock), () => silent('superseded'));
  }

  /** The last outcomes. */
  get history(): readonly HistoryRecord[] {
    return this.#history.records;
  }

  /**
   * A document was changed by typing or by taking a suggestion, which left it like this.
   *
   * @param at when, on the clock
   */
  changed(snapshot: Snapshot, at: number): void {
    const { pace } = this.#parts;
    const { reaction, shown } = this.#screen.edited(snapshot);
    this.#drafts.changed(snapshot);
    pace.changed(at);
    if (reaction === 'taken') pace.accepted();
    if (
      reaction === 'taken' &&
      shown &&
      snapshot.text.slice(0, snapshot.caret).endsWith(shown.suggestion.text)
    ) {
      this.#drafts.nextPart(shown.draft);
    }
    if (reaction === 'typed-against' && shown && !shown.isGuess) {
      shown.draft.refusals += 1;
      pace.rejected();
    }
  }

  /** The suggestion on screen was sent away: no more of it comes by itself, and the next waits longer. */
  dismissed(): void {
    if (this.#screen.draft) this.#parts.pace.rejected();
    this.#screen.clear();
  }

  /** A document was closed, or has another name or language now: nothing more is written for it. */
  closed(uri: string): void {
    this.#drafts.close(uri);
  }

  /** Settings changed or the editor closes: ends every stream and forgets every draft. */
  clear(): void {
    this.#screen.clear();
    this.#company.clear();
    this.#drafts.clear();
  }

  async #outcome(ask: Ask, lap: Stopwatch, then: (settled: Settled) => Outcome): Promise<Outcome> {
    try {
      const settled = await this.#settle(ask, lap);
      return settled.kind === 'settled' ? then(settled) : settled;
    } catch (error) {
      if (ask.signal.aborted || isAbort(error)) return silent('superseded');
      throw error;
    }
  }

  async #settle(ask: Ask, lap: Stopwatch): Promise<Settled | Outcome> {
    const { survey, backends, clock } = this.#parts;
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
        if (retryAfterMs === undefined || retryAfterMs > longestRest) return failed(backend);
        await clock.sleep(retryAfterMs, ask.signal);
        lap.end('rest');
        continue;
      }
      const known = this.#drafts.find(site, backend, this.#screen.draft);
      lap.end('find');
      const rest = known ? undefined : this.#screen.restAt(site);
      if (rest) return settledOn(rest, site);
      const found = known ?? (await this.#pause.open(ask, site, backend, lap));
      if (!found) continue;
      if (typeof found === 'string') return silent(found);
      const instant = await this.#instant(ask, site, found);
      if (instant) return instant;
      const reading = await readable(found, site, ask.signal);
      lap.end('read');
      if (reading.kind === 'over') continue;
      if (reading.kind !== 'failed') {
        const { draft } = found;
        const grows = draft.ended ? undefined : draft;
        return { kind: 'settled', site, draft, reading, origin: known ? 'draft' : 'fresh', grows };
      }
      failedAlready.add(backend.id);
      const next = backends.pick(ask.settings);
      if (next instanceof BackendError || failedAlready.has(next.id)) return failed(reading.error);
    }
  }

  /** While a model is being waited for: what the instant backend is very sure of, if the user wants that. */
  async #instant(ask: Ask, site: Site, { draft, step }: Found): Promise<Settled | undefined> {
    const { instant } = this.#parts;
    if (!ask.settings.instant || draft.backend.kind === 'builtin' || !isScrap(draft.read(step, site))) {
      return undefined;
    }
    const found = this.#drafts.find(site, instant) ?? (await this.#opener.begin(ask, site, instant));
    if (typeof found === 'string') return undefined;
    const reading = await readable(found, site, ask.signal);
    if (reading.kind !== 'text') return undefined;
    return { kind: 'settled', site, draft: found.draft, reading, origin: 'fresh', grows: draft };
  }

  #show(ask: Ask, settled: Settled): Outcome {
    const { pace } = this.#parts;
    const { site } = settled;
    const before = this.#screen.at(ask.snapshot);
    const asBefore = before && suggest(before.suggestion, [], 'draft');
    // What is on screen stays: at the start of the line it was a block, which would not be begun with here; it may have gone past a bracket.
    const rest = this.#screen.restAt(site);
    const isRest = settled.reading.kind !== 'text' && rest !== undefined;
    const { draft, reading, origin, grows } = isRest ? settledOn(rest, site) : settled;
    if (reading.kind !== 'text') {
      return asBefore ?? silent(reading.kind === 'nothing' ? reading.reason : 'nothing-answered');
    }
    if (draft.refusals >= mostRefusals && ask.trigger === 'typing' && !before) return silent('typed-against');
    if (before && asBefore && !reading.text.startsWith(before.suggestion.text)) return asBefore;
    // A guess is for someone who has just taken what is sure of the line, or who asks.
    if (reading.isGuess && !rest && !before && !pace.isEager && ask.trigger === 'typing') {
      return silent('not-confident');
    }
    if (breaksAtEnter(reading, site) && !rest && !before && ask.trigger === 'typing')
      return silent('next-line');
    const { text, replace, outdent } = rest && !reading.text.startsWith(rest.text) ? rest : reading;
    const suggestion: Suggestion = { text, replace, outdent, draft: draft.part };
    const invoked = ask.trigger === 'invoked';
    draft.wasShown = true;
    pace.shown();
    this.#screen.put({ suggestion, draft, site, isGuess: reading.isGuess, invoked }, grows);
    if (!grows && !invoked) this.#company.lookAhead(ask, site, suggestion, draft);
    return suggest(
      suggestion,
      invoked ? this.#company.alternatives(ask, site, suggestion, draft) : [],
      origin,
    );
  }
}

/** What is left of the suggestion on screen, whatever has become of its draft. */
function settledOn({ draft, ...rest }: Rest, site: Site): Settled {
  return {
    kind: 'settled',
    site,
    draft,
    reading: { kind: 'text', ended: true, ...rest },
    origin: 'draft',
    grows: undefined,
  };
}

function suggest(suggestion: Suggestion, others: readonly Suggestion[], origin: 'fresh' | 'draft'): Outcome {
  return { kind: 'suggest', suggestion, others, origin };
}

function silent(reason: SilentReason): Outcome {
  return { kind: 'silent', reason };
}

function failed(error: BackendError): Outcome {
  return { kind: 'failed', error };
}
