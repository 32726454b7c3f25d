import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../support/run.ts';
import { errorsOf } from './keysModel.ts';
import { percentile } from './random.ts';
import { openReplayDesk } from './replayDesk.ts';
import { type Figures, figuresOf, type Recording } from './replayFigures.ts';
import { typeRegion } from './replayHands.ts';
import { watchScreen } from './replayScreen.ts';
import { startReplayServer } from './replayServer.ts';

/*
 * npm run bench:replay: real keys type regions of real files in the real editor, on the built extension (`npm run build` first), while a
 * model server that knows the region answers as gpt-4o-mini would. `--slow 2` lets the person and the model take twice the time, for a machine that
 * has other work; their times are printed as if they had not. `--backend cloud` asks by the cloud backend. `--places 2` types only the
 * first two regions; `--record <folder>` keeps what was seen.
 */
const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'local' },
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    places: { type: 'string', default: '4' },
    lines: { type: 'string', default: '25' },
    slow: { type: 'string', default: '1' },
    popup: { type: 'boolean', default: false },
    record: { type: 'string' },
  },
});

/** Regions: a file of the package `openai`, the line at which the region starts, and files that are open beside it. */
const places = [
  { file: 'core/streaming.ts', line: 200, related: ['core/error.ts', 'internal/shims.ts'] },
  { file: 'internal/headers.ts', line: 20, related: ['internal/utils/values.ts', 'internal/types.ts'] },
  { file: 'core/pagination.ts', line: 40, related: ['core/error.ts', 'internal/request-options.ts'] },
  { file: 'internal/to-file.ts', line: 50, related: ['internal/uploads.ts', 'internal/shims.ts'] },
];

/** Folders of the package that are in the workspace. */
const folders = ['core', 'internal'];

const sources = path.join(projectRoot, 'node_modules/openai/src');
const slow = Number(values.slow);

/** Settings of the editor: the suggestion list would only be in the way, unless that is what is looked at. */
const listOff = {
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
};

/** What costs the machine time and has nothing to do with suggestions. */
const plain = {
  'editor.minimap.enabled': false,
  'typescript.validate.enable': false,
  'js/ts.validate.enabled': false,
  'files.watcherExclude': { '**': true },
  'git.enabled': false,
};

async function replay(place: (typeof places)[number], seed: number): Promise<Recording> {
  const text = readFileSync(path.join(sources, place.file), 'utf8').replaceAll('\r', '');
  const lines = text.split('\n');
  const offsetOf = (line: number) => lines.slice(0, line - 1).join('\n').length + 1;
  const indent = /^\s*/.exec(lines[place.line - 1] ?? '')?.[0].length ?? 0;
  const from = offsetOf(place.line) + indent;
  const to = offsetOf(place.line + Number(values.lines)) - 1;
  const task = { text, from, to, seed, slow };
  const server = await startReplayServer({ ...task, errors: errorsOf(text, seed) });
  const desk = await openReplayDesk({
    sources,
    folders,
    file: place.file,
    text: text.slice(0, from) + text.slice(to),
    line: place.line,
    column: indent + 1,
    related: place.related,
    origin: server.origin,
    settings: {
      ...plain,
      ...(values.popup ? {} : listOff),
      'foretype.backend': values.backend,
      'foretype.local.endpoint': server.origin,
      'foretype.local.protocol': 'chat',
      'foretype.local.model': 'replay',
      'foretype.cloud.endpoint': `${server.origin}/v1`,
    },
  });
  try {
    await watchScreen(desk.editor.page);
    const trace = await typeRegion(desk.editor, server, task);
    return { task, trace, requests: [...server.requests], seen: [...server.seen] };
  } finally {
    await desk.close();
    await server.close();
  }
}

function print(title: string, rows: readonly Figures[]): void {
  console.log(`\n${title}`);
  for (const name of Object.keys(rows[0] ?? {})) {
    const numbers = rows.map((row) => row[name] ?? Number.NaN);
    const measured = numbers.filter((value) => !Number.isNaN(value));
    const each = numbers.map((value) => value.toFixed(1).padStart(9)).join('');
    console.log(`  ${name.padEnd(40)}${percentile(measured, 0.5).toFixed(1).padStart(9)}  |${each}`);
  }
}

const rows: Figures[] = [];
for (let seed = Number(values.seed); seed < Number(values.seed) + Number(values.seeds); seed++) {
  for (const place of places.slice(0, Number(values.places))) {
    const recording = await replay(place, seed);
    const figures = figuresOf(recording);
    rows.push(figures);
    const end =
      recording.seen.at(-1)?.text === recording.task.text ? 'as it should be' : 'not as it should be';
    const load = os.loadavg()[0]?.toFixed(0);
    console.log(
      `${place.file} ${seed}: ${recording.trace.strokes.length} keys, the text is ${end}; load ${load}`,
    );
    for (const fault of recording.trace.faults) console.log(`  ${fault}`);
    if (values.record === undefined) continue;
    mkdirSync(values.record, { recursive: true });
    const name = `${place.file.replaceAll('/', '-')}-${seed}-${values.backend}.json`;
    writeFileSync(path.join(values.record, name), JSON.stringify(recording));
  }
}
print(`Foretype, ${values.backend}: median | each`, rows);
