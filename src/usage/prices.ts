import type { TokenUsage } from '../core/ports.ts';
import type { ModelPrice, Settings } from '../core/settings.ts';

/** A price with the day on which this table was held against it, and where the service publishes it. */
export interface DatedPrice extends ModelPrice {
  readonly day: string;
  readonly source: string;
}

const openai = { day: '2026-11-22', source: 'https://developers.openai.com/api/docs/pricing' };
const mistral = { day: '2026-11-22', source: 'https://mistral.ai/pricing' };
const deepseek = {
  day: '2026-10-27',
  source: 'https://api-docs.deepseek.com/quick_start/pricing (peak hours)',
};
const anthropic = { day: '2026-11-22', source: 'https://platform.claude.com/docs/en/about-claude/pricing' };
const google = { day: '2026-11-22', source: 'https://ai.google.dev/gemini-api/docs/pricing' };

/** Dollars per million tokens; where no price for cached input is published, the full one stands. A name stands for itself and its dated versions; `foretype.prices` overrides and adds. */
export const prices: Readonly<Record<string, DatedPrice>> = {
  'gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6, ...openai },
  'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10, ...openai },
  'gpt-4.1': { input: 2, cachedInput: 0.5, output: 8, ...openai },
  'gpt-4.1-mini': { input: 0.4, cachedInput: 0.1, output: 1.6, ...openai },
  'gpt-6-luna': {
    input: 0.1,
    cachedInput: 0.01,
    output: 0.5,
    day: '2026-11-26',
    source: 'https://developers.openai.com/api/docs/models/gpt-6-luna',
  },
  codestral: { input: 0.3, cachedInput: 0.3, output: 0.9, ...mistral },
  'deepseek-flash': { input: 0.3, cachedInput: 0.006, output: 1.2, ...deepseek },
  'deepseek-v4-flash': { input: 0.3, cachedInput: 0.028, output: 1.2, ...deepseek },
  'claude-haiku-4-5': { input: 1, cachedInput: 0.1, output: 5, ...anthropic },
  'gemini-2.5-flash-lite': { input: 0.1, cachedInput: 0.1, output: 0.4, ...google },
};

/**
 * For a model without a price: dearer than any small model, so that a budget stops too early and not too late.
 */
export const unknownPrice: ModelPrice = { input: 5, cachedInput: 5, output: 20 };

/** The price of a model, and whether it is known. Gateways put their provider before the name (`openai/gpt-4o-mini`). */
export function priceOf(
  model: string,
  own: Settings['prices'],
): { readonly price: ModelPrice; readonly known: boolean } {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  const found = own[model] ?? own[name] ?? longestMatch(own, name) ?? longestMatch(prices, name);
  return found === undefined ? { price: unknownPrice, known: false } : { price: found, known: true };
}

/** The models with a price that are of the same family as this one (`gpt`, `claude`, …), this one first. */
export function relativesOf(model: string): readonly string[] {
  const gateway = model.slice(0, model.lastIndexOf('/') + 1);
  const family = /^[a-z]+/i.exec(model.slice(gateway.length))?.[0] ?? model;
  const names = Object.keys(prices).filter((name) => name.startsWith(family));
  return [...new Set([model, ...names.map((name) => gateway + name)])];
}

/** What a request cost, in dollars. */
export function costOf(usage: TokenUsage, price: ModelPrice): number {
  const fresh = usage.promptTokens - usage.cachedTokens;
  const millionths =
    fresh * price.input + usage.cachedTokens * price.cachedInput + usage.completionTokens * price.output;
  return millionths / 1_000_000;
}

/** The row whose name the model's name begins with, up to a hyphen and a date or a word such as `latest`. */
function longestMatch<Price>(table: Readonly<Record<string, Price>>, name: string): Price | undefined {
  const versioned = /-(?:\d.*|latest|preview.*|exp.*)$/;
  const names = [name, name.replace(versioned, '')];
  return Object.entries(table)
    .filter(
      ([row]) =>
        names.includes(row.toLowerCase()) ||
        (name.startsWith(`${row}-`) && versioned.test(name.slice(row.length))),
    )
    .sort(([one], [other]) => other.length - one.length)[0]?.[1];
}
