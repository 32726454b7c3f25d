import { expect, test } from 'vitest';
import type { Backend } from '../../../src/core/ports.ts';
import { defaultSettings, type Settings } from '../../../src/core/settings.ts';
import { createMeter, type Meter, type UsageEntry } from '../../../src/usage/meter.ts';
import type { UsageStorage } from '../../../src/usage/storage.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

class MemoryStorage implements UsageStorage {
  readonly files = new Map<string, string>();
  list = async () => [...this.files.keys()];
  read = async (name: string) => this.files.get(name);
  write = async (name: string, text: string) => void this.files.set(name, text);
  remove = async (name: string) => void this.files.delete(name);
}

const request: UsageEntry = {
  backend: 'cloud',
  model: 'gpt-4o-mini',
  language: 'typescript',
  usage: { promptTokens: 1_000_000, cachedTokens: 400_000, completionTokens: 100_000 },
  countedTokens: 0,
  wasted: false,
  metered: true,
  prices: {},
};
/** 600,000 fresh at $0.15, 400,000 cached at $0.075 and 100,000 out at $0.60 a million. */
const dollars = 0.09 + 0.03 + 0.06;

const cloud: Backend = {
  id: 'cloud',
  kind: 'cloud',
  dialect: { kind: 'chat' },
  lanes: 2,
  metered: true,
  stream: () => {
    throw new Error('not asked here');
  },
};

const budget = (daily: number, monthly = 0): Settings => ({
  ...defaultSettings,
  'budget.daily': daily,
  'budget.monthly': monthly,
});

function window(storage: UsageStorage, clock: VirtualClock, id: string): Meter {
  return createMeter(storage, clock, log, id);
}

test('a request of gpt-4o-mini costs what its three prices say', () => {
  const meter = window(new MemoryStorage(), new VirtualClock(), 'a');
  meter.record(request);
  expect(meter.spent().today).toBeCloseTo(dollars, 10);
  expect(meter.rows()).toMatchObject([{ requests: 1, promptTokens: 1_000_000, cachedTokens: 400_000 }]);
});

test('two windows that spend at once lose nothing and count nothing twice', async () => {
  const storage = new MemoryStorage();
  const clock = new VirtualClock();
  const [one, two] = [window(storage, clock, 'one'), window(storage, clock, 'two')];
  for (let time = 0; time < 50; time += 1) {
    one.record(request);
    if (time % 2 === 0) two.record(request);
    if (time % 7 === 0) await clock.advance(400);
    if (time % 5 === 0) await Promise.all([one.refresh(), two.refresh(), one.flush()]);
  }
  await Promise.all([one.flush(), two.flush()]);
  await Promise.all([one.refresh(), two.refresh()]);
  expect(one.spent().today).toBeCloseTo(75 * dollars, 8);
  expect(two.spent().today).toBeCloseTo(75 * dollars, 8);
  const later = window(storage, clock, 'later');
  await later.refresh();
  expect(later.spent().today).toBeCloseTo(75 * dollars, 8);
  expect(later.rows()[0]?.requests).toBe(75);
});

test('what one window spends stops the other within seconds', async () => {
  const storage = new MemoryStorage();
  const clock = new VirtualClock();
  const [one, two] = [window(storage, clock, 'one'), window(storage, clock, 'two')];
  const settings = budget(2 * dollars);
  expect(two.refuse(cloud, settings)).toBeUndefined();
  one.record(request);
  one.record(request);
  expect(one.refuse(cloud, settings)).toMatchObject({ kind: 'over-budget' });
  await clock.advance(6000);
  two.refuse(cloud, settings);
  await clock.advance(1);
  expect(two.refuse(cloud, settings)).toMatchObject({ kind: 'over-budget' });
});

test('many closed windows are gathered into one file without losing or doubling anything', async () => {
  const storage = new MemoryStorage();
  const clock = new VirtualClock();
  for (let session = 0; session < 40; session += 1) {
    const meter = window(storage, clock, `session-${session}`);
    meter.record(request);
    await meter.flush();
  }
  await clock.advance(86_400_000);
  const live = window(storage, clock, 'live');
  live.record(request);
  await live.flush();
  // Two windows open at the same moment, and both gather.
  const [one, two] = [window(storage, clock, 'one'), window(storage, clock, 'two')];
  await Promise.all([one.refresh(), two.refresh()]);
  expect(storage.files.size).toBeLessThan(5);
  expect(storage.files.has('live.usage.json')).toBe(true);
  const later = window(storage, clock, 'later');
  await later.refresh();
  expect(later.rows().reduce((sum, row) => sum + row.requests, 0)).toBe(41);
  expect(one.rows().reduce((sum, row) => sum + row.requests, 0)).toBe(41);
});

test('a gathered window that goes on counting is not counted twice', async () => {
  const storage = new MemoryStorage();
  const clock = new VirtualClock();
  const sleeper = window(storage, clock, 'sleeper');
  sleeper.record(request);
  await sleeper.flush();
  for (let session = 0; session < 30; session += 1) {
    const meter = window(storage, clock, `s-${session}`);
    meter.record(request);
    await meter.flush();
  }
  await clock.advance(86_400_000);
  await window(storage, clock, 'gatherer').refresh();
  expect(storage.files.has('sleeper.usage.json')).toBe(false);
  sleeper.record(request);
  await sleeper.flush();
  const later = window(storage, clock, 'later');
  await later.refresh();
  expect(later.rows().reduce((sum, row) => sum + row.requests, 0)).toBe(32);
});

test('a day and a month begin anew', async () => {
  const clock = new VirtualClock();
  const meter = window(new MemoryStorage(), clock, 'a');
  meter.record(request);
  expect(meter.refuse(cloud, budget(0.1))).toMatchObject({ kind: 'over-budget' });
  await clock.advance(86_400_000);
  expect(meter.refuse(cloud, budget(0.1))).toBeUndefined();
  expect(meter.refuse(cloud, budget(0, 0.1))).toMatchObject({ kind: 'over-budget' });
  await clock.advance(31 * 86_400_000);
  expect(meter.refuse(cloud, budget(0.1, 0.1))).toBeUndefined();
  expect(meter.spent()).toMatchObject({ today: 0, month: 0, tokens: { promptTokens: 0 } });
});

test('without a budget, or for a backend that costs nothing, nobody is refused', () => {
  const meter = window(new MemoryStorage(), new VirtualClock(), 'a');
  meter.record(request);
  expect(meter.refuse(cloud, defaultSettings)).toBeUndefined();
  expect(meter.refuse({ ...cloud, metered: false }, budget(0.01))).toBeUndefined();
});

test('a model without a price is reckoned dear, so that a budget holds, and marked', () => {
  const meter = window(new MemoryStorage(), new VirtualClock(), 'a');
  meter.record({ ...request, model: 'somebody-elses-model' });
  expect(meter.spent().today).toBeGreaterThan(1);
  expect(meter.rows()[0]?.guessedDollars).toBe(meter.spent().today);
});

test('a local model costs nothing, and its tokens are counted', () => {
  const meter = window(new MemoryStorage(), new VirtualClock(), 'a');
  meter.record({ ...request, backend: 'local', metered: false });
  expect(meter.spent().today).toBe(0);
  expect(meter.rows()[0]?.promptTokens).toBe(1_000_000);
});

test('a damaged file is passed over', async () => {
  const storage = new MemoryStorage();
  storage.files.set('broken.usage.json', '{"ledgers":[{"id":"x","revi');
  storage.files.set('odd.usage.json', '{"ledgers":[{"id":"x","revision":1,"rows":[{"day":1}]}]}');
  storage.files.set('other.txt', 'not ours');
  const meter = window(storage, new VirtualClock(), 'a');
  await meter.refresh();
  expect(meter.rows()).toEqual([]);
});

test('rows tell languages apart and what was wasted', () => {
  const meter = window(new MemoryStorage(), new VirtualClock(), 'a');
  meter.record(request);
  meter.record({ ...request, language: 'python' });
  meter.record({ ...request, language: 'python', wasted: true });
  const rows = meter.rows().map((row) => `${row.language} ${row.requests} ${row.wastedTokens}`);
  expect(rows).toEqual(['typescript 1 0', 'python 2 1100000']);
});

test('erasing forgets closed windows and this one, and counting begins anew', async () => {
  const clock = new VirtualClock();
  const storage = new MemoryStorage();
  const closed = window(storage, clock, 'closed');
  closed.record(request);
  await closed.flush();
  const open = window(storage, clock, 'open');
  await open.refresh();
  open.record(request);
  await open.erase();
  expect(open.rows()).toEqual([]);
  open.record(request);
  await open.flush();
  const later = window(storage, clock, 'later');
  await later.refresh();
  expect(later.spent().today).toBeCloseTo(dollars, 10);
});

test('what could not be written is written when the disk has room again, and both are in the log once', async () => {
  const [storage, clock] = [new MemoryStorage(), new VirtualClock()];
  const lines: string[] = [];
  const keep = (line: string) => void lines.push(line);
  const write = storage.write;
  storage.write = async () => {
    throw new Error('The disk is full.');
  };
  const meter = createMeter(storage, clock, { info: keep, warn: keep, error: keep }, 'one');
  meter.record(request);
  await clock.advance(120_000);
  expect(storage.files.size).toBe(0);
  storage.write = write;
  await clock.advance(60_000);
  const later = window(storage, clock, 'later');
  await later.refresh();
  expect(later.spent().today).toBeCloseTo(dollars);
  expect(lines).toEqual([
    'The usage could not be written: Error: The disk is full.',
    'The usage is written again.',
  ]);
});
