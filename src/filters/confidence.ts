import type { Answer, TokenLogprob } from '../core/answer.ts';

/**
 * A token less likely than this speaks for a guess, a likelier one against it: natural logarithm; a little above one in two.
 * Both numbers come from `npm run bench:confidence`, which simulates answers that go wrong at some token, with several distances between
 * the likelihoods of right and of wrong tokens; they lose least where those overlap much, and little where they hardly do.
 */
const doubtful = -0.6;

/** So much evidence, in the same unit and summed up over tokens in a row, makes a guess: about one token at one in eleven. */
const enough = 1.8;

/** Tokens right before a guess belong to it unless they are likelier than this: the first wrong one need not look wrong. */
const unsuspected = -0.3;

/** Up to where an answer is more than a guess. */
export interface Confidence {
  /** The offset in the answer's text up to which the model is sure, as far as can be told. */
  readonly end: number;
  /** The rest is a guess; otherwise it is only doubtful, and what follows may speak for it. */
  readonly sure: boolean;
}

/**
 * Finds the point where the model begins to guess: evidence against tokens is summed up and never goes below nothing (Page's CUSUM test);
 * the point is where the sum that gets too large began to grow. Tokens before `start` do not count: they wrap the code.
 */
export function confidenceOf(tokens: readonly TokenLogprob[], start: number, length: number): Confidence {
  let sum = 0;
  let began = 0;
  let last = 0;
  /** Where the tokens began that came right before and were not as likely as right ones are. */
  let suspicious = 0;
  let isSuspicious = false;
  for (const { end, logprob } of tokens) {
    if (end > start) {
      if (logprob >= unsuspected) isSuspicious = false;
      else if (!isSuspicious) {
        isSuspicious = true;
        suspicious = last;
      }
      if (sum === 0) began = isSuspicious ? suspicious : last;
      sum = Math.max(0, sum + doubtful - logprob);
      if (sum >= enough) return { end: began, sure: true };
    }
    last = end;
  }
  return sum > 0 ? { end: began, sure: false } : { end: length, sure: false };
}

/** The answer up to the end of the line in which the model begins to guess. */
export function guessedPart(answer: Answer, start: number): { readonly text: string; readonly cut: boolean } {
  const { text, tokens } = answer;
  const { end, sure } = confidenceOf(tokens, start, text.length);
  const more = sure ? text.slice(end).search(/(?<=\S[^\n]*)\n/) : -1;
  return more < 0 ? { text, cut: false } : { text: text.slice(0, end + more), cut: true };
}

/** The answer up to where the model begins to guess. While it streams, doubtful tokens wait for what follows them. */
export function confidentPart(
  answer: Answer,
  start: number,
): { readonly text: string; readonly cut: boolean } {
  const { text, tokens, ended } = answer;
  if (tokens.length === 0) return { text, cut: false };
  const { end, sure } = confidenceOf(tokens, start, text.length);
  if (sure) return { text: text.slice(0, end), cut: true };
  return { text: ended ? text : text.slice(0, end), cut: false };
}
