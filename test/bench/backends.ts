/**
 * What Foretype adds to a raw fetch of the same stream, and what it keeps of a request, in one run:
 * `npm run bench:backends [requests]`. The server runs in a worker thread, so that it does not share the client's event loop.
 */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { createBackend } from '../../src/backends/index.ts';
import { withoutUserText } from '../../src/core/cleared.ts';
import type { Backend, BackendRequest } from '../../src/core/ports.ts';
import { defaultSettings, type Settings } from '../../src/core/settings.ts';
import { systemClock } from '../../src/editor/clock.ts';
import { countedFetch } from '../../src/editor/network.ts';
import { createSentLog } from '../../src/privacy/sent.ts';
import { createMeter } from '../../src/usage/meter.ts';
import { metered } from '../../src/usage/metered.ts';
import { startModelServer } from '../support/modelServer.ts';

const answer =
  'const total = items.map((item) => item.price * item.count).reduce((sum, price) => sum + price, 0);';
const prompt = 'export function totalOf(items: readonly Item[]): number {\n'.repeat(60);

if (isMainThread) await main(Number(process.argv[2] ?? 10_000));
else await serve();

async function serve(): Promise<void> {
  const server = await startModelServer({ text: answer }, { keep: 10 });
  parentPort?.postMessage(server.origin);
}

async function main(requests: number): Promise<void> {
  const worker = new Worker(new URL(import.meta.url));
  const origin = await new Promise<string>((resolve) => worker.once('message', resolve));
  const rows = [
    await overhead('cloud, chat', 'cloud', { 'cloud.endpoint': origin }, '/v1/chat/completions'),
    await overhead(
      'local, /infill',
      'local',
      { 'local.endpoint': origin, 'local.protocol': 'infill' },
      '/infill',
    ),
  ];
  console.log('time to the first text, 1000 requests each, alternating (ms)');
  console.table(Object.fromEntries(rows));
  await retained(origin, requests);
  await worker.terminate();
}

/** Medians of the time to the first text: raw fetch against the whole of a backend. */
async function overhead(
  name: string,
  kind: 'cloud' | 'local',
  change: Partial<Settings>,
  path: string,
): Promise<readonly [string, Record<string, string>]> {
  const settings: Settings = { ...defaultSettings, ...change };
  const origin = settings['cloud.endpoint'] || settings['local.endpoint'];
  const backend = makeBackend(kind, settings);
  await backend.ready?.(new AbortController().signal);
  const request = requestOf(kind, settings);
  const body = JSON.stringify({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: prompt }],
    input_prefix: prompt,
    input_suffix: '\n',
    prompt: '',
    max_tokens: 256,
    n_predict: 256,
    stream: true,
    logprobs: true,
    n_probs: 1,
    stream_options: { include_usage: true },
  });
  const raw: number[] = [];
  const whole: number[] = [];
  const ends: [number[], number[]] = [[], []];
  for (let time = 0; time < 1050; time += 1) {
    const [rawFirst, rawEnd] = await rawTimes(origin + path, body);
    const [first, end] = await backendTimes(backend, request);
    // The first fifty warm up the compiler and the connections.
    if (time < 50) continue;
    raw.push(rawFirst);
    whole.push(first);
    ends[0].push(rawEnd);
    ends[1].push(end);
  }
  const ms = (value: number): string => value.toFixed(3);
  return [
    name,
    {
      'raw fetch, median': ms(quantile(raw, 0.5)),
      'Foretype, median': ms(quantile(whole, 0.5)),
      'added, median': ms(quantile(whole, 0.5) - quantile(raw, 0.5)),
      'added, 95th percentile': ms(quantile(whole, 0.95) - quantile(raw, 0.95)),
      'added to the whole answer, median': ms(quantile(ends[1], 0.5) - quantile(ends[0], 0.5)),
    },
  ];
}

async function rawTimes(url: string, body: string): Promise<readonly [number, number]> {
  const start = performance.now();
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  const decoder = new TextDecoder();
  let first: number | undefined;
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (first === undefined && /"content":"\w/.test(text)) first = performance.now() - start;
  }
  return [first ?? Number.NaN, performance.now() - start];
}

async function backendTimes(backend: Backend, request: BackendRequest): Promise<readonly [number, number]> {
  const start = performance.now();
  let first: number | undefined;
  for await (const chunk of backend.stream(request, new AbortController().signal)) {
    if (chunk.text !== '') first ??= performance.now() - start;
  }
  return [first ?? Number.NaN, performance.now() - start];
}

/** What is left on the heap after many requests, finished, given up and failed, with the meter running. */
async function retained(origin: string, requests: number): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const settings: Settings = { ...defaultSettings, 'cloud.endpoint': origin };
  const backend = makeBackend('cloud', settings);
  const request = requestOf('cloud', settings);
  const heap = async (): Promise<number> => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    collect();
    collect();
    return process.memoryUsage().heapUsed;
  };
  // Nobody listens there, and with a fallback nothing is tried twice.
  const away: Settings = {
    ...settings,
    backend: 'cloud',
    'cloud.endpoint': 'http://127.0.0.1:1',
    fallback: ['builtin'],
  };
  const failing = makeBackend('cloud', away);
  const run = async (count: number): Promise<void> => {
    for (let time = 0; time < count; time += 1) {
      const stop = new AbortController();
      const fails = time % 10 === 2;
      try {
        for await (const _ of (fails ? failing : backend).stream(request, stop.signal)) {
          if (time % 10 === 0) break;
          if (time % 10 === 1) stop.abort();
        }
      } catch (error) {
        if (!stop.signal.aborted && !fails) throw error;
      }
    }
  };
  await run(Math.min(2000, requests));
  const before = await heap();
  await run(requests);
  const after = await heap();
  const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} kB`;
  console.log(
    `heap after ${Math.min(2000, requests)} requests ${kilobytes(before)}, after ${requests} more ${kilobytes(after)}: ` +
      `${((after - before) / requests).toFixed(1)} bytes a request`,
  );
}

function makeBackend(kind: 'cloud' | 'local', settings: Settings): Backend {
  const quiet = () => undefined;
  const log = { info: quiet, warn: quiet, error: quiet };
  const kept = new Map<string, unknown>();
  const files = new Map<string, string>();
  const meter = createMeter(
    {
      list: async () => [...files.keys()],
      read: async (name) => files.get(name),
      write: async (name, text) => void files.set(name, text),
      remove: async (name) => void files.delete(name),
    },
    systemClock,
    log,
    'bench',
  );
  const backend = createBackend(kind, settings, {
    key: async () => 'sk-bench',
    // As the extension has it: every exchange is entered in the privacy ledger.
    fetch: createSentLog(systemClock).watch(countedFetch(() => undefined)),
    clock: systemClock,
    log,
    memory: { get: (name) => kept.get(name), set: (name, value) => void kept.set(name, value) },
    templateFor: () => undefined,
    countTokens: async (text) => text.length,
    machine: '',
    cacheKey: '',
    retries: 1,
  });
  return metered(backend, meter);
}

function requestOf(kind: 'cloud' | 'local', settings: Settings): BackendRequest {
  const snapshot = {
    uri: 'file:///bench.ts',
    path: 'bench.ts',
    languageId: 'typescript',
    version: 1,
    text: prompt,
    caret: prompt.length,
    indentUnit: '  ',
  };
  const site = { snapshot, zone: 'code', extent: 'block', scopes: [], nextLine: '' } as const;
  const bounds = { stop: ['\n\n\n'], maxTokens: 256 };
  return {
    site,
    settings,
    prompt: withoutUserText(
      kind === 'cloud'
        ? { kind: 'chat', messages: [{ role: 'user', content: prompt }], ...bounds }
        : { kind: 'fill', prefix: prompt, suffix: '\n', snippets: [], ...bounds },
    ),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}
