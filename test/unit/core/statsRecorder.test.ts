import { expect, test } from 'vitest';
import type { Log } from '../../../src/core/ports.ts';
import { type Shelf, StatsRecorder } from '../../../src/core/statsRecorder.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Files that all windows see. */
class Files implements Shelf {
  readonly texts = new Map<string, string>();
  full = false;
  list = async () => [...this.texts.keys()];
  read = async (name: string) => this.texts.get(name);
  remove = async (name: string) => void this.texts.delete(name);
  write = async (name: string, text: string) => {
    if (this.full) throw new Error('The disk is full.');
    this.texts.set(name, text);
  };
}

function windows(count: number) {
  const clock = new VirtualClock();
  const files = new Files();
  const open = (name: string) => new StatsRecorder(name, files, clock, quiet);
  return { clock, files, open, all: Array.from({ length: count }, (_, at) => open(`window-${at}`)) };
}

function show(recorder: StatsRecorder, draft: number): void {
  recorder.shown({ draft, backend: 'cloud', language: 'go', latencyMs: 300 });
}

async function counted(recorder: StatsRecorder) {
  const [row] = (await recorder.read()).rows;
  return {
    shown: row?.shown ?? 0,
    accepted: row?.accepted ?? 0,
    checked: row?.checked ?? 0,
    survived: row?.survived ?? 0,
  };
}

test('two windows that count at the same time lose nothing and count nothing twice', async () => {
  const { clock, open, all } = windows(2);
  const [one, two] = all;
  if (!one || !two) throw new Error('two windows');
  for (let draft = 0; draft < 50; draft++) {
    show(draft % 2 ? one : two, draft);
    await clock.advance(3_000);
  }
  await clock.advance(30_000);
  expect((await counted(one)).shown).toBe(50);
  expect((await counted(two)).shown).toBe(50);
  await Promise.all([one.close(), two.close()]);
  expect((await counted(open('later'))).shown).toBe(50);
});

test('a suggestion that grows on screen is counted once', async () => {
  const { all } = windows(1);
  const [one] = all;
  if (!one) throw new Error('a window');
  for (let step = 0; step < 5; step++) show(one, 7);
  expect((await counted(one)).shown).toBe(1);
});

test('an accepted suggestion is looked at again after five minutes', async () => {
  const { clock, all } = windows(1);
  const [one] = all;
  if (!one) throw new Error('a window');
  show(one, 1);
  show(one, 2);
  one.accepted(1, 'a.go', 10, 'kept := 1');
  one.accepted(2, 'a.go', 100, 'thrown := 2');
  await clock.advance(60_000);
  one.edited('a.go', [{ start: 100, end: 111, text: '' }]);
  expect(await counted(one)).toMatchObject({ accepted: 2, checked: 0 });
  await clock.advance(4 * 60_000);
  expect(await counted(one)).toMatchObject({ accepted: 2, checked: 2, survived: 1 });
});

test('what was counted is written when the window closes', async () => {
  const { open, all } = windows(1);
  const [one] = all;
  if (!one) throw new Error('a window');
  show(one, 1);
  await one.close();
  expect((await counted(open('later'))).shown).toBe(1);
});

test('erasing in one window makes the others forget as well', async () => {
  const { clock, all } = windows(2);
  const [one, two] = all;
  if (!one || !two) throw new Error('two windows');
  show(one, 1);
  show(two, 2);
  await clock.advance(30_000);
  await one.erase();
  expect((await counted(one)).shown).toBe(0);
  show(two, 3);
  await clock.advance(30_000);
  expect((await counted(one)).shown).toBeLessThan(2);
});

test('a full disk costs no figures of the open window, and they are written when there is room', async () => {
  const { clock, files, open, all } = windows(1);
  const [one] = all;
  if (!one) throw new Error('a window');
  files.full = true;
  show(one, 1);
  await clock.advance(30_000);
  files.full = false;
  show(one, 2);
  await clock.advance(30_000);
  expect((await counted(open('later'))).shown).toBe(2);
});

test('days are forgotten after three months, with their files', async () => {
  const { clock, files, open, all } = windows(1);
  const [one] = all;
  if (!one) throw new Error('a window');
  show(one, 1);
  await one.close();
  await clock.advance(91 * 86_400_000);
  expect(await counted(open('later'))).toMatchObject({ shown: 0 });
  expect([...files.texts.keys()]).toEqual([]);
});

test('today is known without reading a file', () => {
  const { all } = windows(1);
  const [one] = all;
  if (!one) throw new Error('a window');
  show(one, 1);
  one.accepted(1, 'a.go', 0, 'twelve chars');
  expect(one.today()).toEqual({ accepted: 1, acceptedCharacters: 12 });
});

test('what could not be written is written when the disk has room again, and nobody has to do anything', async () => {
  const { clock, files, open, all } = windows(1);
  const [one] = all;
  if (!one) throw new Error('a window');
  files.full = true;
  show(one, 1);
  await clock.advance(60_000);
  expect(files.texts.size).toBe(0);
  files.full = false;
  await clock.advance(60_000);
  expect((await counted(open('later'))).shown).toBe(1);
});
