import type { BackendErrorKind } from './errors.ts';
import type { SilentReason } from './outcome.ts';

/** Outcomes kept for "Why No Suggestion?". */
const mostRecords = 50;

/** How one question ended, without any of the user's text. */
export interface HistoryRecord {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly languageId: string;
  /** Who was to answer; undefined if the question never got that far. */
  readonly backend: string | undefined;
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
