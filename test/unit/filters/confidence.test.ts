import { expect, test } from 'vitest';
import { createRefine } from '../../../src/filters/index.ts';
import { siteAt } from './siteAt.ts';

const document = 'const area = \n';
const site = siteAt(document, 'const area = '.length, { languageId: 'typescript' });
const refine = createRefine({ maxLines: 8 });

/** Tokens of an answer, each with its log-probability. */
function answerOf(parts: readonly (readonly [string, number])[], ended = true) {
  let text = '';
  const tokens = parts.map(([part, logprob]) => {
    text += part;
    return { end: text.length, logprob };
  });
  return { text, tokens, ended };
}

test('an answer is shown up to where the model begins to guess', () => {
  const answer = answerOf([
    ['width', -0.05],
    [' * height', -0.1],
    [' + margin', -1.9],
    ['.left', -1.4],
    [';', -0.2],
  ]);
  const guessedOn = { kind: 'finish', text: 'width * height', replace: 0, doubtful: true };
  expect(refine(answer, site)).toEqual(guessedOn);
  expect(refine(answer, site, 'guess')).toMatchObject({ text: 'width * height + margin.left;' });
});

test('one doubtful token among sure ones is no guess', () => {
  const answer = answerOf([
    ['width', -1.5],
    [' * height', -0.01],
    [';', -0.01],
  ]);
  expect(refine(answer, site)).toEqual({ kind: 'finish', text: 'width * height;', replace: 0 });
});

test('while the answer streams, a doubtful token waits for what follows it', () => {
  const answer = answerOf(
    [
      ['width', -0.01],
      [' * height', -1.2],
    ],
    false,
  );
  expect(refine(answer, site)).toEqual({ kind: 'keep', text: 'width', replace: 0 });
});

test('how sure a model is of the words around the code does not matter', () => {
  const answer = answerOf([
    ['Sure! Here', -3],
    [' is the code:\n', -2],
    ['width * height;', -0.01],
  ]);
  expect(refine(answer, site)).toEqual({ kind: 'finish', text: 'width * height;', replace: 0 });
});

test('nothing is shown of an answer that is a guess from its first token', () => {
  const answer = answerOf([
    ['depth', -2.5],
    ['.value', -1],
  ]);
  expect(refine(answer, site)).toEqual({ kind: 'drop', reason: 'not-confident' });
});
