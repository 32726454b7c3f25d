import { expect, test } from 'vitest';
import { createChain } from '../../../src/backends/chain.ts';
import { createBackend } from '../../../src/backends/index.ts';
import { Completer } from '../../../src/core/complete.ts';
import type { Outcome } from '../../../src/core/outcome.ts';
import { Pace } from '../../../src/core/pace.ts';
import { at, siteOf } from '../../support/caret.ts';
import type { Fault } from '../../support/modelServer.ts';
import { openGuard } from '../../support/openGuard.ts';
import { portsWith, realClock, serverWith, settingsWith } from './rig.ts';

const typed = 'const total = items.map((item) => item.price).reduce((sum, price) => sum + price, 0);';

const calm = {
  unsuitable: false,
  selecting: false,
  cursors: 1,
  inSnippet: false,
  popupDisagrees: false,
  tooLarge: false,
  paused: false,
};

/** Outages of the cloud, and how long it takes to know, ms: what a hang costs is the bound for its first token. */
const outages: Readonly<Record<string, Fault>> = {
  'refuses connections': { kind: 'cut', afterTokens: 0 },
  'answers 503': { kind: 'status', status: 503 },
  'limits the rate': { kind: 'status', status: 429, retryAfter: '1' },
  hangs: { kind: 'hang', afterTokens: 0 },
};

test.each(Object.entries(outages))(
  'when the cloud %s in the middle of typing, the next backend answers that very keystroke, and the cloud is back after it',
  async (name, fault) => {
    const cloud = await serverWith({ text: '/* cloud */', serve: ['chat'] });
    const local = await serverWith({ text: '/* local */', serve: ['chat'] });
    const settings = settingsWith({
      backend: 'cloud',
      fallback: ['local'],
      'cloud.endpoint': cloud.origin,
      'local.endpoint': local.origin,
    });
    const failures: number[] = [];
    const ports = portsWith({ bounds: { connect: 400, firstToken: 400, between: 400 } });
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
        guard: openGuard,
        gather: async () => [],
        compose: () => ({
          kind: 'chat',
          messages: [{ role: 'user', content: 'x' }],
          stop: [],
          maxTokens: 32,
        }),
        refine: () => (answer) => ({ kind: 'keep', text: answer.text, replace: 0 }),
        clock: realClock,
      },
      () => undefined,
    );
    let length = 14;
    const key = async (): Promise<string> => {
      length += 1;
      const snapshot = at(`${typed.slice(0, length)}█`, { uri: 'file:///a.ts' });
      completer.changed(snapshot);
      const signal = AbortSignal.timeout(10_000);
      const outcome: Outcome = await completer.complete({
        snapshot,
        trigger: 'typing',
        circumstances: calm,
        settings,
        signal,
      });
      return outcome.kind === 'suggest' ? outcome.suggestion.text.slice(0, 6) : outcome.kind;
    };
    expect(await key()).toBe('/* clo');
    cloud.script({ fault });
    expect(await key()).toBe('/* loc');
    const carried = realClock.now() - (failures[0] ?? 0);
    expect(await key()).toBe('/* loc');
    cloud.reset();
    const recovered = realClock.now();
    while ((await key()) !== '/* clo') {
      await realClock.sleep(50, AbortSignal.timeout(10_000));
      length = 14 + (length % 40);
    }
    const back = realClock.now() - recovered;
    console.log(
      `cloud ${name}: suggestion from the next backend ${carried.toFixed(0)} ms after the failure, back after ${(back / 1000).toFixed(2)} s`,
    );
    chain.dispose();
    completer.clear();
  },
);
