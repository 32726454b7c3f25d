import { expect, test } from 'vitest';
import { defaultSettings } from '../../../src/core/settings.ts';
import { tokensOf } from '../../../src/prompt/chat.ts';
import { createCompose, loadTokenizer } from '../../../src/prompt/index.ts';
import { siteAt } from '../filters/siteAt.ts';

const count = await loadTokenizer();
const compose = createCompose({ count, random: () => 'k3x9' });

function chatAt(document: string, languageId = 'typescript', maxTokens = 1000) {
  const caret = document.indexOf('█');
  const site = siteAt(document.replace('█', ''), caret, { languageId, path: 'src/a.ts' });
  const prompt = compose(site, [], { kind: 'chat' }, { ...defaultSettings, 'context.maxTokens': maxTokens });
  if (prompt.kind !== 'chat') throw new Error('not a chat prompt');
  return prompt;
}

test('the caret stands as a mark in its file, with path, language and what is wanted', () => {
  const { messages } = chatAt('const a = 1;\nconst b = █;\n');
  expect(messages.at(-1)?.content).toBe(
    'src/a.ts (typescript, 4 spaces)\nconst a = 1;\nconst b = <caret-k3x9/>;\n\nInsert: rest of line',
  );
});

test('a file that is larger than the budget never makes the prompt larger', () => {
  const line = 'const value = compute(first, second, third) + "löng ünïcode strings ⌘⌥";\n';
  for (const maxTokens of [500, 1000, 3000]) {
    const prompt = chatAt(`${line.repeat(2000)}const b = █;\n${line.repeat(2000)}`, 'typescript', maxTokens);
    expect(tokensOf(prompt.messages, count)).toBeLessThanOrEqual(maxTokens);
    expect(tokensOf(prompt.messages, count)).toBeGreaterThan(maxTokens * 0.85);
  }
});

test('at most four stop sequences are sent', () => {
  expect(chatAt('█').stop.length).toBeLessThanOrEqual(4);
});
