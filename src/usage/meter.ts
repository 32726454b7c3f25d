import { BackendError } from '../core/errors.ts';
import type { Backend, Clock, Log, TokenUsage } from '../core/ports.ts';
import type { BackendKind, Settings } from '../core/settings.ts';
import {
  dayOf,
  keptRows,
  type Ledger,
  type LedgerRow,
  ledgersOf,
  ledgersText,
  newestOf,
  sumOf,
  withEntry,
} from './ledger.ts';
import { costOf, priceOf } from './prices.ts';

/** Small files that outlive the session and that all windows see. */
export interface UsageStorage {
  list(): Promise<readonly string[]>;
  /** Undefined if there is no such file. */
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** One request, when it is over. */
export interface UsageEntry {
  readonly backend: BackendKind;
  readonly model: string;
  readonly language: string;
  readonly usage: TokenUsage;
  /** Whether the tokens were counted here, because the server did not say. */
  readonly counted: boolean;
  /** Whether the answer was given up or failed. */
  readonly wasted: boolean;
  /** Whether it costs money. */
  readonly metered: boolean;
  readonly prices: Settings['prices'];
}

/** What was spent, in dollars. */
export interface Spent {
  readonly today: number;
  readonly month: number;
}

/** Counts what requests took, over all windows and sessions. */
export interface Meter {
  record(entry: UsageEntry): void;
  /** As far as known: this window to the request, other windows to their last look, seconds ago. */
  spent(): Spent;
  /** All rows of all windows, summed by day, backend, model and language. */
  rows(): readonly LedgerRow[];
  /** BackendError('over-budget') if a backend that costs money must wait for tomorrow or next month. */
  refuse(backend: Backend, settings: Settings): BackendError | undefined;
  /** Reads what other windows have used. */
  refresh(): Promise<void>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

/** How long entries are gathered before they are written, ms. */
const writeDelayMs = 1000;

/** How old the knowledge of other windows may be while a budget is watched, ms. */
const refreshMs = 5000;

/** More files than this are gathered into one when a window opens. */
const mostFiles = 24;

const suffix = '.usage.json';

/** Makes the meter of one window; `id` is unique among all windows of all times. */
export function createMeter(storage: UsageStorage, clock: Clock, log: Log, id: string): Meter {
  let own: Ledger = { id, revision: 0, rows: [] };
  let others: readonly Ledger[] = [];
  let read = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  let writesSoon = false;

  const today = (): string => dayOf(clock.date());
  const all = (): readonly LedgerRow[] => [...own.rows, ...others.flatMap((ledger) => ledger.rows)];

  const flush = async (): Promise<void> => {
    if (own.revision === 0) return;
    try {
      await storage.write(`${id}${suffix}`, ledgersText([own]));
    } catch (error) {
      log.warn(`The usage could not be written: ${String(error)}`);
    }
  };
  const writeSoon = async (): Promise<void> => {
    writesSoon = true;
    await clock.sleep(writeDelayMs, new AbortController().signal);
    writesSoon = false;
    await flush();
  };
  const refresh = (): Promise<void> => {
    read = clock.now();
    reading ??= readOthers(storage, id, today())
      .then(
        (ledgers) => {
          others = ledgers;
        },
        (error: unknown) => log.warn(`The usage of other windows could not be read: ${String(error)}`),
      )
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  return {
    record(entry) {
      own = { id, revision: own.revision + 1, rows: withEntry(own.rows, rowOf(entry, today())) };
      if (!writesSoon) void writeSoon();
    },
    spent: () => spentOn(all(), today()),
    rows: () => all().reduce<readonly LedgerRow[]>(withEntry, []),
    refuse(backend, settings) {
      const { 'budget.daily': daily, 'budget.monthly': monthly } = settings;
      if (!backend.metered || (daily <= 0 && monthly <= 0)) return undefined;
      if (clock.now() - read > refreshMs) void refresh();
      const spent = spentOn(all(), today());
      if (daily > 0 && spent.today >= daily) return overBudget('today', spent.today, daily);
      if (monthly > 0 && spent.month >= monthly) return overBudget('this month', spent.month, monthly);
      return undefined;
    },
    refresh,
    flush,
  };
}

function rowOf(entry: UsageEntry, day: string): LedgerRow {
  const { usage } = entry;
  const tokens = usage.promptTokens + usage.completionTokens;
  const { price, known } = priceOf(entry.model, entry.prices);
  const dollars = entry.metered ? costOf(usage, price) : 0;
  return {
    day,
    backend: entry.backend,
    model: entry.model,
    language: entry.language,
    requests: 1,
    promptTokens: usage.promptTokens,
    cachedTokens: usage.cachedTokens,
    completionTokens: usage.completionTokens,
    wastedTokens: entry.wasted ? tokens : 0,
    countedTokens: entry.counted ? tokens : 0,
    dollars,
    guessedDollars: known ? 0 : dollars,
  };
}

function spentOn(rows: readonly LedgerRow[], today: string): Spent {
  const sum = (days: readonly LedgerRow[]): number => days.reduce((total, row) => total + row.dollars, 0);
  const month = rows.filter((row) => row.day.startsWith(today.slice(0, 7)));
  return { today: sum(month.filter((row) => row.day === today)), month: sum(month) };
}

function overBudget(when: string, spent: number, budget: number): BackendError {
  const words = `The budget of $${budget.toFixed(2)} is spent ${when} ($${spent.toFixed(2)})`;
  return new BackendError(
    'over-budget',
    `${words}; the cloud pauses (foretype.budget.daily, foretype.budget.monthly).`,
  );
}

/** The ledgers of all windows but one. Too many files are gathered into one of them; a ledger copied twice counts once. */
async function readOthers(storage: UsageStorage, id: string, today: string): Promise<readonly Ledger[]> {
  const names = (await storage.list()).filter((name) => name.endsWith(suffix));
  const files = await Promise.all(
    names.map(async (name) => ({ name, ledgers: ledgersOf((await storage.read(name)) ?? '') })),
  );
  if (names.length > mostFiles) await gather(storage, id, files, today);
  return newestOf(files.flatMap((file) => file.ledgers)).filter((ledger) => ledger.id !== id);
}

/**
 * Copies first and removes then: whatever happens in between, every ledger is somewhere. Files that were written today are left
 * alone, as their window may be writing; a window that wakes up after that writes its whole ledger again.
 */
async function gather(
  storage: UsageStorage,
  id: string,
  files: readonly { readonly name: string; readonly ledgers: readonly Ledger[] }[],
  today: string,
): Promise<void> {
  const old = files.filter(({ ledgers }) =>
    ledgers.every(({ rows }) => rows.every((row) => row.day < today)),
  );
  const kept = newestOf(old.flatMap((file) => file.ledgers))
    .map((ledger) => ({ ...ledger, rows: keptRows(ledger.rows, today) }))
    .filter((ledger) => ledger.rows.length > 0);
  const archive = `archive-${id}${suffix}`;
  await storage.write(archive, ledgersText(kept));
  for (const { name } of old) if (name !== archive) await storage.remove(name);
}

/** Rows summed by one of their names, the largest sum of dollars, then of tokens, first. */
export function totalsBy(
  rows: readonly LedgerRow[],
  name: 'day' | 'backend' | 'model' | 'language',
): readonly (readonly [string, LedgerRow])[] {
  const totals = new Map<string, LedgerRow>();
  for (const row of rows) {
    const present = totals.get(row[name]);
    totals.set(row[name], present === undefined ? row : sumOf(present, row));
  }
  const weight = (row: LedgerRow): number => row.dollars * 1e9 + row.promptTokens + row.completionTokens;
  return [...totals].sort(([, one], [, other]) => weight(other) - weight(one));
}
