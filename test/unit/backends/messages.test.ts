import { expect, test } from 'vitest';
import { chatMessages, ollamaMessages } from '../../../src/backends/messages.ts';

const picture = { role: 'user', content: 'What is this?', images: ['data:image/png;base64,AAAA'] } as const;
const words = { role: 'system', content: 'Be brief.' } as const;

test('a picture travels as a part of its turn to Chat Completions, and turns without one stay text', () => {
  expect(chatMessages([words, picture])).toEqual([
    words,
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
      ],
    },
  ]);
});

test('a picture travels in bare base64 beside its turn to Ollama', () => {
  expect(ollamaMessages([words, picture])).toEqual([
    words,
    { role: 'user', content: 'What is this?', images: ['AAAA'] },
  ]);
});
