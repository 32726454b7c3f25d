import { expect, test } from 'vitest';
import { dashboardOf } from '../../../src/core/dashboard.ts';
import {
  emptyRow,
  latencyBounds,
  latencyClass,
  merged,
  noStats,
  parseStats,
  percentile,
  type StatsRow,
} from '../../../src/core/stats.ts';

const now = new Date(2026, 2, 30, 0, 30).getTime();

function row(day: string, change: Partial<StatsRow>): StatsRow {
  return { ...emptyRow(day, 'cloud', 'go'), ...change };
}

test('a percentile is as true as the class that it lies in', () => {
  const latencies = Array.from({ length: 1000 }, (_, at) => at + 1);
  const counts = latencies.reduce(
    (sum, ms) => sum.with(latencyClass(ms), (sum[latencyClass(ms)] ?? 0) + 1),
    [...emptyRow('2026-01-01', 'cloud', 'go').latency],
  );
  for (const share of [0.5, 0.9, 0.99]) {
    expect(Math.abs((percentile(counts, share) ?? 0) - share * 1000)).toBeLessThan(share * 1000 * 0.05);
  }
  expect(
    percentile(
      noStats.rows.map(() => 0),
      0.5,
    ),
  ).toBeUndefined();
});

test('what takes longer than any class is counted, and its percentile is the last bound', () => {
  const counts = emptyRow('2026-01-01', 'cloud', 'go').latency.with(latencyClass(99_999), 3);
  expect(percentile(counts, 0.5)).toBe(latencyBounds.at(-1));
});

test('the sum of windows does not depend on how they are put together', () => {
  const parts = [
    { rows: [row('2026-03-01', { shown: 1 }), row('2026-03-02', { shown: 2 })], hosts: [] },
    {
      rows: [row('2026-03-01', { shown: 4, accepted: 1 })],
      hosts: [{ day: '2026-03-01', host: 'a', requests: 1, sentBytes: 2, receivedBytes: 3 }],
    },
    { rows: [], hosts: [{ day: '2026-03-01', host: 'a', requests: 1, sentBytes: 2, receivedBytes: 3 }] },
  ];
  const all = merged(parts);
  expect(merged(parts.toReversed())).toEqual(all);
  expect(merged([merged(parts.slice(0, 1)), merged(parts.slice(1))])).toEqual(all);
  expect(all.rows.map(({ day, shown, accepted }) => [day, shown, accepted])).toEqual([
    ['2026-03-01', 5, 1],
    ['2026-03-02', 2, 0],
  ]);
  expect(all.hosts).toEqual([{ day: '2026-03-01', host: 'a', requests: 2, sentBytes: 4, receivedBytes: 6 }]);
});

test('what is written can be read, and what is damaged is left out', () => {
  const stats = {
    rows: [row('2026-03-01', { shown: 1 })],
    hosts: [{ day: '2026-03-01', host: 'a', requests: 1, sentBytes: 2, receivedBytes: 3 }],
  };
  const text = JSON.stringify(stats);
  expect(parseStats(text)).toEqual(stats);
  expect(parseStats(text.slice(0, -20))).toEqual(noStats);
  expect(parseStats('null')).toEqual(noStats);
  const damaged = {
    rows: [{ ...stats.rows[0], shown: 'many' }, { ...stats.rows[0], day: 'today' }, null],
    hosts: [7],
  };
  expect(parseStats(JSON.stringify(damaged))).toEqual(noStats);
});

test('a range has every day, across the change of the clock and of the month', () => {
  const { perDay } = dashboardOf(noStats, [], 30, now);
  expect(perDay).toHaveLength(30);
  expect(new Set(perDay.map(({ name }) => name)).size).toBe(30);
  expect([perDay[0]?.name, perDay.at(-1)?.name]).toEqual(['2026-03-01', '2026-03-30']);
});

test('the dashboard sums its range by day, backend, language and host, and nothing outside of it', () => {
  const latency = emptyRow('', 'cloud', '').latency.with(latencyClass(300), 10);
  const stats = {
    rows: [
      row('2026-03-29', { shown: 10, accepted: 4, characters: 80, checked: 4, survived: 3, latency }),
      row('2026-03-30', { language: 'rust', backend: 'builtin', shown: 5, accepted: 5, characters: 200 }),
      row('2026-02-01', { shown: 99 }),
    ],
    hosts: [
      { day: '2026-03-29', host: 'a', requests: 1, sentBytes: 2, receivedBytes: 3 },
      { day: '2026-03-30', host: 'a', requests: 1, sentBytes: 2, receivedBytes: 3 },
      { day: '2026-03-30', host: 'b', requests: 9, sentBytes: 2, receivedBytes: 3 },
    ],
  };
  const spend = [
    {
      day: '2026-03-29',
      backend: 'cloud',
      model: 'm',
      language: 'go',
      requests: 1,
      promptTokens: 10,
      cachedTokens: 5,
      completionTokens: 2,
      wastedTokens: 3,
      countedTokens: 1,
      dollars: 0.5,
    },
  ] as const;
  const view = dashboardOf(stats, spend, 7, now);
  expect(view.total).toMatchObject({
    shown: 15,
    accepted: 9,
    characters: 280,
    checked: 4,
    survived: 3,
    dollars: 0.5,
  });
  expect(view.perLanguage.map(({ name, dollars }) => [name, dollars])).toEqual([
    ['rust', 0],
    ['go', 0.5],
  ]);
  expect(view.perBackend.map(({ name }) => name)).toEqual(['builtin', 'cloud']);
  expect(view.perModel).toMatchObject([{ model: 'm', requests: 1, wastedTokens: 3, countedTokens: 1 }]);
  expect(view.latency.map(({ name, shown }) => [name, shown])).toEqual([
    ['builtin', 5],
    ['cloud', 10],
  ]);
  expect(view.hosts.map(({ host, requests }) => [host, requests])).toEqual([
    ['b', 9],
    ['a', 2],
  ]);
});
