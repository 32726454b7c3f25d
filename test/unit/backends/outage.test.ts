import { expect, onTestFinished, test } from 'vitest';
import { createChain } from '../../../src/backends/chain.ts';
import { createBackend } from '../../../src/backends/index.ts';
import { Completer } from '../../../src/core/complete.ts';
import { BackendError } from '../../../src/core/errors.ts';
import { Pace } from '../../../src/core/pace.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { calm } from '../../support/calm.ts';
import { at, siteOf } from '../../support/caret.ts';
import type { Fault } from '../../support/modelServer.ts';
import { openGuard } from '../../support/openGuard.ts';
import { silentBackend } from '../../support/silentBackend.ts';
import { portsWith, realClock, serverWith, settingsWith } from './rig.ts';

const typed = 'const total = items.map((item) => item.price).reduce((sum, price) => sum + price, 0);';

/** The completer with real backends. `key` types the next character and says what came: the beginning of the suggestion, or why none. */
function stageWith(settings: Settings, ms = 10_000): { key: () => Promise<string>; failures: number[] } {
  const failures: number[] = [];
  const ports = portsWith({ bounds: { connect: ms, firstToken: ms, between: ms } });
  const chain = createChain({
    make: (kind, made) => createBackend(kind === 'cloud' ? 'cloud' : 'local', made, ports),
    refuse: () => undefined,
    clock: realClock,
    changed: () => undefined,
    failed: () => failures.push(realClock.now()),
  });
  const completer = new Completer(
    {
      survey: siteOf,
      backends: chain,
      pace: new Pace(realClock),
      instant: silentBackend,
      guard: openGuard,
      gather: async () => [],
      compose: () => ({ kind: 'chat', messages: [{ role: 'user', content: 'x' }], stop: [], maxTokens: 32 }),
      refine: () => (answer) => ({ kind: 'keep', text: answer.text, replace: 0 }),
      clock: realClock,
    },
    () => undefined,
  );
  onTestFinished(() => {
    chain.dispose();
    completer.clear();
  });
  let length = 14;
  const key = async (): Promise<string> => {
    length = 15 + ((length - 14) % 60);
    const snapshot = at(`${typed.slice(0, length)}█`, { uri: 'file:///a.ts' });
    completer.changed(snapshot, realClock.now());
    const signal = AbortSignal.timeout(15_000);
    const ask = { snapshot, trigger: 'typing', circumstances: calm, settings, signal } as const;
    const outcome = await completer.complete(ask);
    return outcome.kind === 'suggest' ? outcome.suggestion.text.slice(0, 6) : outcome.kind;
  };
  return { key, failures };
}

const outages: Readonly<Record<string, Fault>> = {
  'breaks connections': { kind: 'cut', afterTokens: 0 },
  'answers 503': { kind: 'status', status: 503 },
  'limits the rate': { kind: 'status', status: 429, retryAfter: '1' },
  hangs: { kind: 'hang', afterTokens: 0 },
};

test.each(Object.entries(outages))(
  'when the cloud %s in the middle of typing, the next backend answers that very keystroke, and the cloud is back after it',
  async (name, fault) => {
    const cloud = await serverWith({ text: '/* cloud */', serve: ['chat'] });
    const local = await serverWith({ text: '/* local */', serve: ['chat'] });
    const { key, failures } = stageWith(
      settingsWith({
        backend: 'cloud',
        fallback: ['local'],
        'cloud.endpoint': cloud.origin,
        'local.endpoint': local.origin,
      }),
      // Only where it has to be waited out is the bound short, yet long enough for a busy machine.
      fault.kind === 'hang' ? 2000 : 10_000,
    );
    expect(await key()).toBe('/* clo');
    cloud.script({ fault });
    expect(await key()).toBe('/* loc');
    const carried = realClock.now() - (failures[0] ?? 0);
    expect(await key()).toBe('/* loc');
    cloud.reset();
    const recovered = realClock.now();
    while ((await key()) !== '/* clo') await realClock.sleep(50, AbortSignal.timeout(10_000));
    const back = (realClock.now() - recovered) / 1000;
    console.log(
      `cloud ${name}: next backend ${carried.toFixed(0)} ms after it failed; back after ${back.toFixed(2)} s`,
    );
  },
);

test.each([
  ['a refused key', { kind: 'status', status: 401 }],
  ['a missing model', { kind: 'status', status: 404, code: 'model_not_found' }],
  ['a failing server', { kind: 'status', status: 500 }],
  ['a web page', { kind: 'html' }],
] as const)(
  'alone, the key that is typed after the end of %s is answered, however long it lasted',
  async (_name, fault) => {
    const cloud = await serverWith({ text: '/* cloud */', serve: ['chat'], fault });
    const { key } = stageWith(settingsWith({ backend: 'cloud', 'cloud.endpoint': cloud.origin }));
    for (let times = 0; times < 2; times += 1) expect(await key()).toBe('failed');
    cloud.script({ fault: { kind: 'none' } });
    expect(await key()).toBe('/* clo');
  },
);

test('the state names the model that a local server was found to have', async () => {
  const server = await serverWith({ text: 'x', serve: ['chat'], models: ['a-coder'], owner: 'vllm' });
  const settings = settingsWith({ backend: 'local', 'local.endpoint': server.origin });
  const chain = createChain({
    make: () => createBackend('local', settings, portsWith()),
    refuse: () => undefined,
    clock: realClock,
    changed: () => undefined,
    failed: () => undefined,
  });
  onTestFinished(() => chain.dispose());
  expect(chain.state(settings)).toMatchObject({ answering: 'local', model: '' });
  const backend = chain.pick(settings);
  if (!(backend instanceof BackendError)) await backend.ready?.(AbortSignal.timeout(10_000));
  expect(chain.state(settings)).toMatchObject({ answering: 'local', model: 'a-coder' });
});
