import type { TokenLogprob } from '../../src/core/answer.ts';
import type { Backend, BackendRequest, Chunk, Clock } from '../../src/core/ports.ts';
import { linePrefixOf } from '../../src/core/snapshot.ts';
import { logNormal, normal, seeded } from './random.ts';

/** Time to the first token of gpt-4o-mini, median ms, and its spread (an assumption: field measurements lie at 350 to 700). */
const firstTokenMs = 400;
const firstTokenSpread = 0.35;

/** Milliseconds a token at 108 tokens a second, the published speed of its family. */
const tokenMs = 1000 / 108;

/** Characters of a token of code. */
const tokenCharacters = 3.7;

/** Share of lines at which the model goes wrong, and with them everything that it writes after. */
const wrongShare = 0.25;

/** Share of answers that begin with something else than the continuation. */
const habitShare = 0.33;

/** Lines that the model writes at most. */
const mostLines = 12;

/** What the model does at one line of the text: nothing, or wrong from a column on. */
export type Errors = ReadonlyMap<number, number>;

/** The lines (by the offset at which they start) at which a model goes wrong, with the offset from which on. */
export function errorsOf(text: string, seed: number): Errors {
  const random = seeded(seed);
  const errors = new Map<number, number>();
  let start = 0;
  for (const line of text.split('\n')) {
    const indent = line.length - line.trimStart().length;
    const visible = line.trim().length;
    if (visible > 0 && random() < wrongShare) {
      errors.set(start, start + indent + Math.floor(random() * Math.max(1, visible - 1)));
    }
    start += line.length + 1;
  }
  return errors;
}

/** A model that knows the text being typed, with human-sized faults, in virtual time. */
export class KnowingModel implements Backend {
  readonly id = 'knowing';
  readonly kind = 'cloud';
  readonly dialect = { kind: 'chat' } as const;
  readonly lanes = 2;
  readonly metered = true;
  requests = 0;
  promptCharacters = 0;
  streamed = 0;
  readonly #clock: Clock;
  readonly #text: string;
  readonly #errors: Errors;
  readonly #random: () => number;

  constructor(clock: Clock, text: string, errors: Errors, seed: number) {
    this.#clock = clock;
    this.#text = text;
    this.#errors = errors;
    this.#random = seeded(seed);
  }

  async *stream(request: BackendRequest, signal: AbortSignal): AsyncGenerator<Chunk> {
    this.requests += 1;
    const { caret } = request.site.snapshot;
    await this.#clock.sleep(waitForFirstToken(this.#random), signal);
    const habit = habitOf(this.#random, linePrefixOf(request.site.snapshot));
    if (habit !== '') yield { text: habit, tokens: [{ end: habit.length, logprob: -0.01 }] };
    for (const { text, right } of tokensFrom(this.#text, caret, this.#errors, this.#random)) {
      const logprob = likelihoodOf(right, this.#random);
      this.streamed += text.length;
      yield { text, tokens: [{ end: text.length, logprob }] satisfies readonly TokenLogprob[] };
      await this.#clock.sleep(tokenMs, signal);
    }
  }
}

/** Milliseconds to the first token. */
export function waitForFirstToken(random: () => number): number {
  return logNormal(random, firstTokenMs, firstTokenSpread);
}

/** A third of the answers begin as a chat model's do: with a fence, with the line that they were to go on, or with a sentence and a fence. */
export function habitOf(random: () => number, line: string): string {
  const chance = random();
  if (chance > habitShare) return '';
  if (chance < habitShare / 3) return '```typescript\n';
  return chance < (2 * habitShare) / 3 ? line : 'Here is the code:\n\n```typescript\n';
}

/** The logarithm of a token's probability: right tokens are likelier than wrong ones, with overlap. */
export function likelihoodOf(right: boolean, random: () => number): number {
  const typical = right ? -0.12 : -1.1;
  return Math.min(-0.0001, typical * Math.exp(0.9 * normal(random)));
}

/** What the model writes from a place on: the text, up to where it first goes wrong. */
export function* tokensFrom(
  text: string,
  caret: number,
  errors: Errors,
  random: () => number,
): Generator<{ readonly text: string; readonly right: boolean }> {
  const end = endOfLines(text, caret, mostLines);
  const wrongAt = firstError(errors, caret);
  for (let at = caret; at < end; ) {
    const size = Math.max(1, Math.round(tokenCharacters + normal(random)));
    if (wrongAt !== undefined && at + size > wrongAt) {
      if (wrongAt > at) yield { text: text.slice(at, wrongAt), right: true };
      for (let token = 0; token < 12; token += 1)
        yield { text: token % 5 === 4 ? '\n  ' : 'oops', right: false };
      return;
    }
    yield { text: text.slice(at, Math.min(end, at + size)), right: true };
    at += size;
  }
}

function firstError(errors: Errors, caret: number): number | undefined {
  let first: number | undefined;
  for (const at of errors.values()) if (at >= caret && (first === undefined || at < first)) first = at;
  return first;
}

function endOfLines(text: string, from: number, lines: number): number {
  let at = from;
  for (let line = 0; line < lines; line += 1) {
    const newline = text.indexOf('\n', at);
    if (newline < 0) return text.length;
    at = newline + 1;
  }
  return at - 1;
}
