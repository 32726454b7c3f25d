import type { Snippet } from '../core/prompt.ts';
import type { Settings } from '../core/settings.ts';
import type { Site } from '../core/site.ts';
import type { CountTokens } from './tokens.ts';

/** How large a prompt and its answer may be, in tokens. */
export interface Bounds {
  readonly maxTokens: number;
  readonly answerTokens: number;
}

/** Bounds of the answer, in tokens: a line, and each line of a block (Copilot's engine reckons 20 a line). */
const perLine = 24;
const leastAnswer = 64;

/** The bounds that the settings give at a place. */
export function boundsOf(site: Site, settings: Settings): Bounds {
  return {
    maxTokens: settings['context.maxTokens'],
    answerTokens:
      site.extent === 'line' ? leastAnswer : Math.max(leastAnswer, settings['suggest.maxLines'] * perLine),
  };
}

/** The texts of a prompt, cut to fit. */
export interface Parts {
  readonly prefix: string;
  readonly suffix: string;
  readonly snippets: readonly Snippet[];
}

/**
 * Shares of the budget. Code right before the caret tells most, then other files' definitions, then what follows
 * (Copilot's engine gives 35 / 50 / 15 %, Cody 60 / 30 / 10 %); what one does not need the next one gets.
 */
const shares = { prefix: 0.5, suffix: 0.15 };

/** Characters of a token at most, but for runs of one character. */
const charactersPerToken = 6;

/**
 * The prefix window starts at the first line after a multiple of so many characters from the top of the file, so that it stays the same
 * from key to key and caches hit. Half of it is what the window loses on average, a twentieth of what is shown.
 */
const windowStep = 256;

/** Splits `budget` tokens among prefix, suffix and snippets. `frame` counts the tokens that a snippet takes besides its text. */
export function splitBudget(
  site: Site,
  snippets: readonly Snippet[],
  budget: number,
  count: CountTokens,
  frame: number,
): Parts {
  const { text, caret } = site.snapshot;
  const reach = Math.max(0, budget) * charactersPerToken;
  const before = text.slice(Math.max(0, caret - reach), caret);
  const after = text.slice(caret, caret + reach);
  const suffixTokens = Math.floor(budget * shares.suffix);
  const prefixTokens = Math.floor(budget * shares.prefix);
  const wanted = snippets.reduce((sum, snippet) => sum + count(snippet.text) + frame, 0);
  const spare = Math.max(0, budget - prefixTokens - suffixTokens - wanted);
  const prefix = lastTokens(before, prefixTokens + spare, count, caret - before.length);
  const suffix = firstTokens(after, suffixTokens + Math.max(0, prefixTokens + spare - count(prefix)), count);
  const left = budget - count(prefix) - count(suffix);
  return { prefix, suffix, snippets: fitting(snippets, left, count, frame) };
}

/** The snippets that fit, in their order; the one that does not fit is cut at a line. */
function fitting(snippets: readonly Snippet[], budget: number, count: CountTokens, frame: number): Snippet[] {
  const chosen: Snippet[] = [];
  let left = budget;
  for (const snippet of [...snippets].sort((a, b) => b.weight - a.weight)) {
    const text = firstTokens(snippet.text, left - frame, count, true);
    if (text.trim() === '') continue;
    chosen.push({ ...snippet, text });
    left -= count(text) + frame;
  }
  return snippets.flatMap(
    (snippet) =>
      chosen.find((kept) => kept.path === snippet.path && snippet.text.startsWith(kept.text)) ?? [],
  );
}

/**
 * The longest end of `text` of at most `budget` tokens, from the start of a line where that leaves anything; `offset` is where `text` starts
 * in its file.
 */
function lastTokens(text: string, budget: number, count: CountTokens, offset: number): string {
  let start = text.length;
  for (let left = budget; start > 0; ) {
    // Below zero it would look at the first character.
    const from = start < 2 ? 0 : text.lastIndexOf('\n', start - 2) + 1;
    left -= count(text.slice(from, start));
    if (left < 0) break;
    start = from;
  }
  if (start === 0 && offset === 0) return text;
  if (start === text.length) return text.slice(lowest(text.length, (at) => count(text.slice(at)) <= budget));
  const step = Math.ceil((offset + start) / windowStep) * windowStep - offset;
  const stepped = text.indexOf('\n', step - 1) + 1;
  // Not where that would leave less than half of what fits.
  return text.slice(stepped > 0 && stepped <= (start + text.length) / 2 ? stepped : start);
}

/** The longest beginning of `text` of at most `budget` tokens, up to the end of a line where that leaves anything. */
function firstTokens(text: string, budget: number, count: CountTokens, wholeLines = false): string {
  let end = 0;
  for (let left = Math.max(0, budget); end < text.length; ) {
    const newline = text.indexOf('\n', end);
    const to = newline < 0 ? text.length : newline + 1;
    left -= count(text.slice(end, to));
    if (left < 0) break;
    end = to;
  }
  if (end === text.length) return text;
  if (end > 0) return text.slice(0, end - 1);
  if (wholeLines || budget <= 0) return '';
  const within = text.slice(0, budget * charactersPerToken);
  const cut = lowest(within.length, (less) => count(within.slice(0, within.length - less)) <= budget);
  return within.slice(0, within.length - cut);
}

/** The lowest number from 0 to `most` that passes, where all above it pass too; found by halving. */
function lowest(most: number, passes: (at: number) => boolean): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
