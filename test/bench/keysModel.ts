import type { Backend, BackendRequest, Chunk, Clock } from '../../src/core/ports.ts';
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

/** What the model knows, and how it fails at it. */
export interface Knowledge {
  /** The whole file as it will be. */
  readonly text: string;
  readonly errors: Errors;
  readonly seed: number;
}

/** One request for text. Times in ms on the clock of the run. */
export interface Asked {
  readonly at: number;
  /** The offset in the known text that the prompt's caret stands at; undefined if the prompt shows no such place. */
  readonly caret: number | undefined;
  readonly prompt: string;
  /** Characters of the answer that were sent. */
  sent: number;
  /** When enough to be worth showing was sent: three visible characters of code. */
  usefulAt: number | undefined;
  lastAt: number | undefined;
  endedAt: number | undefined;
  /** The right parts of the answer: when they were sent, up to where in the text they reach. */
  readonly pieces: { readonly at: number; readonly reach: number; readonly size: number }[];
  end: 'open' | 'answered' | 'hung-up';
}

/** Visible characters that a client may wait for before it shows anything. */
const worthShowing = 3;

/** A request as it is noted down at first. */
export function asked(at: number, caret: number | undefined, prompt: string): Asked {
  const open = { usefulAt: undefined, lastAt: undefined, endedAt: undefined };
  return { at, caret, prompt, sent: 0, ...open, pieces: [], end: 'open' };
}

/** A token of an answer, the time that has passed since the first one, and the model's own estimate of it. */
export interface Token {
  readonly text: string;
  readonly afterMs: number;
  readonly logprob: number;
}

/**
 * What the model answers at a place, noted down in `request` as it is taken. The same place gets the same answer, in whatever order places
 * are asked for; `stop` and `most` tokens end it.
 */
export function answerTo(
  { text, errors, seed }: Knowledge,
  request: Asked,
  stop: readonly string[],
  most: number,
): { readonly firstMs: number; tokens(now: () => number): Generator<Token> } {
  const { caret } = request;
  const random = seeded(seed * 7919 + (caret ?? 0));
  const firstMs = waitForFirstToken(random);
  function* tokens(now: () => number): Generator<Token> {
    let count = 0;
    let code = 0;
    let reach = caret ?? 0;
    let written = '';
    const token = (piece: string, logprob: number): Token => {
      request.sent += piece.length;
      request.lastAt = now();
      return { text: piece, afterMs: count++ * tokenMs, logprob };
    };
    const habit = habitOf(random, lineBefore(text, caret ?? 0));
    for (const piece of habit.match(/.{1,4}|\n/gs) ?? []) yield token(piece, -0.01);
    if (caret === undefined) return;
    for (const { text: piece, right } of tokensFrom(text, caret, errors, random)) {
      written += piece;
      if (count >= most || stop.some((each) => written.includes(each))) return;
      const next = token(piece, likelihoodOf(right, random));
      reach += piece.length;
      if (right) request.pieces.push({ at: now(), reach, size: piece.length });
      code += piece.replace(/\s/g, '').length;
      if (code >= worthShowing) request.usefulAt ??= now();
      yield next;
    }
  }
  return { firstMs, tokens };
}

function lineBefore(text: string, caret: number): string {
  return text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret);
}

/** A model that knows the text being typed, with human-sized faults, in virtual time. */
export class KnowingModel implements Backend {
  readonly id = 'knowing';
  readonly kind: 'cloud' | 'local';
  readonly dialect = { kind: 'chat' } as const;
  readonly lanes = 2;
  readonly metered: boolean;
  readonly requests: Asked[] = [];
  readonly #clock: Clock;
  readonly #knowledge: Knowledge;

  constructor(clock: Clock, knowledge: Knowledge, kind: 'cloud' | 'local' = 'cloud') {
    this.#clock = clock;
    this.#knowledge = knowledge;
    this.kind = kind;
    this.metered = kind === 'cloud';
  }

  async *stream({ site, prompt }: BackendRequest, signal: AbortSignal): AsyncGenerator<Chunk> {
    const clock = this.#clock;
    const { text, caret } = site.snapshot;
    const known = this.#knowledge.text.startsWith(text.slice(0, caret));
    const words = prompt.kind === 'chat' ? prompt.messages.map(({ content }) => content).join('\n') : '';
    const request = asked(clock.now(), known ? caret : undefined, words);
    this.requests.push(request);
    const { firstMs, tokens } = answerTo(this.#knowledge, request, prompt.stop, prompt.maxTokens);
    try {
      await clock.sleep(firstMs, signal);
      const started = clock.now();
      for (const { text: piece, afterMs, logprob } of tokens(() => clock.now())) {
        const wait = started + afterMs - clock.now();
        if (wait > 0) await clock.sleep(wait, signal);
        yield { text: piece, tokens: [{ end: piece.length, logprob }] };
      }
      request.end = 'answered';
    } finally {
      if (request.end === 'open') request.end = 'hung-up';
      request.endedAt = clock.now();
    }
  }
}

/** Milliseconds to the first token. */
function waitForFirstToken(random: () => number): number {
  return logNormal(random, firstTokenMs, firstTokenSpread);
}

/** A third of the answers begin as a chat model's do: with a fence, with the line that they were to go on, or with a sentence and a fence. */
function habitOf(random: () => number, line: string): string {
  const chance = random();
  if (chance > habitShare) return '';
  if (chance < habitShare / 3) return '```typescript\n';
  return chance < (2 * habitShare) / 3 ? line : 'Here is the code:\n\n```typescript\n';
}

/** The logarithm of a token's probability: right tokens are likelier than wrong ones, with overlap. */
function likelihoodOf(right: boolean, random: () => number): number {
  const typical = right ? -0.12 : -1.1;
  return Math.min(-0.0001, typical * Math.exp(0.9 * normal(random)));
}

/** What the model writes from a place on: the text, up to where it first goes wrong. */
function* tokensFrom(
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
      yield* astray(text, wrongAt, end, random);
      return;
    }
    yield { text: text.slice(at, Math.min(end, at + size)), right: true };
    at += size;
  }
}

/** Where it goes wrong it goes on as the file does somewhere else. */
function* astray(
  text: string,
  from: number,
  end: number,
  random: () => number,
): Generator<{ readonly text: string; readonly right: boolean }> {
  let at = Math.floor(random() * text.length);
  for (let tries = 0; tries < 50 && (text[at] === text[from] || /\s/.test(text[at] ?? ' ')); tries++)
    at = Math.floor(random() * text.length);
  for (let left = end - from; left > 0 && at < text.length; ) {
    const size = Math.max(1, Math.round(tokenCharacters + normal(random)));
    yield { text: text.slice(at, at + size), right: false };
    at += size;
    left -= size;
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
