import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Errors, habitOf, likelihoodOf, tokensFrom, waitForFirstToken } from './keysModel.ts';
import { seeded } from './random.ts';

/** The time on a clock that the page, the extension host and this process share, ms since the epoch. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** What the model knows, and how it fails at it. */
export interface Knowledge {
  /** The whole file as it will be. */
  readonly text: string;
  /** The part that is being typed. */
  readonly from: number;
  readonly to: number;
  readonly errors: Errors;
  readonly seed: number;
  /** How many times slower than gpt-4o-mini. */
  readonly slow: number;
}

/** One request for text. Times by `now`. */
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

/** The document as the editor has it after a change. */
export interface Seen {
  readonly at: number;
  /** When the report was sent, and when it arrived: how late anything on the wire is here. */
  readonly sentAt: number;
  readonly arrivedAt: number;
  readonly version: number;
  readonly text: string;
  readonly caret: number;
}

/** A model that knows the text being typed, over HTTP, and where the editor says what became of the document. */
export interface ReplayServer {
  readonly origin: string;
  readonly requests: readonly Asked[];
  readonly seen: readonly Seen[];
  /** The document as soon as it or the caret is another than `before`; undefined after so many ms. */
  nextSeen(before: Seen | undefined, ms: number): Promise<Seen | undefined>;
  close(): Promise<void>;
}

/** Visible characters that a client may wait for before it shows anything. */
const worthShowing = 3;

/** Starts the model. */
export async function startReplayServer(knowledge: Knowledge): Promise<ReplayServer> {
  const requests: Asked[] = [];
  const seen: Seen[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const at = now();
    void serve(request, response, at);
  });
  async function serve(request: IncomingMessage, response: ServerResponse, at: number): Promise<void> {
    const body = await bodyOf(request);
    if (request.url === '/seen') {
      seen.push({ ...(JSON.parse(body) as Omit<Seen, 'arrivedAt'>), arrivedAt: at });
      for (const wake of waiting) wake();
      response.end();
      return;
    }
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'replay', object: 'model' }] }));
      return;
    }
    await answer(knowledge, JSON.parse(body) as ChatBody, response, at, requests);
  }
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    seen,
    nextSeen: (before, ms) =>
      new Promise((resolve) => {
        const end = now() + ms;
        const look = (): void => {
          const last = seen.at(-1);
          const isNew = last?.version !== before?.version || last?.caret !== before?.caret;
          if (!isNew && now() < end) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(isNew ? last : undefined);
        };
        const timer = setTimeout(look, ms + 1);
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface ChatBody {
  readonly messages: readonly { readonly content: string }[];
  readonly stop?: readonly string[];
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly logprobs?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
}

async function answer(
  { text, from, to, errors, seed, slow }: Knowledge,
  body: ChatBody,
  response: ServerResponse,
  at: number,
  requests: Asked[],
): Promise<void> {
  const prompt = body.messages.map(({ content }) => content).join('\n');
  const caret = caretIn(prompt, text, from, to);
  const asked: Asked = {
    at,
    caret,
    prompt,
    pieces: [],
    endedAt: undefined,
    sent: 0,
    usefulAt: undefined,
    lastAt: undefined,
    end: 'open',
  };
  requests.push(asked);
  const gone = new AbortController();
  response.on('close', () => {
    if (asked.end === 'open') asked.end = 'hung-up';
    asked.endedAt ??= now();
    gone.abort();
  });
  // The same place gets the same answer, in whatever order places are asked for.
  const random = seeded(seed * 7919 + (caret ?? 0));
  const frame = (choices: unknown, more: object = {}): string =>
    `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'replay', choices, ...more })}\n\n`;
  const delta = (content: string, logprob: number): string => {
    const logprobs = body.logprobs
      ? { content: [{ token: content, logprob, bytes: null, top_logprobs: [] }], refusal: null }
      : null;
    return frame([{ index: 0, delta: { content }, logprobs, finish_reason: null }]);
  };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  let count = 0;
  let code = 0;
  let reach = caret ?? 0;
  try {
    await wait(slow * waitForFirstToken(random), undefined, { signal: gone.signal });
    const started = now();
    const most = body.max_completion_tokens ?? body.max_tokens ?? 4096;
    const habit = habitOf(random, lineBefore(text, caret ?? 0));
    let whole = '';
    const send = (piece: string, logprob: number): void => {
      whole += piece;
      count += 1;
      asked.sent += piece.length;
      asked.lastAt = now();
      response.write(delta(piece, logprob));
    };
    for (const piece of habit.match(/.{1,4}|\n/gs) ?? []) {
      send(piece, -0.01);
      await wait(due(started, count * slow), undefined, { signal: gone.signal });
    }
    for (const { text: piece, right } of caret === undefined ? [] : tokensFrom(text, caret, errors, random)) {
      if (
        count >= most ||
        (body.stop ?? []).some((stop) => (whole + piece).slice(habit.length).includes(stop))
      )
        break;
      send(piece, likelihoodOf(right, random));
      reach += piece.length;
      if (right) asked.pieces.push({ at: now(), reach, size: piece.length });
      code += piece.replace(/\s/g, '').length;
      if (code >= worthShowing) asked.usefulAt ??= now();
      await wait(due(started, count * slow), undefined, { signal: gone.signal });
    }
    response.write(frame([{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }]));
    if (body.stream_options?.include_usage) {
      const usage = { prompt_tokens: Math.round(prompt.length / 4), completion_tokens: count };
      response.write(frame([], { usage: { ...usage, total_tokens: usage.prompt_tokens + count } }));
    }
    asked.end = 'answered';
    response.end('data: [DONE]\n\n');
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}

function due(started: number, count: number): number {
  return Math.max(0, started + (count * 1000) / 108 - now());
}

/** The furthest place of the region whose preceding text stands in the prompt. */
function caretIn(prompt: string, text: string, from: number, to: number): number | undefined {
  for (const seen of [120, 60, 30]) {
    for (let at = to; at >= from; at--) {
      if (prompt.includes(text.slice(Math.max(0, at - seen), at))) return at;
    }
  }
  return undefined;
}

function lineBefore(text: string, caret: number): string {
  return text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
