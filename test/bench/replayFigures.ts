import type { ScreenEvent, ScreenRecord } from '../support/editorDriver.ts';
import type { ModelRequest } from '../support/modelServer.ts';
import { percentile } from './random.ts';
import type { Replay } from './replayTypist.ts';

/** A region typed in the editor, and what could be seen of it. */
export interface Trace {
  readonly typed: Replay;
  readonly record: ScreenRecord;
  /** Of the page: adding it to the record's times gives ms since the epoch. */
  readonly timeOrigin: number;
  readonly requests: readonly ModelRequest[];
  readonly streamed: number;
}

/** Ghost text that is gone for less than this and comes back has flickered, ms. */
const flickerMs = 250;

/** The figures of some traces: sums over sums, and medians over all occurrences. */
export function figuresOf(traces: readonly Trace[]): readonly (readonly [string, string])[] {
  const sum = (of: (trace: Trace) => number) => traces.reduce((total, trace) => total + of(trace), 0);
  const characters = sum(({ typed }) => typed.characters);
  const accepted = sum(({ typed }) => typed.accepts.reduce((total, taken) => total + taken.characters, 0));
  const requests = sum((trace) => trace.requests.length);
  const promptCharacters = sum((trace) =>
    trace.requests.reduce((total, { prompt }) => total + prompt.length, 0),
  );
  const promptTokens = sum((trace) => trace.requests.reduce((total, asked) => total + asked.promptTokens, 0));
  const streamed = sum((trace) => trace.streamed);
  const pauses = sum(({ typed }) => typed.pauses);
  const through = traces.map(typedThrough);
  const agreeing = through.reduce((total, { keys }) => total + keys, 0);
  const lost = through.reduce((total, trace) => total + trace.lost, 0);
  const share = (part: number, whole: number) =>
    whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
  const spread = (times: readonly number[]) =>
    `p50 ${percentile(times, 0.5).toFixed(0)}, p95 ${percentile(times, 0.95).toFixed(0)} (${times.length})`;
  return [
    ['keystrokes saved', share(characters - sum(({ typed }) => typed.keys.length), characters)],
    ['suggestions taken', String(sum(({ typed }) => typed.accepts.length))],
    ['suggestions that went just before', String(sum(({ typed }) => typed.missed))],
    ['requests / 100 characters', ((100 * requests) / characters).toFixed(2)],
    ['prompt characters / 100 characters', ((100 * promptCharacters) / characters).toFixed(0)],
    ['prompt tokens / accepted character', (promptTokens / accepted).toFixed(0)],
    ['generated / accepted character', (streamed / accepted).toFixed(2)],
    ['streamed text that was not taken', share(Math.max(0, streamed - accepted), streamed)],
    [
      'wrong text on screen, s / 100 characters',
      (sum(({ typed }) => typed.wrongMs) / 10 / characters).toFixed(2),
    ],
    [
      'right within 300 ms of a pause',
      share(
        sum(({ typed }) => typed.rightWithin300),
        pauses,
      ),
    ],
    [
      'right within 600 ms of a pause',
      share(
        sum(({ typed }) => typed.rightWithin600),
        pauses,
      ),
    ],
    ['key to request, ms', spread(traces.flatMap(keyToRequest))],
    ['first byte to first paint, ms', spread(traces.flatMap(byteToPaint))],
    ['accept to next ghost text, ms', spread(traces.flatMap(acceptToNext))],
    ['flickers', String(sum(flickers))],
    ['agreeing keys that kept the ghost text', share(agreeing - lost, agreeing)],
  ];
}

/** From the last key before a request to the request's arrival. */
function keyToRequest({ typed, requests }: Trace): readonly number[] {
  return requests.flatMap(({ at }) => {
    const arrived = performance.timeOrigin + at;
    const key = typed.keys.findLast((time) => time <= arrived);
    return key === undefined ? [] : [arrived - key];
  });
}

/** From the first token of an answer to ghost text, where none was on the screen and no key came between. */
function byteToPaint({ typed, record, timeOrigin, requests }: Trace): readonly number[] {
  return requests.flatMap(({ firstTokenAt }) => {
    if (firstTokenAt === undefined) return [];
    const first = performance.timeOrigin + firstTokenAt;
    const ghosts = record.events.filter(({ kind }) => kind === 'ghost');
    const before = ghosts.findLast(({ time }) => timeOrigin + time <= first);
    const painted = ghosts.find(({ time, text }) => timeOrigin + time > first && text.trim() !== '');
    if (before === undefined || before.text.trim() !== '' || painted === undefined) return [];
    const paintedAt = timeOrigin + painted.time;
    return typed.keys.some((key) => key > first && key < paintedAt) ? [] : [paintedAt - first];
  });
}

/** From taking a suggestion to the next ghost text. */
function acceptToNext({ typed, record, timeOrigin }: Trace): readonly number[] {
  return typed.accepts.flatMap(({ time }) => {
    const after = record.events.filter((event) => event.kind === 'ghost' && timeOrigin + event.time > time);
    const next = after.find(({ text }) => text.trim() !== '');
    return next === undefined ? [] : [timeOrigin + next.time - time];
  });
}

/** How often ghost text was gone for a moment and came back, with no key between. */
function flickers({ record }: Trace): number {
  const { events } = record;
  return events.filter((event, at) => {
    const [before, after] = [events[at - 1], events[at + 1]];
    if (!isGhost(event) || isShown(event) || !isGhost(before) || !isShown(before)) return false;
    return isGhost(after) && isShown(after) && after.time - event.time < flickerMs;
  }).length;
}

/** Keys that agreed with the ghost text on the screen, and those of them after which it was gone when the next event came. */
function typedThrough({ record }: Trace): { keys: number; lost: number } {
  let [keys, lost] = [0, 0];
  let shown = '';
  record.events.forEach((event, at) => {
    if (event.kind === 'ghost') {
      shown = event.text;
      return;
    }
    if (event.text.length !== 1 || shown.length <= 1 || !shown.startsWith(event.text)) return;
    const next = record.events.findIndex((later, index) => index > at && later.kind === 'key');
    const until = record.events.slice(at + 1, next < 0 ? undefined : next);
    keys += 1;
    if (until.some((later) => !isShown(later)) && shown.slice(1).trim() !== '') lost += 1;
  });
  return { keys, lost };
}

function isGhost(event: ScreenEvent | undefined): event is ScreenEvent {
  return event?.kind === 'ghost';
}

function isShown(event: ScreenEvent): boolean {
  return event.text.trim() !== '';
}
