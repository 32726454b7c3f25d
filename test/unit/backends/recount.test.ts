import { expect, test } from 'vitest';
import type { Ask } from '../../../src/backends/negotiate.ts';
import { createRecount, quietMs } from '../../../src/backends/recount.ts';
import { turn, VirtualClock } from '../../support/virtualClock.ts';

const ask: Ask = {
  path: '/api/generate',
  model: 'a-model',
  required: { model: 'a-model', prompt: 'a', stream: true, options: { num_predict: 64, stop: ['b'] } },
  optional: { max_tokens: 64, stream_options: { include_usage: true } },
  renamed: {},
};

const never = new AbortController().signal;

/** A recount whose server answers at once that the prompt has 7 tokens, and keeps what it was asked. */
function rig(answer: object = { prompt_eval_count: 7, eval_count: 1 }) {
  const clock = new VirtualClock();
  const recount = createRecount(clock);
  const sent: Ask[] = [];
  const count = (kind = 'a') =>
    recount.promptTokens(
      kind,
      ask,
      async (brief) => {
        sent.push(brief);
        return Response.json(answer);
      },
      never,
    );
  return { clock, recount, sent, count };
}

async function* pieces(until: Promise<void>): AsyncGenerator<string> {
  yield 'one';
  await until;
}

test('the same question goes out for one token and no stream, once nobody has asked anything for a while', async () => {
  const { clock, sent, count } = rig();
  const counted = count();
  await clock.advance(quietMs - 1);
  expect(sent).toEqual([]);
  await clock.advance(1);
  expect(await counted).toBe(7);
  expect(sent[0]?.required).toEqual({
    model: 'a-model',
    prompt: 'a',
    stream: false,
    options: { num_predict: 1, stop: ['b'] },
  });
  expect(sent[0]?.optional).toEqual({ max_tokens: 1 });
});

test('it gives way to a question that is asked meanwhile, and none is sent while one is open', async () => {
  const { clock, recount, sent, count } = rig();
  const waiting = count();
  await clock.advance(quietMs / 2);
  let end = () => {};
  const answer = recount.during(pieces(new Promise((resolve) => (end = resolve))));
  await answer.next();
  expect(await waiting).toBeUndefined();
  expect(await count()).toBeUndefined();
  end();
  await answer.next();
  const after = count();
  await clock.advance(quietMs);
  expect(await after).toBe(7);
  expect(sent).toHaveLength(1);
});

test('whoever waits for quiet waits until the last open question has ended', async () => {
  const { recount } = rig();
  const answers = [recount.during(pieces(Promise.resolve())), recount.during(pieces(Promise.resolve()))];
  for (const answer of answers) await answer.next();
  let isQuiet = false;
  const idle = recount.idle().then(() => {
    isQuiet = true;
  });
  await answers[0]?.next();
  await turn();
  expect(isQuiet).toBe(false);
  await answers[1]?.return(undefined);
  await idle;
  expect(isQuiet).toBe(true);
});

test('a recount that is under way is hung up when somebody asks', async () => {
  const { clock, recount } = rig();
  let hungUp = false;
  const counted = recount.promptTokens(
    'a',
    ask,
    (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          hungUp = true;
          reject(signal.reason);
        });
      }),
    never,
  );
  await clock.advance(quietMs);
  await recount.during(pieces(Promise.resolve())).next();
  expect(await counted).toBeUndefined();
  expect(hungUp).toBe(true);
});

test('a server that does not say is left alone, and one that does after some prompts of each language', async () => {
  const silent = rig({ choices: [] });
  const talking = rig();
  for (const { clock, count } of [silent, talking]) {
    for (let time = 0; time < 20; time += 1) {
      for (const kind of ['a', 'b']) {
        const counted = count(kind);
        await clock.advance(quietMs);
        await turn();
        await counted;
      }
    }
    expect(clock.pending).toBe(0);
  }
  expect(silent.sent.length).toBeLessThan(4);
  expect(talking.sent.length).toBeLessThan(20);
});
