/**
 * npm run bench:replay [-- --traces 3 --lines 14 --seed 1 --alone]
 *
 * A typist in the real editor: real keys with human timing type a removed region of a real file, while a model server that knows the
 * region answers as gpt-4o-mini does in time and speed, and goes wrong at one line in four. A right suggestion that has been visible for
 * 300 ms is taken. Files are those of packages in node_modules. A naive client types the same (not with `--alone`).
 */
import { globSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packagedExtension } from '../../scripts/packaging.ts';
import { launchBrowser, openEditor } from '../support/editorDriver.ts';
import { type ExtensionFrom, launchEditor } from '../support/editorLaunch.ts';
import { projectRoot } from '../support/run.ts';
import { seeded } from './random.ts';
import { figuresOf, type Trace } from './replayFigures.ts';
import { type Region, startKnowingServer } from './replayModel.ts';
import { keybindings, typeRegion } from './replayTypist.ts';

const { values } = parseArgs({
  options: {
    traces: { type: 'string', default: '3' },
    lines: { type: 'string', default: '14' },
    seed: { type: 'string', default: '1' },
    alone: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const lines = Number(values.lines);

/** Sources of packages that are here anyway: TypeScript, written by people. */
const sources = path.join(projectRoot, 'node_modules/openai/src');

/** A file and its neighbours in a workspace of their own, with the region removed from it. */
async function workspaceFor(
  { path: file, text, from, to }: Region,
  others: readonly string[],
): Promise<string> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'foretype-replay-'));
  for (const name of [file, ...others]) {
    await mkdir(path.dirname(path.join(workspace, name)), { recursive: true });
    await cp(path.join(sources, name), path.join(workspace, name));
  }
  await writeFile(path.join(workspace, file), text.slice(0, from) + text.slice(to));
  return workspace;
}

/** A region of some lines somewhere in a file that is neither tiny nor huge. */
async function regionOf(random: () => number, files: readonly string[]): Promise<Region> {
  for (;;) {
    const file = files[Math.floor(random() * files.length)] ?? '';
    const text = (await readFile(path.join(sources, file), 'utf8')).replaceAll('\r', '');
    const starts = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
    if (starts.length < lines + 40 || starts.length > 1500) continue;
    const first = 20 + Math.floor(random() * (starts.length - lines - 30));
    const [from, to] = [starts[first], starts[first + lines]];
    if (from === undefined || to === undefined) continue;
    const region = { path: file, text, from, to: to - 1 };
    const code = text
      .slice(from, to)
      .split('\n')
      .filter((line) => !/^\s*(\*|\/\*|\/\/|$)/.test(line));
    if (code.length > lines / 2) return region;
  }
}

/** Who completes: Foretype, and the client that most people would write first. */
interface Client {
  readonly name: string;
  /** A text in the status bar once it is active. */
  readonly sign: RegExp;
  readonly extension: ExtensionFrom;
  settings(endpoint: string): Readonly<Record<string, unknown>>;
}

async function replay(
  client: Client,
  region: Region,
  others: readonly string[],
  traceSeed: number,
): Promise<Trace> {
  let at = region.from;
  const knowing = await startKnowingServer(region, traceSeed, () => at);
  const workspace = await workspaceFor(region, others);
  const server = await launchEditor({
    extension: client.extension,
    workspace,
    keybindings,
    settings: {
      ...client.settings(`${knowing.server.origin}/v1`),
      'editor.autoClosingBrackets': 'never',
      'editor.autoClosingQuotes': 'never',
      'editor.autoIndent': 'none',
      'editor.formatOnType': false,
    },
  });
  const browser = await launchBrowser();
  try {
    const line = region.text.slice(0, region.from).split('\n').length;
    const editor = await openEditor(browser, server, { file: others[0] ?? region.path });
    await editor.waitForStatus(client.sign);
    for (const other of others) await editor.open(other, 1, 1);
    await editor.open(region.path, line, 1);
    const timeOrigin = await editor.page.evaluate<number>('performance.timeOrigin');
    await editor.startRecording();
    const typed = await typeRegion(editor, region, traceSeed, (moved) => {
      at = moved;
    });
    const record = await editor.stopRecording();
    await editor.save();
    const saved = await readFile(path.join(server.workspace, region.path), 'utf8');
    const differsAt = firstDifference(saved, region.text);
    if (differsAt !== undefined) {
      const [was, wanted] = [saved, region.text].map((text) => text.slice(differsAt - 60, differsAt + 40));
      throw new Error(`void: what was typed is not the text.\n${was}\n--- instead of\n${wanted}`);
    }
    return { typed, record, timeOrigin, requests: knowing.server.requests, streamed: knowing.streamed() };
  } finally {
    await browser.close();
    await Promise.all([server.close(), knowing.server.close()]);
    await rm(workspace, { recursive: true, force: true });
  }
}

const random = seeded(seed);
const files = globSync('**/*.ts', { cwd: sources })
  .map((file) => file.replaceAll('\\', '/'))
  .sort();
const everyone: readonly Client[] = [
  {
    name: 'Foretype',
    sign: /Foretype/,
    extension: { kind: 'vsix', file: await packagedExtension() },
    settings: (endpoint) => ({ 'foretype.backend': 'cloud', 'foretype.cloud.endpoint': endpoint }),
  },
  {
    name: 'naive client (300 ms, cancel on key, exact cache, no stream)',
    sign: /Naive/,
    extension: { kind: 'folder', folder: path.join(import.meta.dirname, 'naive') },
    settings: (endpoint) => ({ 'naive.endpoint': endpoint }),
  },
];
const clients = everyone.slice(0, values.alone ? 1 : undefined);
const traces = new Map<string, Trace[]>(clients.map(({ name }) => [name, []]));
for (let number = 1; number <= Number(values.traces); number++) {
  const region = await regionOf(random, files);
  const folder = path.posix.dirname(region.path);
  const neighbours = files.filter((file) => path.posix.dirname(file) === folder && file !== region.path);
  for (const client of clients) {
    console.log(`trace ${number}, ${client.name}: ${region.path}, ${labelOf(region)}`);
    try {
      const trace = await replay(client, region, neighbours.slice(0, 3), seed * 100 + number);
      traces.get(client.name)?.push(trace);
      print([trace]);
    } catch (error) {
      console.log(`  ${error instanceof Error ? error.message : error}`);
    }
  }
}
for (const [name, played] of traces) {
  console.log(`\n${name}, ${played.length} traces`);
  print(played);
}

function print(played: readonly Trace[]): void {
  for (const [name, value] of figuresOf(played)) console.log(`  ${name.padEnd(44)} ${value}`);
}

/** Where two texts begin to differ; undefined if they do not. White space at line ends does not count. */
function firstDifference(one: string, other: string): number | undefined {
  const [a, b] = [one, other].map((text) => text.replaceAll(/[ \t]+$/gm, ''));
  if (a === b) return undefined;
  return [...(a ?? '')].findIndex((character, at) => character !== b?.[at]);
}

function labelOf({ text, from, to }: Region): string {
  return `${to - from} characters from line ${text.slice(0, from).split('\n').length}`;
}
