import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Settings } from '../../src/core/settings.ts';
import { Desk } from '../support/desk.ts';
import { VirtualClock } from '../support/virtualClock.ts';
import { partsFor } from './keysEngine.ts';
import { errorsOf, KnowingModel } from './keysModel.ts';
import { NaiveClient } from './keysNaive.ts';
import { playMany } from './keysPlay.ts';
import { type Client, VirtualSeat } from './keysSeat.ts';
import { repositories, type Trace, tracesOf } from './keysSources.ts';
import { percentile } from './random.ts';
import { type Figures, figuresOf, printFigures } from './replayFigures.ts';
import { typeRegion } from './typist.ts';

/*
 * npm run bench:keys: parts of real files typed in virtual time, through the extension's own parts, by a person who takes right suggestions,
 * with a model that knows the text but goes wrong at one line in four. Foretype beside the naive client, in the same run. `--final` types
 * what nothing was tuned on, `--folder path:languageId` (more than once) any other sources. Then random play:
 * `npm run bench:keys -- --traces 0 --plays 10000` plays 10,000 games of 500 events and counts broken promises.
 */
const { values } = parseArgs({
  options: {
    traces: { type: 'string', default: '40' },
    lines: { type: 'string', default: '25' },
    seed: { type: 'string', default: '1' },
    final: { type: 'boolean', default: false },
    folder: { type: 'string', multiple: true, default: [] },
    backend: { type: 'string', default: 'cloud' },
    plays: { type: 'string', default: '200' },
    events: { type: 'string', default: '500' },
    set: { type: 'string', multiple: true, default: [] },
    each: { type: 'boolean', default: false },
    record: { type: 'string' },
  },
});
const seed = Number(values.seed);
const kind = values.backend === 'local' ? 'local' : 'cloud';
const changed = Object.fromEntries(
  values.set
    .map((each) => each.split('=') as [string, string])
    .map(([name, value]) => [name, JSON.parse(value)]),
) as Partial<Settings>;

/** What a client in virtual time is made from. */
interface Table {
  readonly clock: VirtualClock;
  readonly model: KnowingModel;
  readonly trace: Trace;
  readonly marked: string;
}

async function replay(
  trace: Trace,
  number: number,
  sit: (table: Table) => Promise<{ readonly client: Client; dispose(): void }>,
): Promise<Figures> {
  const { text, from, to } = trace;
  const clock = new VirtualClock();
  const model = new KnowingModel(clock, { text, errors: errorsOf(text, number), seed: number }, kind);
  const marked = `${text.slice(0, from)}█${text.slice(to)}`;
  const { client, dispose } = await sit({ clock, model, trace, marked });
  const seat = new VirtualSeat(clock, client, text, text.slice(to));
  const task = { text, from, to, seed: number, slow: 1 };
  const typed = await typeRegion(seat, task);
  dispose();
  await clock.advance(0);
  const faults = client.text === text ? typed.faults : [...typed.faults, 'The text is not as it should be.'];
  const recording = { task, trace: { ...typed, faults }, requests: model.requests, seen: seat.seen };
  if (values.record !== undefined) {
    mkdirSync(values.record, { recursive: true });
    writeFileSync(path.join(values.record, `${number}.json`), JSON.stringify(recording));
  }
  return figuresOf(recording);
}

async function naive({ clock, model, marked }: Table) {
  return { client: new NaiveClient(clock, model, marked), dispose: () => undefined };
}

async function foretype({ clock, model, trace, marked }: Table) {
  const { languageId } = trace.source;
  let desk = new Desk(clock, model, marked, { languageId });
  const { parts, dispose } = await partsFor(trace, clock, () => desk);
  desk = new Desk(clock, model, marked, { languageId, ...parts, settings: { backend: kind, ...changed } });
  timeAnswers(desk, clock);
  return {
    client: desk,
    dispose: () => {
      desk.dispose();
      dispose();
    },
  };
}

/** Milliseconds of this machine's time in which a question was answered from a draft, where nothing had to be waited for. */
const answerMs: number[] = [];

function timeAnswers({ completer }: Desk, clock: VirtualClock): void {
  const complete = completer.complete.bind(completer);
  completer.complete = async (ask) => {
    const [asked, started] = [clock.now(), performance.now()];
    const outcome = await complete(ask);
    const isAtOnce = clock.now() === asked && outcome.kind === 'suggest' && outcome.origin === 'draft';
    if (isAtOnce) answerMs.push(performance.now() - started);
    return outcome;
  };
}

const traces = tracesOf(
  repositories(values.final, values.folder),
  Number(values.traces),
  Number(values.lines),
  seed,
);
for (const [name, sit] of Object.entries({ 'naive client': naive, Foretype: foretype })) {
  if (traces.length === 0) break;
  const started = performance.now();
  const rows: Figures[] = [];
  for (const [number, trace] of traces.entries()) rows.push(await replay(trace, seed * 1000 + number, sit));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  printFigures(`${name}: ${traces.length} parts of ${values.lines} lines, ${seconds} s`, rows, values.each);
}
if (answerMs.length > 0) {
  const [p50, p95] = [0.5, 0.95].map((share) => percentile(answerMs, share).toFixed(2));
  console.log(`\n${answerMs.length} answers from a draft: p50 ${p50} ms, p95 ${p95} ms`);
}
if ((await playMany(Number(values.plays), Number(values.events), seed)) > 0) process.exitCode = 1;
