/** Counts tokens as the model does, or estimates them. */
export type CountTokens = (text: string) => number;

/**
 * A guess that is seldom too low, for use before the tokenizer is loaded and for first cuts: o200k_base takes 3.4 characters of source
 * code a token on average over npm packages, 2.6 in the densest decile.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 2.6);
}

/** Runs longer than this are cut in pieces before counting: the tokenizer's time grows with the square of a word's length. */
const longestRun = 96;

/** Loads OpenAI's o200k_base (gpt-4o and later; about 2 MB and 0.4 s, so not at activation) and gives its exact count. */
export async function loadTokenizer(): Promise<CountTokens> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  const options = { disallowedSpecial: new Set<string>() };
  const run = new RegExp(`\\S{${longestRun + 1},}`);
  return (text) => {
    if (!run.test(text)) return countTokens(text, options);
    // A cut can hide a token that the whole has: one is added for each.
    let count = -1;
    for (const piece of text.match(/[\s\S]{1,96}/g) ?? []) count += 1 + countTokens(piece, options);
    return count;
  };
}

/** Lines whose tokens are remembered: those of some forty large files, a few hundred bytes each at most. */
const mostLines = 20_000;

/** Where a text can be cut without a token lying across: o200k_base joins a line break to what stands before it, blank lines and slashes. */
const cut = /\n(?=[^\S\r\n]*[^\s/]|[^\S\r\n]+\/)/g;

/** Counts line by line and remembers each line, as most of a prompt stays the same from key to key. The sum is that of the whole. */
export function countByLine(count: CountTokens): CountTokens {
  const known = new Map<string, number>();
  return (text) => {
    let sum = 0;
    let start = 0;
    const add = (end: number) => {
      const line = text.slice(start, end);
      let tokens = known.get(line);
      if (tokens === undefined) {
        tokens = count(line);
        if (known.size >= mostLines) known.clear();
        known.set(line, tokens);
      }
      sum += tokens;
      start = end;
    };
    for (const { index } of text.matchAll(cut)) add(index + 1);
    if (start < text.length) add(text.length);
    return sum;
  };
}

/** A counter that estimates until the tokenizer is there; `ready` settles when it counts exactly. */
export function createCounter(load: () => Promise<CountTokens>): {
  readonly count: CountTokens;
  readonly ready: Promise<void>;
} {
  let exact: CountTokens | undefined;
  const ready = load().then((count) => {
    exact = countByLine(count);
  });
  return { count: (text) => (exact ?? estimateTokens)(text), ready };
}
