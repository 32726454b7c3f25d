import type { Prompt } from './prompt.ts';

declare const passed: unique symbol;

/**
 * What may leave the machine. Only the privacy part makes it of the user's text, after its policy has judged where the text came from, secrets were replaced
 * and hidden characters removed; whoever sends takes nothing else.
 */
export type Cleared<T> = T & { readonly [passed]: true };

/** For prompts that hold nothing of the user's: a trial of a backend, a question to the built-in one. */
export function withoutUserText(prompt: Prompt): Cleared<Prompt> {
  return prompt as Cleared<Prompt>;
}
