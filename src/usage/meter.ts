import { BackendError } from '../core/errors.ts';
import type { Backend, Clock, Log, TokenUsage } from '../core/ports.ts';
import type { BackendKind, Settings } from '../core/settings.ts';
import { dayOf, type Ledger, type LedgerRow, withEntry } from './ledger.ts';
import { costOf, priceOf } from './prices.ts';
import { readOthers, removeLedgers, type UsageStorage, writeLedger } from './storage.ts';

/** One request, when it is over. */
export interface UsageEntry {
  readonly backend: BackendKind;
  readonly model: string;
  readonly language: string;
  readonly usage: TokenUsage;
  /** Tokens among them that were estimated here, because the server did not say. */
  readonly countedTokens: number;
  /** Whether the answer was given up or failed. */
  readonly wasted: boolean;
  /** Whether it costs money. */
  readonly metered: boolean;
  readonly prices: Settings['prices'];
}

/** What was spent, in dollars, and the tokens of today. */
export interface Spent {
  readonly today: number;
  readonly month: number;
  readonly tokens: TokenUsage & {
    /** Of prompt and answer, of requests that were given up or failed. */
    readonly wastedTokens: number;
  };
}

/** Counts what requests took, over all windows and sessions. */
export interface Meter {
  record(entry: UsageEntry): void;
  /** As far as known: this window to the request, other windows as last read, which is done again behind the call once it is a minute ago. */
  spent(): Spent;
  /** All rows of all windows, summed by day, backend, model and language. */
  rows(): readonly LedgerRow[];
  /** BackendError('over-budget') if a backend that costs money must wait for tomorrow or next month. */
  refuse(backend: Backend, settings: Settings): BackendError | undefined;
  /** Reads what other windows have used. */
  refresh(): Promise<void>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
  /** Forgets everything but what other open windows have counted themselves, which they write again. */
  erase(): Promise<void>;
}

/** How long entries are gathered before they are written, ms. */
const writeDelayMs = 1000;

/** How long after a failed write the next one is tried, ms: a full disk is not emptied in a second. */
const retryDelayMs = 30_000;

/** How old the knowledge of other windows may be for somebody who only looks, ms. */
const lookMs = 60_000;

/** How old the knowledge of other windows may be while a budget is watched, ms. */
const refreshMs = 5000;

/** Makes the meter of one window; `id` is unique among all windows of all times. */
export function createMeter(storage: UsageStorage, clock: Clock, log: Log, id: string): Meter {
  let own: Ledger = { id, revision: 0, rows: [] };
  let others: readonly Ledger[] = [];
  let read = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  let writesSoon = false;
  let failing = false;
  const damaged = new Set<string>();

  const today = (): string => dayOf(clock.date());
  const all = (): readonly LedgerRow[] => [...own.rows, ...others.flatMap((ledger) => ledger.rows)];

  const flush = async (): Promise<void> => {
    if (own.revision === 0) return;
    try {
      await writeLedger(storage, own);
      if (failing) log.info('The usage is written again.');
      failing = false;
    } catch (error) {
      if (!failing) log.warn(`The usage could not be written: ${String(error)}`);
      failing = true;
      if (!writesSoon) void writeSoon(retryDelayMs);
    }
  };
  const writeSoon = async (delayMs: number): Promise<void> => {
    writesSoon = true;
    await clock.sleep(delayMs, new AbortController().signal);
    writesSoon = false;
    await flush();
  };
  const tellDamaged = (name: string): void => {
    if (!damaged.has(name)) log.warn(`${name} is damaged; what it counted is left out.`);
    damaged.add(name);
  };
  const refresh = (): Promise<void> => {
    read = clock.now();
    reading ??= readOthers(storage, id, today(), tellDamaged)
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
      if (!writesSoon) void writeSoon(writeDelayMs);
    },
    spent: () => {
      if (clock.now() - read > lookMs) void refresh();
      return spentOn(all(), today());
    },
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
    async erase() {
      own = { id, revision: own.revision + 1, rows: [] };
      others = [];
      await removeLedgers(storage);
      await flush();
    },
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
    countedTokens: entry.countedTokens,
    dollars,
    guessedDollars: known ? 0 : dollars,
  };
}

function spentOn(rows: readonly LedgerRow[], today: string): Spent {
  const month = rows.filter((row) => row.day.startsWith(today.slice(0, 7)));
  const now = month.filter((row) => row.day === today);
  const sum = (of: readonly LedgerRow[], member: SummedMember): number =>
    of.reduce((total, row) => total + row[member], 0);
  return {
    today: sum(now, 'dollars'),
    month: sum(month, 'dollars'),
    tokens: {
      promptTokens: sum(now, 'promptTokens'),
      cachedTokens: sum(now, 'cachedTokens'),
      completionTokens: sum(now, 'completionTokens'),
      wastedTokens: sum(now, 'wastedTokens'),
    },
  };
}

type SummedMember = 'dollars' | keyof Spent['tokens'];

function overBudget(when: string, spent: number, budget: number): BackendError {
  const words = `The budget of $${budget.toFixed(2)} is spent ${when} ($${spent.toFixed(2)})`;
  return new BackendError(
    'over-budget',
    `${words}; the cloud pauses (foretype.budget.daily, foretype.budget.monthly).`,
  );
}
