import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { packagedExtension } from '../../scripts/packaging.ts';
import type { Editor } from '../support/editorDriver.ts';
import { errorsOf } from './keysModel.ts';
import { repositories, type Trace, tracesOf } from './keysSources.ts';
import { openReplayDesk } from './replayDesk.ts';
import { type Figures, figuresOf, printFigures, type Recording } from './replayFigures.ts';
import { lookAt, watchScreen } from './replayScreen.ts';
import { now, type ReplayServer, startReplayServer } from './replayServer.ts';
import { type Seat, typeRegion } from './typist.ts';

/*
 * npm run bench:replay: real keys type parts of real files in the real editor, with the packaged extension, while a model
 * server that knows the text answers as gpt-4o-mini would. `--slow 2` lets the person and the model take twice the time, for a machine that has
 * other work; their times are printed as if they had not. `--final` types what nothing was tuned on, `--folder path:languageId` any other
 * sources; `--record <folder>` keeps what was seen.
 */
const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'cloud' },
    seed: { type: 'string', default: '1' },
    traces: { type: 'string', default: '4' },
    lines: { type: 'string', default: '25' },
    final: { type: 'boolean', default: false },
    folder: { type: 'string', multiple: true, default: [] },
    slow: { type: 'string', default: '1' },
    popup: { type: 'boolean', default: false },
    record: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
  },
});
const slow = Number(values.slow);
const seed = Number(values.seed);
const changed = Object.fromEntries(
  values.set
    .map((each) => each.split('=') as [string, string])
    .map(([name, value]) => [`foretype.${name}`, JSON.parse(value)]),
);

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

async function replay(trace: Trace, number: number): Promise<Recording> {
  const { text, from, to, source, repository, related } = trace;
  const task = { text, from, to, seed: number, slow };
  const server = await startReplayServer({ ...task, errors: errorsOf(text, number) });
  const before = text.slice(0, from).split('\n');
  const desk = await openReplayDesk({
    files: repository.files,
    file: source.path,
    text: text.slice(0, from) + text.slice(to),
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    related,
    origin: server.origin,
    vsix,
    settings: {
      ...plain,
      ...(values.popup ? {} : listOff),
      'foretype.backend': values.backend,
      'foretype.local.endpoint': server.origin,
      'foretype.local.protocol': 'chat',
      'foretype.local.model': 'replay',
      'foretype.cloud.endpoint': `${server.origin}/v1`,
      ...changed,
    },
  });
  try {
    await watchScreen(desk.editor.page);
    const typed = await typeRegion(seatAt(desk.editor, server), task);
    return { task, trace: typed, requests: [...server.requests], seen: [...server.seen] };
  } finally {
    await desk.close();
    await server.close();
  }
}

function seatAt(editor: Editor, server: ReplayServer): Seat {
  return {
    now,
    wait,
    look: () => lookAt(editor.page),
    strike: async ({ key, kind }) => {
      if (key.length === 1 && key !== '\n') await editor.page.keyboard.type(key);
      else await editor.press(key === '\n' ? 'Enter' : key);
      if (kind === 'moved') await editor.press('End');
    },
    dismiss: () => editor.press('Escape'),
    last: () => server.seen.at(-1),
    nextSeen: (before, ms) => server.nextSeen(before, ms),
  };
}

const vsix = await packagedExtension();
const rows: Figures[] = [];
const traces = tracesOf(
  repositories(values.final, values.folder),
  Number(values.traces),
  Number(values.lines),
  seed,
);
for (const [index, trace] of traces.entries()) {
  const number = seed * 1000 + index;
  const recording = await replay(trace, number);
  rows.push(figuresOf(recording));
  const end = recording.seen.at(-1)?.text === recording.task.text ? 'as it should be' : 'not as it should be';
  const { path: file } = trace.source;
  const strokes = recording.trace.strokes.length;
  const load = os.loadavg()[0]?.toFixed(0);
  console.log(`${trace.repository.name} ${file}: ${strokes} keys, the text is ${end}; load ${load}`);
  for (const fault of recording.trace.faults) console.log(`  ${fault}`);
  if (values.record === undefined) continue;
  mkdirSync(values.record, { recursive: true });
  const name = `${file.replaceAll('/', '-')}-${number}-${values.backend}.json`;
  writeFileSync(path.join(values.record, name), JSON.stringify(recording));
}
printFigures(`Foretype, ${values.backend}`, rows, true);
