import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Prediction } from '../../src/builtin/index.ts';
import type { Completer } from '../../src/core/complete.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { Clock } from '../../src/core/ports.ts';
import { defaultSettings, type Settings } from '../../src/core/settings.ts';
import { type Shelf, StatsRecorder } from '../../src/core/statsRecorder.ts';
import { createEngine, type Engine } from '../../src/engine.ts';
import { createMeter, type Meter } from '../../src/usage/meter.ts';
import { grammarFiles } from '../bench/grammarFiles.ts';
import { calm } from '../support/calm.ts';
import { at } from '../support/caret.ts';
import { type ModelServer, startModelServer } from '../support/modelServer.ts';

/** Real time that can be made to jump, as when a laptop wakes up or its clock is set. */
export class JumpingClock implements Clock {
  #monotonic = 0;
  #wall = 0;

  now(): number {
    return performance.now() + this.#monotonic;
  }

  date(): number {
    return Date.now() + this.#wall;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    try {
      await wait(ms, undefined, { signal });
    } catch {
      signal.throwIfAborted();
    }
  }

  /** Lets `ms` pass at once for everyone who looks at the time; pauses that are over need not be waited for. */
  jump(ms: number, wallMs = ms): void {
    this.#monotonic += ms;
    this.#wall += wallMs;
  }
}

/** Small files that two windows share, and that can be made to fail. */
export class FaultyShelf implements Shelf {
  readonly files = new Map<string, string>();
  /** Thrown by everything that reads or writes, while it is set. */
  failure: { readonly reading?: Error; readonly writing?: Error } = {};

  async list(): Promise<readonly string[]> {
    if (this.failure.reading) throw this.failure.reading;
    return [...this.files.keys()];
  }

  async read(name: string): Promise<string | undefined> {
    if (this.failure.reading) throw this.failure.reading;
    return this.files.get(name);
  }

  async write(name: string, text: string): Promise<void> {
    if (this.failure.writing) throw this.failure.writing;
    this.files.set(name, text);
  }

  async remove(name: string): Promise<void> {
    if (this.failure.writing) throw this.failure.writing;
    this.files.delete(name);
  }
}

/** What a fault is put into. Members that are functions can be replaced while it runs. */
export interface World {
  readonly server: ModelServer;
  readonly clock: JumpingClock;
  readonly shelf: FaultyShelf;
  readonly lines: string[];
  /** Kinds of failure that the user is told of. */
  readonly told: string[];
  key: () => Promise<string | undefined>;
  fetch: typeof globalThis.fetch;
  runtime: () => Promise<Uint8Array>;
  predict: () => Prediction | undefined | Promise<Prediction | undefined>;
  settings: Settings;
  readonly meter: Meter;
  readonly engine: Engine;
  readonly completer: Completer;
  readonly stats: StatsRecorder;
  /** Settles when so many requests are on this window's account: tokens may have to be counted first. */
  recorded(count: number): Promise<void>;
  /** How many requests have been put on this window's account so far. */
  recordings(): number;
  /** Asks at the end of new text in a document; gives up after `patience` ms, as the next key does. */
  ask(patience?: number): Promise<Outcome>;
  close(): Promise<void>;
}

/** An address that is not this machine's; requests to it are brought to the world's server. */
export const elsewhereOrigin = 'https://models.example';

/** Bounds of time, ms: short, so that a fault is noticed while a test waits. */
const shortBounds = { connect: 800, firstToken: 800, between: 800 };

/** Bounds that a busy machine does not reach, for tests in which no server is slow. */
export const longBounds = { connect: 10_000, firstToken: 10_000, between: 10_000 };

/** One window of Foretype with a model server. `shared` is the storage of another window. */
export async function createWorld(
  change: Partial<Settings> = {},
  shared?: FaultyShelf,
  bounds = shortBounds,
): Promise<World> {
  const server = await startModelServer({ text: 'total += 1;' });
  const clock = new JumpingClock();
  const shelf = shared ?? new FaultyShelf();
  const lines: string[] = [];
  const told: string[] = [];
  const log = {
    info: (line: string) => void lines.push(line),
    warn: (line: string) => void lines.push(line),
    error: (line: string, error?: unknown) => void lines.push(`${line} ${String(error ?? '')}`),
  };
  const id = `window${Math.random().toString(36).slice(2)}`;
  const accounts = createMeter(shelf, clock, log, id);
  let recordings = 0;
  let heard = Promise.withResolvers<void>();
  const meter: Meter = {
    ...accounts,
    record: (entry) => {
      accounts.record(entry);
      recordings += 1;
      heard.resolve();
      heard = Promise.withResolvers();
    },
  };
  const stats = new StatsRecorder(id, shelf, clock, log);
  const ports = {
    key: async (): Promise<string | undefined> => 'sk-0123456789',
    fetch: (input: Parameters<typeof globalThis.fetch>[0], init?: RequestInit) =>
      globalThis.fetch(String(input).replace(elsewhereOrigin, server.origin), init),
    runtime: grammarFiles.runtime,
    predict: (): Prediction | undefined | Promise<Prediction | undefined> => undefined,
    settings: {
      ...defaultSettings,
      backend: 'cloud',
      'cloud.endpoint': server.origin,
      ...change,
    } as Settings,
  };
  const engine = createEngine({
    clock,
    log,
    workspace: { open: () => [], read: async () => undefined, list: async () => [] },
    languages: { ...grammarFiles, runtime: () => ports.runtime() },
    policy: { read: async () => undefined, realPath: async (file) => file, openedByUser: () => true },
    random: () => Math.random().toString(36).slice(2),
    predict: () => ports.predict(),
    network: {
      key: () => ports.key(),
      fetch: (...request) => ports.fetch(...request),
      memory: { get: () => undefined, set: () => undefined },
      machine: '',
      cacheKey: '',
      retries: 0,
      bounds,
    },
    meter,
    extraSources: [],
    answering: () => undefined,
    failed: (_, { kind }) => void told.push(kind),
  });
  const completer = engine.completer(() => undefined);
  let asked = 0;
  return Object.assign(ports, {
    server,
    clock,
    shelf,
    lines,
    told,
    meter,
    engine,
    completer,
    stats,
    recordings: () => recordings,
    recorded: async (count: number) => {
      while (recordings < count) await heard.promise;
    },
    ask: async (patience = 3000) => {
      asked += 1;
      return completer.complete({
        snapshot: at(`function count${asked}(list: number[]): number {\n  let total${asked} = 0;\n  █\n}\n`),
        trigger: 'invoked',
        circumstances: calm,
        settings: ports.settings,
        signal: AbortSignal.timeout(patience),
      });
    },
    close: async () => {
      completer.clear();
      engine.dispose();
      await server.close();
    },
  });
}

/** Asks until there is a suggestion, as a person who types on; pauses are jumped over. */
export async function recovered(world: World, most = 6): Promise<{ outcome: Outcome; tries: number }> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await world.ask();
    if (outcome.kind === 'suggest' || tries === most) return { outcome, tries };
    world.clock.jump(120_000);
  }
}

/** A server that accepts connections and never says a word. */
export async function silentServer(): Promise<{ origin: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
