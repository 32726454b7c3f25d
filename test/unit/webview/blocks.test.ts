import { expect, test } from 'vitest';
import { blocksOf, largestBlock } from '../../../src/webview/blocks.ts';

const paragraph = `${'word '.repeat(220).trim()}\n\n`;

function texts(markdown: string): readonly string[] {
  return blocksOf(markdown).map(({ text }) => text);
}

test('the pieces together are the text', () => {
  const markdown = `${paragraph}- a\n\n  b\n\n${paragraph}\`\`\`ts\n\n\nx\n\`\`\`\n\n${paragraph}`;
  expect(texts(markdown).join('')).toBe(markdown);
});

test('text is cut where a paragraph begins, once there is enough for a piece', () => {
  expect(texts(`${paragraph}${paragraph}end`)).toEqual([paragraph, paragraph, 'end']);
  expect(texts('short\n\nshort')).toEqual(['short\n\nshort']);
});

test('a list is not cut between its items or before what belongs to one', () => {
  const item = `1. ${paragraph}   \`\`\`ts\n   x\n   \`\`\`\n\n2. two\n\n`;
  expect(texts(`${item}after`)).toEqual([item, 'after']);
});

test('a fence is not cut at its blank lines, nor by another kind of fence', () => {
  const fence = `~~~md\n${paragraph}\`\`\`\n\nx\n~~~\n\n`;
  expect(texts(`${fence}after`)).toEqual([fence, 'after']);
});

test('all pieces but the last stay the same while text is appended', () => {
  const markdown = `${paragraph}- a\n- b\n\n${paragraph}\`\`\`\ncode\n\ncode\n\`\`\`\n\n${paragraph}`;
  for (let end = 1; end < markdown.length; end += 7) {
    const before = texts(markdown.slice(0, end));
    expect(texts(markdown).slice(0, before.length - 1)).toEqual(before.slice(0, -1));
  }
});

test('what is too long for Markdown is shown as it is, in pieces that are not', () => {
  const blocks = blocksOf('x'.repeat(largestBlock * 2 + 5));
  expect(blocks.map(({ text, plain }) => [text.length, plain])).toEqual([
    [largestBlock, true],
    [largestBlock, true],
    [5, true],
  ]);
});
