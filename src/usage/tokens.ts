import type { Prompt } from '../core/prompt.ts';

/** Tokens that a chat message costs besides its text, and that the answer's beginning costs (OpenAI's cookbook, how_to_count_tokens). */
const messageTokens = 4;
const answerTokens = 3;

/** Counts tokens as OpenAI's models of the gpt-4o family do (o200k). The tables are loaded at the first call. */
export async function countTokens(text: string): Promise<number> {
  if (text === '') return 0;
  const { countTokens: count } = await import('gpt-tokenizer/encoding/o200k_base');
  // What looks like a special token is the user's text: models' own files are full of it.
  return count(text, { allowedSpecial: new Set(), disallowedSpecial: new Set() });
}

/** Counts a prompt as it is sent. */
export async function countPrompt(prompt: Prompt): Promise<number> {
  if (prompt.kind === 'text') return countTokens(prompt.text);
  if (prompt.kind === 'fill') {
    const snippets = prompt.snippets.map(({ path, text }) => `${path}\n${text}`);
    return countTokens([...snippets, prompt.prefix, prompt.suffix].join('\n'));
  }
  let total = answerTokens;
  for (const { content } of prompt.messages) total += messageTokens + (await countTokens(content));
  return total;
}
