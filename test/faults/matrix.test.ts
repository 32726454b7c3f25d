import { afterAll, afterEach, expect, test } from 'vitest';
import type { BackendErrorKind } from '../../src/core/errors.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { Settings } from '../../src/core/settings.ts';
import { createMeter } from '../../src/usage/meter.ts';
import {
  createWorld,
  elsewhereOrigin,
  FaultyShelf,
  longBounds,
  recovered,
  silentServer,
  type World,
} from './rig.ts';

/** What goes wrong, and what is to be seen of it. */
interface Fault {
  readonly settings?: Partial<Settings>;
  /** Puts the fault into the world; what comes back takes it out again. */
  inject(world: World): (() => void) | Promise<() => void>;
  /** The failure that the status names, or `works` where suggestions go on. */
  readonly state: readonly BackendErrorKind[] | 'works' | 'nothing';
  /** A line for the log. */
  readonly log?: RegExp;
}

const noSpace = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
const noRights = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
/** A server that needs a key; what is sent there arrives at the world's own. */
const elsewhere: Partial<Settings> = { 'cloud.endpoint': elsewhereOrigin };
const never = <T>() => new Promise<T>(() => undefined);

const faults: Readonly<Record<string, Fault>> = {
  'the connection is reset': {
    inject: ({ server }) => {
      server.script({ fault: { kind: 'cut', afterTokens: 0 } });
      return () => server.script({ fault: { kind: 'none' } });
    },
    state: ['unreachable', 'garbled', 'server'],
  },
  'the server is slow': {
    inject: ({ server }) => {
      server.script({ firstTokenMs: 5000 });
      return () => server.script({ firstTokenMs: 0 });
    },
    state: ['timed-out'],
  },
  'the connection is half open': {
    inject: async (world) => {
      const silent = await silentServer();
      const before = world.settings;
      world.settings = { ...before, 'cloud.endpoint': silent.origin };
      return () => {
        world.settings = before;
        void silent.close();
      };
    },
    state: ['timed-out', 'unreachable'],
  },
  'the name is not found': {
    inject: (world) => {
      const { fetch } = world;
      world.fetch = () =>
        Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } }));
      return () => {
        world.fetch = fetch;
      };
    },
    state: ['unreachable'],
  },
  'the server says 500': {
    inject: ({ server }) => {
      server.script({ fault: { kind: 'status', status: 500 } });
      return () => server.script({ fault: { kind: 'none' } });
    },
    state: ['server'],
  },
  'the clock jumps a night ahead': {
    inject: ({ clock }) => {
      clock.jump(8 * 3_600_000);
      return () => undefined;
    },
    state: 'works',
  },
  'the clock is set back by a day': {
    inject: ({ clock }) => {
      clock.jump(0, -86_400_000);
      return () => clock.jump(0, 86_400_000);
    },
    state: 'works',
  },
  'the disk is full': {
    inject: ({ shelf }) => {
      shelf.failure = { writing: noSpace };
      return () => {
        shelf.failure = {};
      };
    },
    state: 'works',
    log: /could not be written|ENOSPC/,
  },
  'the state files cannot be read': {
    inject: ({ shelf }) => {
      shelf.failure = { reading: noRights };
      return () => {
        shelf.failure = {};
      };
    },
    state: 'works',
    log: /EACCES/,
  },
  'the state files are damaged': {
    inject: ({ shelf }) => {
      shelf.files.set('broken.usage.json', '{"ledgers":[{"id":"x","rows":[{"day":');
      shelf.files.set('binary.usage.json', '\u0000\u0001\u0002');
      shelf.files.set('other.stats.json', '[1,2,{"rows":7}]');
      return () => undefined;
    },
    state: 'works',
    log: /binary\.usage\.json is damaged/,
  },
  'the secret storage fails': {
    settings: elsewhere,
    inject: (world) => {
      const { key } = world;
      world.key = () => Promise.reject(new Error('The keyring is locked.'));
      return () => {
        world.key = key;
      };
    },
    state: ['no-key'],
  },
  'the secret storage hangs': {
    settings: elsewhere,
    inject: (world) => {
      const { key } = world;
      world.key = () => never();
      return () => {
        world.key = key;
      };
    },
    state: ['no-key', 'timed-out'],
  },
  'tree-sitter does not load': {
    inject: (world) => {
      world.runtime = () => Promise.reject(new Error('wasm is not allowed here'));
      return () => undefined;
    },
    state: 'works',
  },
  'the predictor’s thread fails': {
    settings: { backend: 'builtin' },
    inject: (world) => {
      world.predict = () => Promise.reject(new Error('The thread has crashed.'));
      return () => {
        world.predict = () => ({ text: 'total += 1;', confidence: 0.9 });
      };
    },
    state: ['garbled', 'server'],
  },
  'the predictor’s thread hangs': {
    settings: { backend: 'builtin' },
    inject: (world) => {
      world.predict = () => never();
      return () => {
        world.predict = () => ({ text: 'total += 1;', confidence: 0.9 });
      };
    },
    state: 'nothing',
  },
};

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function worldWith({ settings, inject }: Fault): Promise<{ world: World; heal: () => void }> {
  const world = await createWorld(settings);
  worlds.push(world);
  return { world, heal: await inject(world) };
}

function stateOf(outcome: Outcome): string {
  if (outcome.kind === 'suggest') return 'works';
  return outcome.kind === 'failed' ? outcome.error.kind : 'nothing';
}

/** Requests that all windows together have on their accounts. */
async function accounted(shelf: FaultyShelf, world: World): Promise<number> {
  const reader = createMeter(shelf, world.clock, { info() {}, warn() {}, error() {} }, 'reader');
  await reader.refresh();
  return reader.rows().reduce((sum, { requests }) => sum + requests, 0);
}

const cases = Object.entries(faults);

const columns = ['typing', 'state', 'recovery', 'accounts'] as const;
const seen = new Map<string, Partial<Record<(typeof columns)[number], string>>>();

/** Notes what was observed in a cell of the matrix. */
function observe(fault: string, column: (typeof columns)[number], what: string): void {
  seen.set(fault, { ...seen.get(fault), [column]: what });
}

afterAll(() => {
  const rows = [...seen].map(([fault, cells]) => [
    fault,
    ...columns.map((column) => cells[column] ?? 'not observed'),
  ]);
  const widths = ['fault', ...columns].map((head, at) =>
    Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  for (const row of [['fault', ...columns], ...rows])
    console.info(row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '));
});

test.each(cases)('%s: a key that comes is answered at once', async (name, fault) => {
  const { world } = await worldWith(fault);
  const started = performance.now();
  const turned = new Promise<number>((resolve) => setImmediate(() => resolve(performance.now() - started)));
  const given = world.ask(50);
  const turn = await turned;
  // The next key ends the wait: the promise settles, and it never rejects.
  const { kind } = await given;
  expect(['suggest', 'silent', 'failed']).toContain(kind);
  observe(name, 'typing', `loop free after ${turn.toFixed(0)} ms, then ${kind}`);
});

test.each(cases)('%s: the state has a name', async (name, fault) => {
  const { world } = await worldWith(fault);
  const state = stateOf(await world.ask());
  if (fault.log) {
    await world.recorded(1);
    await world.meter.flush();
    await world.meter.refresh();
  }
  expect(fault.state === 'works' || fault.state === 'nothing' ? [fault.state] : fault.state).toContain(state);
  if (fault.log) expect(world.lines.join('\n')).toMatch(fault.log);
  observe(name, 'state', fault.log ? `${state}, and in the log` : state);
});

test.each(cases)('%s: afterwards all is well by itself', async (name, fault) => {
  const { world, heal } = await worldWith(fault);
  const failed = (await world.ask()).kind === 'failed';
  heal();
  const { outcome, tries } = await recovered(world);
  expect(stateOf(outcome)).toBe('works');
  const lastLine = world.lines.findLast((line) => line.startsWith('Answers come from'));
  if (failed) expect(lastLine).toBe(`Answers come from ${world.settings.backend}.`);
  observe(name, 'recovery', `at try ${tries}${failed ? ', and in the log' : ''}`);
});

test.each(cases)('%s: no account is lost and none is counted twice', async (name, fault) => {
  const { world, heal } = await worldWith(fault);
  await world.ask();
  heal();
  await recovered(world);
  const answered = world.server.requests.filter(({ tokensSent }) => tokensSent > 0).length;
  if (world.settings.backend === 'cloud') await world.recorded(answered);
  await world.meter.flush();
  const own = world.meter.rows().reduce((sum, { requests }) => sum + requests, 0);
  expect(await accounted(world.shelf, world)).toBe(own);
  if (world.settings.backend === 'cloud') {
    expect(own).toBeGreaterThanOrEqual(answered);
    expect(own).toBeLessThanOrEqual(world.server.requests.length);
  }
  observe(name, 'accounts', `${own} of ${answered} answered and ${world.server.requests.length} asked`);
});

test('the window is closed in mid-stream: the stream ends, and what it took is on the account', async () => {
  const shelf = new FaultyShelf();
  const first = await createWorld({}, shelf, longBounds);
  first.server.script({ text: 'a = 1;\n  b = 2;\n  c = 3;\n  d = 4;', tokensPerSecond: 20 });
  await first.ask();
  first.completer.clear();
  await first.server.until((all) => all.every(({ end }) => end !== 'open'), AbortSignal.timeout(5000));
  await first.recorded(1);
  await first.meter.flush();
  const { requests } = first.server;
  await first.close();
  const second = await createWorld({}, shelf, longBounds);
  worlds.push(second);
  expect(requests.map(({ end }) => end)).toEqual(['hung-up']);
  expect(await accounted(shelf, second)).toBe(1);
  expect(stateOf((await recovered(second)).outcome)).toBe('works');
});

test('two windows on one storage: what both spend is counted once, by both', async () => {
  const shelf = new FaultyShelf();
  const [one, two] = [await createWorld({}, shelf, longBounds), await createWorld({}, shelf, longBounds)];
  worlds.push(one, two);
  await Promise.all([one.ask(), two.ask()]);
  await Promise.all([one.ask(), two.ask()]);
  for (const { completer, server, recorded } of [one, two]) {
    completer.clear();
    await server.until((all) => all.every(({ end }) => end !== 'open'), AbortSignal.timeout(5000));
    await recorded(1);
  }
  const recordings = () => one.recordings() + two.recordings();
  let total: number;
  do {
    // The tokens of a stream that was hung up are counted afterwards; a look that began before may be the one that is waited for.
    total = recordings();
    for (const { meter } of [one, two]) await meter.flush();
    for (const { meter } of [one, two, one, two]) await meter.refresh();
  } while (total !== recordings());
  for (const { meter } of [one, two]) {
    expect(meter.rows().reduce((sum, { requests }) => sum + requests, 0)).toBe(total);
  }
});
