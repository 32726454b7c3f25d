/**
 * An hour's typing in a few minutes: documents are opened, typed into with VS Code's own keys and closed, while one request in ten fails.
 * Prints the curve of memory and of the time to an answer, and whether they level off.
 *
 * usage: npm run bench:soak [-- <documents, 300 if not given> <keys, 50000>]
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { buildExtension } from '../../scripts/packaging.ts';
import type { SoakReading } from '../host/soak.ts';
import { launchBrowser, openEditor } from '../support/editorDriver.ts';
import { launchEditor } from '../support/editorLaunch.ts';
import { type ModelServer, startModelServer } from '../support/modelServer.ts';
import { projectRoot } from '../support/run.ts';
import { percentile } from './random.ts';

const documents = Number(process.argv[2] ?? 300);
const keys = Number(process.argv[3] ?? 50_000);

/** One request in so many fails. */
const failing = 10;

/** The bounds of the issue: growth of the heap after the first part, and the last part's p95 as a multiple of the first's. */
const mostGrowth = 0.1;
const mostDrift = 1.2;

const stop = new AbortController();
const server = await startModelServer({
  text: 'sum += line.price;\n',
  firstTokenMs: 40,
  tokensPerSecond: 400,
});
void failNowAndThen(server, stop.signal);
await buildExtension();
const suite = path.join(projectRoot, '.vscode-test/host/soak.cjs');
await mkdir(path.dirname(suite), { recursive: true });
await build({
  entryPoints: [path.join(projectRoot, 'test/host/soak.ts')],
  outfile: suite,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode'],
  logLevel: 'warning',
});
const editor = await launchEditor({
  extension: { kind: 'folder', folder: projectRoot },
  settings: {
    'foretype.backend': 'cloud',
    'foretype.cloud.endpoint': `${server.origin}/v1`,
    'foretypeSoak.documents': documents,
    'foretypeSoak.keys': keys,
  },
});
const browser = await launchBrowser();
const readings: SoakReading[] = [];
const started = performance.now();
try {
  await new Promise<void>((resolve, reject) => {
    const onLog = (_: string, args: readonly unknown[]) => {
      const json = /^soak: (\{.*\})/.exec(args.join(' '))?.[1];
      if (json !== undefined) show(JSON.parse(json) as SoakReading);
    };
    const onExit = (code: number) =>
      code === 0 ? resolve() : reject(new Error(`The soak ended with ${code}.`));
    openEditor(browser, editor, { suite, onLog, onExit }).catch(reject);
  });
} finally {
  stop.abort();
  await browser.close();
  await editor.close();
  await server.close();
}
conclude();

function show(reading: SoakReading): void {
  readings.push(reading);
  const { answers, heap, resources } = reading;
  const p = (share: number) => percentile(answers, share).toFixed(1).padStart(6);
  console.log(
    `${String(reading.documents).padStart(4)} documents ${String(reading.keys).padStart(6)} keys  heap ${heap.toFixed(1)} MB  ` +
      `answer p50 ${p(0.5)} p95 ${p(0.95)} ms (${answers.length})  resources ${resources}`,
  );
}

function conclude(): void {
  const [first, second] = readings;
  const last = readings.at(-1);
  if (!first || !second || !last) throw new Error('The soak was too short to tell.');
  const growth = last.heap / second.heap - 1;
  const drift = percentile(last.answers, 0.95) / percentile(first.answers, 0.95);
  const failed = server.requests.filter(({ end }) => end === 'failed').length;
  const open = server.requests.filter(({ end }) => end === 'open').length;
  console.log(`it took ${((performance.now() - started) / 60_000).toFixed(1)} minutes`);
  console.log(
    `requests kept in mind: ${server.requests.length}, of which failed ${failed}, still open ${open}`,
  );
  console.log(`heap after warm-up: ${(100 * growth).toFixed(1)} % (at most ${100 * mostGrowth} %)`);
  console.log(`p95 of the last part: ${drift.toFixed(2)} times that of the first (at most ${mostDrift})`);
  process.exitCode = growth <= mostGrowth && drift <= mostDrift ? 0 : 1;
}

async function failNowAndThen(model: ModelServer, signal: AbortSignal): Promise<void> {
  for (let next = failing - 1; !signal.aborted; next += failing) {
    try {
      await model.until((requests) => (requests.at(-1)?.number ?? 0) >= next, signal);
    } catch {
      return;
    }
    model.script({ fault: { kind: 'status', status: 500 }, faultTimes: 1 });
  }
}
