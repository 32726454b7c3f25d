import { expect, test } from 'vitest';
import { createSentences } from '../../../src/webview/sentences.ts';

/** What is said while a text grows to each of these. */
function said(...texts: readonly string[]): readonly string[] {
  const sentences = createSentences('A block of code.');
  return texts.map((text, index) => sentences.take(text, index === texts.length - 1));
}

test('a sentence is said when it is whole, and only once', () => {
  expect(said('It be', 'It begins. An', 'It begins. And ends')).toEqual(['', 'It begins.', 'And ends']);
});

test('a line is whole at its end, a Chinese sentence at its full stop', () => {
  expect(said('## Title\n- one', '## Title\n- one\n', '## Title\n- one\n')).toEqual(['Title', 'one', '']);
  expect(said('它重试。然', '它重试。然后停止。')).toEqual(['它重试。', '然后停止。']);
});

test('a number with a point is no end of a sentence', () => {
  expect(said('It costs 0.5', 'It costs 0.5 dollars. ', 'It costs 0.5 dollars. ')).toEqual([
    '',
    'It costs 0.5 dollars.',
    '',
  ]);
});

test('code is named, not read', () => {
  expect(
    said(
      'See:\n```ts\nconst a',
      'See:\n```ts\nconst a = 1;\n```\nDone.',
      'See:\n```ts\nconst a = 1;\n```\nDone.',
    ),
  ).toEqual(['See: A block of code.', '', 'Done.']);
});

test('marks are not read', () => {
  expect(said('**Bold** and `code`.')).toEqual(['Bold and code.']);
});

test('a very long answer is not read to its end', () => {
  expect(said('A sentence. '.repeat(10_000))[0]?.length).toBeLessThan(2_100);
});
