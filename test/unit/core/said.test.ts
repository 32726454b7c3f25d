import { expect, test } from 'vitest';
import type { Step } from '../../../src/core/place.ts';
import { Said } from '../../../src/core/said.ts';
import { createRefine } from '../../../src/filters/index.ts';
import { at, siteOf } from '../../support/caret.ts';

const here = siteOf(at('function area() {\n  const w = █\n}\n'));
const typed = (text: string): Step => ({ kind: 'typed', text, closed: 0, overtyped: 0 });

/** Says pieces of an answer, each with the logarithm of its probability. */
function saying(...pieces: readonly [text: string, logprob: number][]) {
  const said = new Said(here, createRefine({ maxLines: 8 }), (text) => text);
  const enough = pieces.map(([text, logprob]) => said.add({ text, tokens: [{ end: text.length, logprob }] }));
  return { said, enough: enough.at(-1) };
}

/** The text that a draft has for the place reached by typing or taking `text`. */
function after(said: Said, text: string, ended = false) {
  const { snapshot } = here;
  const caret = snapshot.caret;
  const now = siteOf(at(`${snapshot.text.slice(0, caret)}${text}█${snapshot.text.slice(caret)}`));
  return said.read(typed(text), now, ended);
}

test('inside of a line its rest is shown, and after it was taken what goes on', () => {
  const { said } = saying(
    ['width', -0.01],
    [';\n  const h', -0.01],
    [' = height;\n', -0.01],
    ['  re', -0.01],
  );
  expect(after(said, '')).toMatchObject({ text: 'width;', ended: true, isGuess: false });
  expect(after(said, 'width;')).toMatchObject({ text: '\n  const h = height;', isGuess: false });
});

test('an answer is read on after the line, and no further than to twice the lines of a suggestion', () => {
  const { enough } = saying(['width;\n', -0.01], ['  a();\n', -0.01]);
  expect(enough).toBe(false);
  const lines = Array.from({ length: 20 }, (_, line): [string, number] => [`  step${line}(w);\n`, -0.01]);
  expect(saying(['width;\n', -0.01], ...lines).enough).toBe(true);
});

test('where the model begins to guess, what it guesses is only there once the rest was taken, and marked', () => {
  const { said, enough } = saying(
    ['width', -0.01],
    [' + margin', -2.5],
    ['.left', -2],
    [';\n', -0.1],
    ['  x', -0.1],
  );
  expect(enough).toBe(true);
  expect(after(said, '')).toMatchObject({ text: 'width', isGuess: false });
  expect(after(said, 'width')).toMatchObject({ text: ' + margin.left;', isGuess: true });
});

test('at the very place where the model began to guess it is not asked again, and a key later it is', () => {
  const { said } = saying(['width', -0.01], ['\n', -2.5], ['\n', -2]);
  expect(after(said, 'width', true)).toEqual({ kind: 'nothing', reason: 'not-confident' });
  expect(after(said, 'width;', true)).toEqual({ kind: 'over' });
});

test('an answer of nothing but blanks is nothing at its place, so that it is asked for once', () => {
  const said = new Said(
    here,
    (answer) => ({ kind: 'keep', text: answer.text, replace: 0 }),
    (text) => text,
  );
  said.add({ text: ' ' });
  said.end();
  expect(after(said, '', true)).toEqual({ kind: 'nothing', reason: 'nothing-answered' });
});
