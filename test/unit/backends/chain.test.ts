import { expect, test } from 'vitest';
import { type Chain, type ChainState, createChain } from '../../../src/backends/chain.ts';
import { BackendError, type BackendErrorKind } from '../../../src/core/errors.ts';
import type { Backend } from '../../../src/core/ports.ts';
import type { BackendKind, Settings } from '../../../src/core/settings.ts';
import { VirtualClock } from '../../support/virtualClock.ts';
import { settingsWith } from './rig.ts';

interface Stage {
  readonly chain: Chain;
  readonly clock: VirtualClock;
  /** What each backend does when it is tried out. */
  readonly answers: Map<BackendKind, BackendError | 'well' | 'hangs'>;
  readonly trials: BackendKind[];
  readonly made: BackendKind[];
  readonly states: ChainState[];
  readonly told: string[];
  /** Has the backend that is picked answer or fail, and says who it was. */
  request(settings: Settings): string;
}

function stageWith(refuse: (backend: Backend) => BackendError | undefined = () => undefined): Stage {
  const clock = new VirtualClock();
  const answers: Stage['answers'] = new Map();
  const trials: BackendKind[] = [];
  const made: BackendKind[] = [];
  const states: ChainState[] = [];
  const told: string[] = [];
  const make = (kind: BackendKind): Backend => {
    made.push(kind);
    return {
      id: kind,
      kind,
      dialect: { kind: 'chat' },
      lanes: 1,
      metered: kind === 'cloud',
      async *stream(_request, signal) {
        trials.push(kind);
        const answer = answers.get(kind) ?? 'well';
        if (answer === 'hangs') await clock.sleep(8000, signal);
        if (answer === 'hangs') throw new BackendError('timed-out', 'hangs');
        if (answer !== 'well') throw answer;
        yield { text: 'x' };
      },
    };
  };
  const chain = createChain({
    make,
    refuse,
    clock,
    changed: (state) => states.push(state),
    failed: (backend, error) => told.push(`${backend.kind}: ${error.kind}`),
  });
  const request = (settings: Settings): string => {
    const picked = chain.pick(settings);
    if (picked instanceof BackendError) return `nobody: ${picked.kind}`;
    const answer = answers.get(picked.kind) ?? 'well';
    const error =
      answer === 'hangs' ? new BackendError('timed-out', 'hangs') : answer === 'well' ? undefined : answer;
    chain.report({ backend: picked, end: error === undefined ? 'finished' : 'failed' }, error);
    return error === undefined ? picked.kind : `${picked.kind}: ${error.kind}`;
  };
  return { chain, clock, answers, trials, made, states, told, request };
}

const failure = (kind: BackendErrorKind, retryAfterMs?: number): BackendError =>
  new BackendError(kind, kind, retryAfterMs === undefined ? {} : { retryAfterMs });

const inLine = settingsWith({ backend: 'cloud', fallback: ['local', 'builtin'] });
const alone = settingsWith({ backend: 'cloud' });

test('when the chosen backend fails, the next one is asked at once', () => {
  const { request, answers } = stageWith();
  expect(request(inLine)).toBe('cloud');
  answers.set('cloud', failure('server'));
  expect(request(inLine)).toBe('cloud: server');
  expect(request(inLine)).toBe('local');
  answers.set('local', failure('unreachable'));
  expect(request(inLine)).toBe('local: unreachable');
  expect(request(inLine)).toBe('builtin');
});

test('nobody waits for a try of the failed one: it happens behind the back of the one that steps in', async () => {
  const { request, answers, clock, trials } = stageWith();
  answers.set('cloud', 'hangs');
  request(inLine);
  await clock.advance(5000);
  expect(request(inLine)).toBe('local');
  await clock.advance(1);
  expect(trials).toEqual(['cloud']);
  expect(request(inLine)).toBe('local');
  await clock.advance(1);
  expect(trials).toEqual(['cloud']);
});

test('the user is carried back within 30 s of the recovery, however long the outage was', async () => {
  for (const outage of [1, 10, 60, 600, 3600]) {
    const { request, answers, clock } = stageWith();
    answers.set('cloud', 'hangs');
    for (let second = 0; second < outage; second += 1) {
      request(inLine);
      await clock.advance(1000);
    }
    answers.set('cloud', 'well');
    let wait = 0;
    while (request(inLine) !== 'cloud') {
      await clock.advance(500);
      wait += 0.5;
      expect(wait).toBeLessThanOrEqual(30);
    }
  }
});

test('the pauses between tries grow', async () => {
  const { request, answers, clock, trials } = stageWith();
  answers.set('cloud', failure('server'));
  for (let second = 0; second < 60; second += 1) {
    request(inLine);
    await clock.advance(1000);
  }
  // Half a second, one, two, four, then eight each.
  expect(trials.length).toBeGreaterThanOrEqual(7);
  expect(trials.length).toBeLessThanOrEqual(11);
});

test('alone, a backend that fails is asked again soon after, and says when', async () => {
  const { request, answers, clock, chain } = stageWith();
  answers.set('cloud', failure('unreachable'));
  expect(request(alone)).toBe('cloud: unreachable');
  const refusal = chain.pick(alone);
  expect(refusal).toMatchObject({ kind: 'unreachable', retryAfterMs: 250 });
  await clock.advance(250);
  answers.set('cloud', 'well');
  expect(request(alone)).toBe('cloud');
});

test('a rate limit is obeyed to the millisecond', async () => {
  const { request, answers, clock } = stageWith();
  answers.set('cloud', failure('rate-limited', 3000));
  request(alone);
  answers.set('cloud', 'well');
  await clock.advance(2999);
  expect(request(alone)).toBe('nobody: rate-limited');
  await clock.advance(1);
  expect(request(alone)).toBe('cloud');
});

test('the user is told once per kind of failure and episode', async () => {
  const { request, answers, clock, told } = stageWith();
  const failing = async (error: BackendError): Promise<void> => {
    answers.set('cloud', error);
    for (let time = 0; time < 5; time += 1) {
      request(alone);
      await clock.advance(20_000);
    }
  };
  await failing(failure('unreachable'));
  await failing(failure('server'));
  await failing(failure('unreachable'));
  expect(told).toEqual(['cloud: unreachable', 'cloud: server']);
  answers.set('cloud', 'well');
  request(alone);
  await failing(failure('unreachable'));
  expect(told).toEqual(['cloud: unreachable', 'cloud: server', 'cloud: unreachable']);
});

test('over budget, the cloud is not asked, the next one is, and the user is told once', () => {
  let spent = false;
  const { request, told, trials } = stageWith((backend) =>
    spent && backend.metered ? failure('over-budget') : undefined,
  );
  expect(request(inLine)).toBe('cloud');
  spent = true;
  expect([request(inLine), request(inLine)]).toEqual(['local', 'local']);
  expect(told).toEqual(['cloud: over-budget']);
  expect(request(alone)).toBe('nobody: over-budget');
  expect(trials).toEqual([]);
  spent = false;
  expect(request(inLine)).toBe('cloud');
});

test('a stored key or another try forgives at once', () => {
  const { request, answers, chain } = stageWith();
  answers.set('cloud', failure('no-key'));
  request(alone);
  answers.set('cloud', 'well');
  chain.forgive();
  expect(request(alone)).toBe('cloud');
});

test('the state says who answers and why, and is told when it changes', async () => {
  const { request, answers, clock, states } = stageWith();
  request(inLine);
  answers.set('cloud', failure('server'));
  request(inLine);
  request(inLine);
  answers.set('cloud', 'well');
  await clock.advance(1000);
  request(inLine);
  await clock.advance(1);
  request(inLine);
  expect(states.map(({ answering, because }) => `${answering} ${because?.kind ?? ''}`)).toEqual([
    'cloud ',
    'local server',
    'cloud ',
  ]);
});

test('settings that concern a backend make it anew, others do not', () => {
  const { request, made } = stageWith();
  request(settingsWith({ backend: 'cloud' }));
  request(settingsWith({ backend: 'cloud', 'suggest.delay': 50 }));
  expect(made).toEqual(['cloud']);
  request(settingsWith({ backend: 'cloud', 'cloud.model': 'other' }));
  expect(made).toEqual(['cloud', 'cloud']);
});

test('an aborted request says nothing about health', () => {
  const { chain, request } = stageWith();
  const backend = chain.pick(alone);
  if (backend instanceof BackendError) throw backend;
  chain.report({ backend, end: 'aborted' }, undefined);
  expect(request(alone)).toBe('cloud');
});
