import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import type { Asked } from './keysModel.ts';
import { percentile } from './random.ts';
import {
  fitOf,
  keysOf,
  type Seen,
  type Sight,
  type Stroke,
  type Task,
  type TypedTrace,
  useOf,
} from './typist.ts';

/** Everything recorded of one text. */
export interface Recording {
  readonly task: Task;
  readonly trace: TypedTrace;
  readonly requests: readonly Asked[];
  readonly seen: readonly Seen[];
}

/** Figures of one text; NaN where there was nothing to measure. Times in ms of a person's time, the editor's own as they were. */
export type Figures = Readonly<Record<string, number>>;

/** The time from one stroke to the next, with what was seen in it. */
interface Interval {
  readonly stroke: Stroke;
  readonly next: Stroke;
  readonly ghosts: readonly Sight[];
  /** The rest of the text, and what the editor had closed. */
  readonly rest: string;
  readonly extra: string;
}

/** Reads the figures off a recording. */
export function figuresOf({ task, trace, requests, seen }: Recording): Figures {
  const { text, from, to, slow } = task;
  const characters = keysOf(text.slice(from, to));
  const { strokes } = trace;
  const keys = strokes.reduce((sum, { kind }) => sum + (kind === 'moved' ? 2 : 1), 0);
  const takes = strokes.filter(({ kind }) => kind === 'taken' || kind === 'line-taken');
  const accepted = takes.reduce((sum, { before, after }) => sum + keysOf(text.slice(before, after)), 0);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const intervals = intervalsOf(trace, text, to);
  const paused = intervals.filter(({ next }) => next.paused);
  const soon = (ms: number) => paused.filter((interval) => rightWithin(interval, ms * slow)).length;
  const agreeing = intervals.filter(agrees);
  const sent = sum(requests.map((request) => request.sent));
  const usable = sum(requests.map((request) => usableOf(request, strokes)));
  const tokens = sum(requests.map(({ prompt }) => countTokens(prompt)));
  const toNext = intervals.flatMap((interval) => nextAfter(interval, trace.sights)).map((ms) => ms / slow);
  const onTheWire = requests.flatMap((request) => keyToRequest(request, requests, seen));
  const bare = seen.map(({ sentAt, arrivedAt }) => arrivedAt - sentAt);
  const painted = intervals.flatMap((interval) => usefulToPainted(interval, requests));
  const share = (part: number, whole: number) => (whole === 0 ? Number.NaN : (100 * part) / whole);
  return {
    'keystrokes saved, %': share(characters - keys, characters),
    'requests / 100 characters': share(requests.length, characters),
    'prompt tokens / accepted character': tokens / accepted,
    'prompt characters / 100 characters': share(sum(requests.map(({ prompt }) => prompt.length)), characters),
    'generated / accepted character': sent / accepted,
    'streamed that nobody could use, %': share(sent - usable, sent),
    'right within 300 ms of a pause, %': share(soon(300), paused.length),
    'right within 600 ms of a pause, %': share(soon(600), paused.length),
    'wrong text, s / 100 characters': sum(intervals.map(wrongMs)) / slow / 10 / characters,
    'accept to next, p50 ms': percentile(toNext, 0.5),
    'key to request, p50 ms': percentile(onTheWire, 0.5),
    'key to request, p95 ms': percentile(onTheWire, 0.95),
    'a bare report on the wire, p50 ms': percentile(bare, 0.5),
    'a bare report on the wire, p95 ms': percentile(bare, 0.95),
    'first useful byte to painted, p50 ms': percentile(painted, 0.5),
    flickers: sum(intervals.map((interval) => flickersIn(interval))),
    'ghost changed without a key': sum(intervals.map((interval) => changesIn(interval))),
    'agreeing keys that kept the ghost, %': share(
      agreeing.filter(({ next }) => next.ghost.trim() !== '').length,
      agreeing.length,
    ),
    'agreeing keys': agreeing.length,
    'texts taken': takes.length,
    'faults of the document': trace.faults.length,
    'longest frame, ms': trace.longestFrame,
  };
}

function intervalsOf({ strokes, sights }: TypedTrace, text: string, to: number): Interval[] {
  return strokes.slice(1).flatMap((next, index) => {
    const stroke = strokes[index];
    if (!stroke) return [];
    const ghosts = sights.filter(({ kind, at }) => kind === 'ghost' && at > stroke.at && at <= next.at);
    return [{ stroke, next, ghosts, rest: text.slice(next.before, to), extra: next.extraBefore }];
  });
}

/** The ghost texts between two strokes, with their ends; before the first change it is still that of before the key. */
function spans({ ghosts, stroke, next }: Interval): { text: string; from: number; to: number }[] {
  if (ghosts.length === 0) return [{ text: next.ghost, from: stroke.at, to: next.at }];
  return ghosts.map(({ text, at }, index) => ({ text, from: at, to: ghosts[index + 1]?.at ?? next.at }));
}

function rightWithin(interval: Interval, ms: number): boolean {
  const { stroke, rest, extra } = interval;
  return spans(interval).some(
    ({ text, from }) => from - stroke.at <= ms && useOf(text, rest, extra) !== 'nothing',
  );
}

function wrongMs(interval: Interval): number {
  const { rest, extra } = interval;
  return spans(interval)
    .filter(({ text }) => text.trim() !== '' && fitOf(text.replace(/\n$/, ''), rest, extra) === 0)
    .reduce((sum, { from, to }) => sum + to - from, 0);
}

/** A key that went along the ghost text, of which something visible was left. */
function agrees({ stroke }: Interval): boolean {
  const { kind, key, ghost } = stroke;
  return kind === 'typed' && key.length === 1 && ghost.startsWith(key) && ghost.slice(1).trim() !== '';
}

/** Times at which ghost text was gone, for a frame or more, and came back without a key. */
function flickersIn({ ghosts, stroke }: Interval): number {
  if (stroke.kind !== 'typed') return 0;
  const shown = [stroke.ghost, ...ghosts.map(({ text }) => text)].map((text) => text.trim() !== '');
  const kept = agrees({ stroke } as Interval) ? shown : shown.slice(1);
  const first = kept.indexOf(true);
  return first < 0 ? 0 : kept.slice(first, kept.lastIndexOf(true)).filter((is) => !is).length;
}

/** Times at which ghost text became another, not a longer one, without a key. The lines below the first are painted on their own. */
function changesIn({ ghosts, stroke }: Interval): number {
  if (stroke.kind !== 'typed') return 0;
  let changes = 0;
  for (const [index, { text }] of ghosts.entries()) {
    const before = ghosts[index - 1]?.text ?? '';
    const half =
      before.startsWith('\n') || text.startsWith('\n') || before.split('\n')[0] === text.split('\n')[0];
    if (before.trim() !== '' && text.trim() !== '' && !text.startsWith(before) && !half) changes++;
  }
  return changes;
}

/** From taking a text to the next one on the screen, whatever was done meanwhile. */
function nextAfter({ stroke }: Interval, sights: readonly Sight[]): readonly number[] {
  if (stroke.kind !== 'taken' && stroke.kind !== 'line-taken') return [];
  const later = sights.filter(({ kind, at }) => kind === 'ghost' && at > stroke.at);
  const changed = later.findIndex(
    ({ text }) => text.trim() === '' || !stroke.ghost.startsWith(text.trimEnd()),
  );
  const next = later.slice(Math.max(0, changed)).find(({ text }) => text.trim() !== '');
  return next ? [next.at - stroke.at] : [];
}

/** From the document's change to the request that it led to; the end of a draft that had to be waited for counts as its start. */
function keyToRequest(request: Asked, all: readonly Asked[], seen: readonly Seen[]): readonly number[] {
  const change = seen.findLast(({ at, caret }) => at <= request.at && caret === request.caret);
  if (!change) return [];
  const ends = all.flatMap((other) => (other === request ? [] : [other.endedAt ?? 0]));
  const started = Math.max(change.at, ...ends.filter((at) => at <= request.at));
  return [request.at - started];
}

function usefulToPainted({ ghosts, stroke, next }: Interval, requests: readonly Asked[]): readonly number[] {
  const shown = ghosts.find(({ text }) => text.trim() !== '');
  if (!shown || stroke.ghost.trim() !== '') return [];
  const useful = requests.findLast(
    ({ usefulAt }) => usefulAt !== undefined && usefulAt <= shown.at,
  )?.usefulAt;
  return useful !== undefined && useful > stroke.at && useful < next.at ? [shown.at - useful] : [];
}

/** Characters of an answer that were right, and ahead of the typist when they came. */
function usableOf({ pieces }: Asked, strokes: readonly Stroke[]): number {
  return pieces
    .filter(({ at, reach }) => reach > (strokes.findLast((stroke) => stroke.at <= at)?.after ?? 0))
    .reduce((sum, { size }) => sum + size, 0);
}

/** Prints the median of each figure, and each trace's where asked for. */
export function printFigures(title: string, rows: readonly Figures[], each: boolean): void {
  console.log(`\n${title}: median${each ? ' | each' : ', and the middle half'}`);
  for (const name of Object.keys(rows[0] ?? {})) {
    const numbers = rows.map((row) => row[name] ?? Number.NaN);
    const measured = numbers.filter((value) => !Number.isNaN(value));
    const [low, median, high] = [0.25, 0.5, 0.75].map((share) =>
      percentile(measured, share).toFixed(1).padStart(8),
    );
    const more = each
      ? `  |${numbers.map((value) => value.toFixed(1).padStart(8)).join('')}`
      : `   ${low} to${high}`;
    console.log(`  ${name.padEnd(40)}${median}${more}`);
  }
}
