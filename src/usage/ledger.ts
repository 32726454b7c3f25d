import type { BackendKind } from '../core/settings.ts';

/** What was used on one day with one backend and model in one language. */
export interface LedgerRow {
  /** The local day, as 2026-11-22. */
  readonly day: string;
  readonly backend: BackendKind;
  readonly model: string;
  readonly language: string;
  readonly requests: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** Tokens, of prompt and answer, of requests that were given up or failed. */
  readonly wastedTokens: number;
  /** Tokens that no server counted. */
  readonly countedTokens: number;
  readonly dollars: number;
  /** Dollars of models without a known price, reckoned with a high one. */
  readonly guessedDollars: number;
}

/** What one window has used. Only that window writes it; `revision` grows with every change. */
export interface Ledger {
  readonly id: string;
  readonly revision: number;
  readonly rows: readonly LedgerRow[];
}

/** Days that are kept: thirteen months, so that a month can be held against the same one a year ago. */
const keptDays = 400;

/** The ledgers of several windows as one: the newest revision of each, however often it was copied. */
export function newestOf(ledgers: Iterable<Ledger>): readonly Ledger[] {
  const newest = new Map<string, Ledger>();
  for (const ledger of ledgers) {
    const present = newest.get(ledger.id);
    if (present === undefined || present.revision < ledger.revision) newest.set(ledger.id, ledger);
  }
  return [...newest.values()];
}

/** Adds an entry to the row that it belongs to. */
export function withEntry(rows: readonly LedgerRow[], entry: LedgerRow): readonly LedgerRow[] {
  const at = rows.findIndex((row) => sameRow(row, entry));
  const present = rows[at];
  return present === undefined ? [...rows, entry] : rows.with(at, sumOf(present, entry));
}

/** The sum of two rows, under the first one's names. */
export function sumOf(one: LedgerRow, other: LedgerRow): LedgerRow {
  return {
    ...one,
    requests: one.requests + other.requests,
    promptTokens: one.promptTokens + other.promptTokens,
    cachedTokens: one.cachedTokens + other.cachedTokens,
    completionTokens: one.completionTokens + other.completionTokens,
    wastedTokens: one.wastedTokens + other.wastedTokens,
    countedTokens: one.countedTokens + other.countedTokens,
    dollars: one.dollars + other.dollars,
    guessedDollars: one.guessedDollars + other.guessedDollars,
  };
}

/** Rows of days that are still kept on `today`. */
export function keptRows(rows: readonly LedgerRow[], today: string): readonly LedgerRow[] {
  const first = dayOf(Date.parse(`${today}T12:00:00`) - keptDays * 86_400_000);
  return rows.filter((row) => row.day >= first);
}

/** The local day of a time since 1970. */
export function dayOf(ms: number): string {
  const date = new Date(ms);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Writes ledgers as a file's text. */
export function ledgersText(ledgers: readonly Ledger[]): string {
  return JSON.stringify({ foretype: 'usage', ledgers });
}

/** Reads a file's text; what is damaged is left out. */
export function ledgersOf(text: string): readonly Ledger[] {
  try {
    const { ledgers } = JSON.parse(text) as { ledgers?: unknown };
    return Array.isArray(ledgers) ? ledgers.filter(isLedger) : [];
  } catch {
    // A file that was being written while the machine went down: the window's next write replaces it.
    return [];
  }
}

function isLedger(value: unknown): value is Ledger {
  const { id, revision, rows } = (value ?? {}) as Partial<Record<keyof Ledger, unknown>>;
  return typeof id === 'string' && typeof revision === 'number' && Array.isArray(rows) && rows.every(isRow);
}

function isRow(value: unknown): value is LedgerRow {
  const row = (value ?? {}) as Partial<Record<keyof LedgerRow, unknown>>;
  const names = [row.day, row.backend, row.model, row.language];
  const counts = [row.requests, row.promptTokens, row.cachedTokens, row.completionTokens, row.wastedTokens];
  const money = [row.countedTokens, row.dollars, row.guessedDollars];
  return (
    names.every((name) => typeof name === 'string') &&
    [...counts, ...money].every((count) => typeof count === 'number' && Number.isFinite(count))
  );
}

function sameRow(one: LedgerRow, other: LedgerRow): boolean {
  return (
    one.day === other.day &&
    one.backend === other.backend &&
    one.model === other.model &&
    one.language === other.language
  );
}
