import type { Ask } from './ask.ts';
import type { BackendErrorKind } from './errors.ts';
import type { Outcome, SilentReason } from './outcome.ts';
import type { Clock } from './ports.ts';

/** Outcomes kept for "Why No Suggestion?". */
const mostRecords = 50;

/** How one question ended, without any of the user's text. */
export interface HistoryRecord {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly languageId: string;
  readonly trigger: 'typing' | 'invoked';
  readonly result:
    | { readonly kind: 'suggest'; readonly origin: 'fresh' | 'draft'; readonly characters: number }
    | { readonly kind: 'silent'; readonly reason: SilentReason }
    | { readonly kind: 'failed'; readonly error: BackendErrorKind };
  /** Milliseconds that each stage took, in the order in which they ran. */
  readonly stages: readonly (readonly [name: string, ms: number])[];
}

/** The last outcomes, oldest first. */
export class History {
  readonly #records: HistoryRecord[] = [];

  add(record: HistoryRecord): void {
    this.#records.push(record);
    if (this.#records.length > mostRecords) this.#records.shift();
  }

  get records(): readonly HistoryRecord[] {
    return this.#records;
  }
}

/** Measures the stages of one question. */
export interface Stopwatch {
  /** Ends the stage that has run since the last call, or since the start. */
  end(stage: string): void;
  /** Milliseconds of each stage so far; a stage that ran twice is added up. */
  readonly stages: readonly (readonly [name: string, ms: number])[];
}

export function stopwatch(clock: Clock): Stopwatch {
  const stages = new Map<string, number>();
  let last = clock.now();
  return {
    end(stage) {
      const now = clock.now();
      stages.set(stage, (stages.get(stage) ?? 0) + now - last);
      last = now;
    },
    get stages() {
      return [...stages];
    },
  };
}

/** What is kept of an outcome. */
export function recordOf(ask: Ask, outcome: Outcome, stages: Stopwatch['stages'], at: number): HistoryRecord {
  const { languageId } = ask.snapshot;
  const common = { at, languageId, trigger: ask.trigger, stages };
  switch (outcome.kind) {
    case 'suggest': {
      const { origin, suggestion } = outcome;
      return { ...common, result: { kind: 'suggest', origin, characters: suggestion.text.length } };
    }
    case 'silent':
      return { ...common, result: outcome };
    case 'failed':
      return { ...common, result: { kind: 'failed', error: outcome.error.kind } };
  }
}
