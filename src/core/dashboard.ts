import type { BackendKind } from './settings.ts';
import { type HostRow, merged, percentile, type Stats, type StatsRow } from './stats.ts';
import { dayOf } from './statsRecorder.ts';

/** What requests took on one day, for one backend, model and language. */
export interface SpendRow {
  readonly day: string;
  readonly backend: BackendKind;
  readonly model: string;
  readonly language: string;
  readonly requests: number;
  readonly promptTokens: number;
  /** The part of promptTokens that the server had in its prompt cache. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** Tokens, of prompt and answer, of requests that were given up or failed. */
  readonly wastedTokens: number;
  /** Tokens that no server counted: estimates. */
  readonly countedTokens: number;
  readonly dollars: number;
}

/** What a model took in the range. */
export type ModelSpend = Omit<SpendRow, 'day' | 'backend' | 'language'>;

/** What suggestions were worth and what they cost, for some group of them. */
export interface Worth {
  /** A day, a backend or a language. */
  readonly name: string;
  readonly shown: number;
  readonly accepted: number;
  readonly characters: number;
  readonly checked: number;
  readonly survived: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly dollars: number;
}

/** How long suggestions of a backend took from the key to the screen, ms. */
export interface LatencyView {
  readonly name: BackendKind;
  readonly shown: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** What the dashboard shows of a range of days. */
export interface DashboardView {
  readonly days: number;
  readonly total: Worth;
  /** Every day of the range, oldest first, also those without anything. */
  readonly perDay: readonly Worth[];
  /** The largest first. */
  readonly perBackend: readonly Worth[];
  readonly perLanguage: readonly Worth[];
  /** The dearest first, then the most asked. */
  readonly perModel: readonly ModelSpend[];
  readonly latency: readonly LatencyView[];
  /** The most asked first; `day` is empty. */
  readonly hosts: readonly HostRow[];
}

const backends: readonly BackendKind[] = ['builtin', 'local', 'cloud'];

/** Sums up the last `days` days that end at `now`, ms since the epoch. */
export function dashboardOf(
  stats: Stats,
  spend: readonly SpendRow[],
  days: number,
  now: number,
): DashboardView {
  const names = daysUntil(now, days);
  const range = new Set(names);
  const rows = stats.rows.filter(({ day }) => range.has(day));
  const spent = spend.filter(({ day }) => range.has(day));
  const hosts = stats.hosts.filter(({ day }) => range.has(day)).map((row) => ({ ...row, day: '' }));
  return {
    days,
    total: worthOf('', rows, spent),
    perDay: names.map((name) =>
      worthOf(
        name,
        rows.filter(({ day }) => day === name),
        spent.filter(({ day }) => day === name),
      ),
    ),
    perBackend: groups(rows, spent, ({ backend }) => backend),
    perLanguage: groups(rows, spent, ({ language }) => language),
    perModel: modelsOf(spent),
    latency: backends.flatMap((name) => latencyOf(name, rows)),
    hosts: merged([{ rows: [], hosts }]).hosts.toSorted((a, b) => b.requests - a.requests),
  };
}

/** The names of the days, oldest first. Noon, so that a change of the clock skips or repeats none. */
function daysUntil(now: number, days: number): readonly string[] {
  const noon = new Date(now);
  noon.setHours(12, 0, 0, 0);
  return Array.from({ length: days }, (_, back) => {
    const day = new Date(noon);
    day.setDate(noon.getDate() - (days - 1 - back));
    return dayOf(day.getTime());
  });
}

function groups(
  rows: readonly StatsRow[],
  spent: readonly SpendRow[],
  nameOf: (row: { readonly backend: string; readonly language: string }) => string,
): readonly Worth[] {
  const names = new Set([...rows, ...spent].map(nameOf));
  return [...names]
    .map((name) =>
      worthOf(
        name,
        rows.filter((row) => nameOf(row) === name),
        spent.filter((row) => nameOf(row) === name),
      ),
    )
    .toSorted((a, b) => b.characters - a.characters || b.shown - a.shown);
}

function modelsOf(spent: readonly SpendRow[]): readonly ModelSpend[] {
  return [...new Set(spent.map(({ model }) => model))]
    .map((model) => {
      const of = spent.filter((row) => row.model === model);
      return {
        model,
        requests: total(of, ({ requests }) => requests),
        promptTokens: total(of, ({ promptTokens }) => promptTokens),
        cachedTokens: total(of, ({ cachedTokens }) => cachedTokens),
        completionTokens: total(of, ({ completionTokens }) => completionTokens),
        wastedTokens: total(of, ({ wastedTokens }) => wastedTokens),
        countedTokens: total(of, ({ countedTokens }) => countedTokens),
        dollars: total(of, ({ dollars }) => dollars),
      };
    })
    .toSorted((a, b) => b.dollars - a.dollars || b.requests - a.requests);
}

function worthOf(name: string, rows: readonly StatsRow[], spent: readonly SpendRow[]): Worth {
  return {
    name,
    shown: total(rows, ({ shown }) => shown),
    accepted: total(rows, ({ accepted }) => accepted),
    characters: total(rows, ({ characters }) => characters),
    checked: total(rows, ({ checked }) => checked),
    survived: total(rows, ({ survived }) => survived),
    promptTokens: total(spent, ({ promptTokens }) => promptTokens),
    cachedTokens: total(spent, ({ cachedTokens }) => cachedTokens),
    completionTokens: total(spent, ({ completionTokens }) => completionTokens),
    dollars: total(spent, ({ dollars }) => dollars),
  };
}

function latencyOf(name: BackendKind, rows: readonly StatsRow[]): readonly LatencyView[] {
  const own = rows
    .filter(({ backend }) => backend === name)
    .map((row) => ({ ...row, day: '', language: '' }));
  const [sum] = merged([{ rows: own, hosts: [] }]).rows;
  if (sum === undefined) return [];
  const at = (share: number): number => percentile(sum.latency, share) ?? 0;
  return sum.shown === 0 ? [] : [{ name, shown: sum.shown, p50: at(0.5), p90: at(0.9), p99: at(0.99) }];
}

function total<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}
