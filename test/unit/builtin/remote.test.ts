import { expect, test } from 'vitest';
import { connectPredictor, type FromIndexer, type ToIndexer } from '../../../src/builtin/index.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

function connected() {
  const sent: ToIndexer[] = [];
  let hear: (message: FromIndexer) => void = () => {};
  const indexing: (number | undefined)[] = [];
  const remote = connectPredictor(
    { post: (message) => sent.push(message), listen: (listener) => (hear = listener) },
    log,
    (files) => indexing.push(files),
  );
  const ask = (prefix: string, suffix = '') => remote.predict({ path: 'a', languageId: 'c', prefix, suffix });
  return { remote, sent, indexing, ask, say: (message: FromIndexer) => hear(message) };
}

test('only what was typed since the last question goes to the other thread', () => {
  const { ask, sent } = connected();
  void ask('int ma', '}');
  void ask('int main', '}');
  void ask('int mi', '');
  expect(sent).toMatchObject([
    { keep: 0, add: 'int ma', suffix: '}' },
    { keep: 6, add: 'in', suffix: undefined },
    { keep: 5, add: 'i', suffix: '' },
  ]);
});

test('answers find their questions in any order', async () => {
  const { ask, say } = connected();
  const first = ask('a');
  const second = ask('ab');
  say({ op: 'answer', id: 1, prediction: { text: 'c', confidence: 1 } });
  say({ op: 'answer', id: 0, prediction: undefined });
  expect(await second).toEqual({ text: 'c', confidence: 1 });
  expect(await first).toBeUndefined();
});

test('when the other thread dies, open and later questions are answered with nothing', async () => {
  const { ask, remote, indexing } = connected();
  const open = ask('a');
  remote.lost();
  expect(await open).toBeUndefined();
  expect(await ask('ab')).toBeUndefined();
  expect(indexing).toEqual([undefined]);
  await remote.close();
});

test('a thread that takes the place of a dead one is told what the first was told, and whole questions', async () => {
  const { ask, remote, sent, say } = connected();
  remote.open([{ folder: '/w', prefix: '' }], '/store', ['gen/']);
  const open = ask('int ma');
  remote.restarted();
  expect(await open).toBeUndefined();
  const again = ask('int mai');
  expect(sent.slice(2)).toMatchObject([
    { op: 'open', folders: [{ folder: '/w' }], store: '/store', exclude: ['gen/'] },
    { op: 'ask', keep: 0, add: 'int mai' },
  ]);
  say({ op: 'answer', id: 1, prediction: { text: 'n', confidence: 1 } });
  expect(await again).toEqual({ text: 'n', confidence: 1 });
});

test('a thread that dies while it is asked to close is not waited for', async () => {
  const { remote } = connected();
  const closing = remote.close();
  remote.restarted();
  await closing;
});
