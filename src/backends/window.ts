import { BackendError } from '../core/errors.ts';
import type { Prompt } from '../core/prompt.ts';
import type { Service } from './services.ts';

/** Tokens that a message costs besides its text: OpenAI's cookbook counts three, and three for the answer's beginning. */
const framing = 8;

/**
 * Throws BackendError('rejected') if prompt and answer together are more than the model takes. A token is at least one byte
 * and a UTF-16 unit at most three bytes, so nothing is counted for prompts of the usual size.
 */
export async function checkWindow(
  prompt: Prompt,
  service: Pick<Service, 'name' | 'window' | 'longestAnswer'>,
  countTokens: (text: string) => Promise<number>,
): Promise<void> {
  const room = service.window - Math.min(prompt.maxTokens, service.longestAnswer);
  const texts = textsOf(prompt);
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  if (characters * 3 + texts.length * framing <= room) return;
  const tokens = (await countTokens(texts.join('\n'))) + texts.length * framing;
  if (tokens <= room) return;
  const message = `${service.name}: The text takes ${tokens} tokens, and the model has room for ${room}.`;
  throw new BackendError('rejected', message, { reason: 'too-long' });
}

function textsOf(prompt: Prompt): readonly string[] {
  if (prompt.kind === 'chat') return prompt.messages.map((message) => message.content);
  if (prompt.kind === 'text') return [prompt.text];
  return [
    prompt.prefix,
    prompt.suffix,
    ...prompt.snippets.flatMap((snippet) => [snippet.path, snippet.text]),
  ];
}
