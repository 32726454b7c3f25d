import { expect, test } from 'vitest';
import { createBuiltinBackend, type Query } from '../../../src/builtin/index.ts';
import { withoutUserText } from '../../../src/core/cleared.ts';
import type { BackendRequest } from '../../../src/core/ports.ts';
import { defaultSettings } from '../../../src/core/settings.ts';

const snapshot = {
  uri: 'file:///a.ts',
  path: 'a.ts',
  languageId: 'typescript',
  version: 1,
  text: 'const a = 1;\nconst b',
  caret: 19,
  indentUnit: '  ',
};
const request: BackendRequest = {
  prompt: withoutUserText({ kind: 'fill', prefix: '', suffix: '', snippets: [], stop: [], maxTokens: 1 }),
  site: { snapshot, zone: 'code', extent: 'line', scopes: [], nextLine: '' },
  settings: defaultSettings,
};

async function chunks(answer: string | undefined, signal = new AbortController().signal) {
  const asked: Query[] = [];
  const backend = createBuiltinBackend({
    predict: async (query) => {
      asked.push(query);
      return answer === undefined ? undefined : { text: answer, confidence: 0.9 };
    },
  });
  const texts: string[] = [];
  for await (const { text } of backend.stream(request, signal)) texts.push(text);
  return { texts, asked };
}

test('the prediction for the text around the caret comes as one chunk', async () => {
  const { texts, asked } = await chunks(' = 2;');
  expect(texts).toEqual([' = 2;']);
  expect(asked).toMatchObject([{ path: 'a.ts', prefix: 'const a = 1;\nconst ', suffix: 'b' }]);
});

test('no prediction is no chunk', async () => {
  expect((await chunks(undefined)).texts).toEqual([]);
});

test('nobody is asked once the keystroke was superseded', async () => {
  await expect(chunks('x', AbortSignal.abort())).rejects.toThrow('abort');
});
