import type { BackendKind } from './settings.ts';

/** What suggestions were worth on one day, for one backend and language. */
export interface StatsRow {
  /** `2026-11-22`, in the user's own time zone. */
  readonly day: string;
  readonly backend: BackendKind;
  readonly language: string;
  readonly shown: number;
  readonly accepted: number;
  /** Characters of the accepted suggestions. */
  readonly characters: number;
  /** Accepted suggestions that were looked at again after five minutes, and those that were still there. */
  readonly checked: number;
  readonly survived: number;
  /** How many suggestions took how long from the key to the screen: one count for each of `latencyBounds`, and one above. */
  readonly latency: readonly number[];
}

/** What one host got and gave on one day. */
export interface HostRow {
  readonly day: string;
  readonly host: string;
  readonly requests: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

/** Everything that is counted, for some days. */
export interface Stats {
  readonly rows: readonly StatsRow[];
  readonly hosts: readonly HostRow[];
}

/** Upper bounds of the classes that latencies are counted in, ms: an eighth to a half apart, so that a percentile is true to that. */
export const latencyBounds: readonly number[] = [
  1, 2, 5, 10, 20, 35, 50, 75, 100, 125, 150, 175, 200, 250, 300, 350, 400, 500, 600, 700, 850, 1000, 1250,
  1500, 2000, 3000, 5000, 10_000,
];

/** Nothing counted yet. */
export const noStats: Stats = { rows: [], hosts: [] };

/** A row of zeros to count from. */
export function emptyRow(day: string, backend: BackendKind, language: string): StatsRow {
  const latency = Array.from({ length: latencyBounds.length + 1 }, () => 0);
  return { day, backend, language, shown: 0, accepted: 0, characters: 0, checked: 0, survived: 0, latency };
}

/** The class of `latencyBounds` that a latency in ms is counted in. */
export function latencyClass(ms: number): number {
  const at = latencyBounds.findIndex((bound) => ms <= bound);
  return at < 0 ? latencyBounds.length : at;
}

/** The sum of what several windows have counted: one row for each day, backend and language, and for each day and host. */
export function merged(parts: readonly Stats[]): Stats {
  const rows = new Map<string, StatsRow>();
  const hosts = new Map<string, HostRow>();
  for (const part of parts) {
    for (const row of part.rows) {
      const key = `${row.day}\0${row.backend}\0${row.language}`;
      const known = rows.get(key);
      rows.set(key, known === undefined ? row : sum(known, row));
    }
    for (const row of part.hosts) {
      const key = `${row.day}\0${row.host}`;
      const known = hosts.get(key);
      hosts.set(key, known === undefined ? row : sumHosts(known, row));
    }
  }
  return { rows: [...rows.values()].sort(byDay), hosts: [...hosts.values()].sort(byDay) };
}

/** The latency in ms that the share `at` (0 to 1) of suggestions did not exceed; undefined without suggestions. */
export function percentile(latency: readonly number[], at: number): number | undefined {
  const total = latency.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let left = at * total;
  for (const [index, count] of latency.entries()) {
    if (count > 0 && left <= count) {
      const low = latencyBounds[index - 1] ?? 0;
      const high = latencyBounds[index] ?? low;
      return low + (high - low) * (left / count);
    }
    left -= count;
  }
  return latencyBounds.at(-1);
}

/** Reads what `JSON.stringify` made of stats; rows that are not what they should be are left out. */
export function parseStats(text: string): Stats {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // A file that was cut while it was written counts nothing; the next write replaces it.
    return noStats;
  }
  if (!isRecord(value)) return noStats;
  return {
    rows: listOf(value['rows']).filter(isStatsRow),
    hosts: listOf(value['hosts']).filter(isHostRow),
  };
}

function sum(a: StatsRow, b: StatsRow): StatsRow {
  return {
    ...a,
    shown: a.shown + b.shown,
    accepted: a.accepted + b.accepted,
    characters: a.characters + b.characters,
    checked: a.checked + b.checked,
    survived: a.survived + b.survived,
    latency: a.latency.map((count, index) => count + (b.latency[index] ?? 0)),
  };
}

function sumHosts(a: HostRow, b: HostRow): HostRow {
  return {
    ...a,
    requests: a.requests + b.requests,
    sentBytes: a.sentBytes + b.sentBytes,
    receivedBytes: a.receivedBytes + b.receivedBytes,
  };
}

function byDay(a: { readonly day: string }, b: { readonly day: string }): number {
  return a.day < b.day ? -1 : a.day > b.day ? 1 : 0;
}

function isStatsRow(value: unknown): value is StatsRow {
  if (!isRecord(value)) return false;
  const { day, backend, language, latency } = value;
  return (
    isDay(day) &&
    (backend === 'builtin' || backend === 'cloud' || backend === 'local') &&
    typeof language === 'string' &&
    Array.isArray(latency) &&
    latency.length === latencyBounds.length + 1 &&
    latency.every(isCount) &&
    ['shown', 'accepted', 'characters', 'checked', 'survived'].every((name) => isCount(value[name]))
  );
}

function isHostRow(value: unknown): value is HostRow {
  if (!isRecord(value)) return false;
  const counts = ['requests', 'sentBytes', 'receivedBytes'];
  return (
    isDay(value['day']) && typeof value['host'] === 'string' && counts.every((name) => isCount(value[name]))
  );
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
