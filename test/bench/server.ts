/**
 * What Foretype makes of a server that it has not seen: `npm run bench:server -- <address> [cloud]` points the whole engine at it with no
 * setting beside the address, and prints who it is found to be, what it can do, a completion, an explanation, each request that was
 * made, and the meter's count beside the server's own.
 */
import { randomBytes } from 'node:crypto';
import { findServers } from '../../src/backends/detect.ts';
import { probeServer } from '../../src/backends/probe.ts';
import { BackendError } from '../../src/core/errors.ts';
import { explain } from '../../src/core/explain.ts';
import { languageOf } from '../../src/core/languages.ts';
import type { Workspace } from '../../src/core/ports.ts';
import { defaultSettings, type Settings } from '../../src/core/settings.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { createEngine } from '../../src/engine.ts';
import { createMeter } from '../../src/usage/meter.ts';
import { diskWorkspace, realClock, stderrLog } from './contextEngine.ts';
import { grammarFiles } from './grammarFiles.ts';

const [address = '', kind = 'local'] = process.argv.slice(2);
if (address === '') throw new Error('usage: npm run bench:server -- <address> [cloud]');

/** The most of an answer that is printed. Characters. */
const printed = 200;

const asked: string[] = [];
const fetchNoted: typeof globalThis.fetch = async (input, init) => {
  const line = `${init?.method ?? 'GET'} ${new URL(String(input)).pathname}`;
  const at = asked.push(`${line} …`) - 1;
  const start = performance.now();
  try {
    const response = await fetch(input, init);
    asked[at] = `${line} ${response.status} ${(performance.now() - start).toFixed(0)} ms`;
    return response;
  } catch (error) {
    asked[at] = `${line} failed: ${String(error)}`;
    throw error;
  }
};

const files = new Map<string, string>();
const meter = createMeter(
  {
    list: async () => [...files.keys()],
    read: async (name) => files.get(name),
    write: async (name, text) => void files.set(name, text),
    remove: async (name) => void files.delete(name),
  },
  realClock,
  stderrLog,
  'bench',
);
const memory = new Map<string, unknown>();
const nowhere: Workspace = diskWorkspace('/nonexistent', () => []);
const engine = createEngine({
  clock: realClock,
  log: { ...stderrLog, info: (line) => console.error(line) },
  workspace: nowhere,
  languages: grammarFiles,
  policy: { read: async () => undefined, realPath: async (path) => path, openedByUser: () => true },
  random: () => randomBytes(4).toString('hex'),
  predict: () => undefined,
  network: {
    key: async () => process.env['FORETYPE_BENCH_KEY'],
    fetch: fetchNoted,
    memory: { get: (name) => memory.get(name), set: (name, value) => void memory.set(name, value) },
    machine: '',
    cacheKey: '',
    retries: 1,
  },
  meter,
  extraSources: [],
  answering: ({ answering, because }) =>
    console.log(
      `status: ${answering ?? 'nobody'} answers${because ? `, ${because.kind}: ${because.message}` : ''}`,
    ),
  failed: (_backend, error) => console.log(`told once: ${error.kind}: ${error.message}`),
});
const settings: Settings =
  kind === 'cloud'
    ? { ...defaultSettings, backend: 'cloud', 'cloud.endpoint': address }
    : { ...defaultSettings, backend: 'local', 'local.endpoint': address };

const typescript = `interface Item {\n  readonly price: number;\n  readonly count: number;\n}\n\nexport function total(items: readonly Item[]): number {\n  let sum = 0;\n  for (const item of items) {\n    █\n  }\n  return sum;\n}\n`;
const python = `def total(items):\n    """The price of all items."""\n    result = █\n    return result\n`;

await section('found on this machine', async () => {
  for (const { name, endpoint, models } of await findServers(fetchNoted, realClock, [address], never())) {
    console.log(`${name} at ${endpoint}: ${models.join(', ')}`);
  }
});
await section('what it can do', async () =>
  console.log(await probeServer(address, '', engine.backendPorts, never())),
);
memory.clear();
for (const [path, marked] of [
  ['sum.ts', typescript],
  ['sum.py', python],
] as const) {
  await section(`completion in ${path}`, () => completion(path, marked));
}
await section('explanation', explanation);
// What is given up is counted a moment later.
await realClock.sleep(500, never());
console.table(meter.rows());
engine.dispose();

async function completion(path: string, marked: string): Promise<void> {
  const snapshot = snapshotOf(path, marked);
  await engine.syntax.ready(snapshot.languageId);
  const completer = engine.completer(() => undefined);
  const outcome = await completer.complete({
    snapshot,
    trigger: 'invoked',
    circumstances: {
      unsuitable: false,
      selecting: false,
      cursors: 1,
      caretMoved: false,
      popupDisagrees: false,
      tooLarge: false,
      paused: false,
    },
    settings,
    signal: never(),
  });
  console.log(outcome.kind === 'suggest' ? { kind: outcome.kind, text: outcome.suggestion.text } : outcome);
  const backend = engine.chain.pick(settings);
  if (backend instanceof BackendError) return;
  console.log(`as ${backend.id}, dialect ${JSON.stringify(backend.dialect)}`);
  const cleared = engine.privacy.clear(engine.syntax.survey(snapshot), [], settings);
  const { prompt } = cleared.seal(engine.compose(cleared.site, [], backend.dialect, settings));
  await raw(backend.stream({ prompt, site: cleared.site, settings }, never()));
}

async function raw(
  answer: AsyncIterable<{ readonly text: string; readonly usage?: unknown }>,
): Promise<void> {
  let text = '';
  let chunks = 0;
  let usage: unknown;
  try {
    for await (const chunk of answer) {
      text += chunk.text;
      chunks += 1;
      usage = chunk.usage ?? usage;
    }
  } catch (error) {
    console.log('raw:', String(error));
  }
  console.log(
    `raw: ${chunks} chunks, usage ${JSON.stringify(usage)}: ${JSON.stringify(text.slice(0, printed))}`,
  );
}

async function explanation(): Promise<void> {
  const snapshot = snapshotOf('sum.ts', typescript);
  const backend = engine.chain.pick(settings);
  if (backend instanceof BackendError) return console.log(`${backend.kind}: ${backend.message}`);
  const turns = explain(
    {
      subject: { kind: 'code', snapshot, span: { start: 0, end: snapshot.text.length } },
      earlier: [],
      question: '',
      language: 'en',
      backend,
      settings,
    },
    {
      survey: engine.syntax.survey,
      gather: engine.context.gather,
      guard: engine.privacy,
      compose: engine.composeExplain,
      clock: realClock,
    },
    AbortSignal.timeout(120_000),
  );
  let steps = 0;
  for await (const turn of turns) {
    steps += 1;
    if (turn.state.kind === 'thinking' || turn.state.kind === 'writing') continue;
    console.log(turn.state, turn.usage, `${steps} steps, ${turn.text.length} characters:`);
    console.log(JSON.stringify(turn.text.slice(0, printed)));
  }
}

async function section(title: string, run: () => Promise<void>): Promise<void> {
  console.log(`\n${title}`);
  asked.length = 0;
  const start = performance.now();
  await run();
  console.log(
    `in ${(performance.now() - start).toFixed(0)} ms; asked: ${asked.filter((line) => !/ECONNREFUSED|fetch failed/.test(line)).join(' | ')}`,
  );
}

function snapshotOf(path: string, marked: string): Snapshot {
  const caret = marked.indexOf('█');
  const text = marked.replace('█', '');
  return {
    uri: `file:///${path}`,
    path,
    languageId: languageOf(path) ?? 'plaintext',
    version: 1,
    text,
    caret,
    indentUnit: '  ',
  };
}

function never(): AbortSignal {
  return new AbortController().signal;
}
