import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Asked, answerTo, asked, type Knowledge } from './keysModel.ts';
import type { Seen } from './typist.ts';

/** The time on a clock that the page, the extension host and this process share, ms since the epoch. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** What the model knows, how slow it is, and where the part that is typed stands. */
export interface ReplayKnowledge extends Knowledge {
  readonly from: number;
  readonly to: number;
  /** How many times slower than gpt-4o-mini. */
  readonly slow: number;
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

/** Starts the model. */
export async function startReplayServer(knowledge: ReplayKnowledge): Promise<ReplayServer> {
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
    if (!request.url?.endsWith('/chat/completions')) {
      response.writeHead(404).end();
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
  knowledge: ReplayKnowledge,
  body: ChatBody,
  response: ServerResponse,
  at: number,
  requests: Asked[],
): Promise<void> {
  const { text, from, to, slow } = knowledge;
  const prompt = body.messages.map(({ content }) => content).join('\n');
  const request = asked(at, caretIn(prompt, text, from, to), prompt);
  requests.push(request);
  const gone = new AbortController();
  response.on('close', () => {
    if (request.end === 'open') request.end = 'hung-up';
    request.endedAt ??= now();
    gone.abort();
  });
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
  const most = body.max_completion_tokens ?? body.max_tokens ?? 4096;
  const { firstMs, tokens } = answerTo(knowledge, request, body.stop ?? [], most);
  let count = 0;
  try {
    await wait(slow * firstMs, undefined, { signal: gone.signal });
    const started = now();
    for (const { text: piece, afterMs, logprob } of tokens(now)) {
      await wait(Math.max(0, started + afterMs * slow - now()), undefined, { signal: gone.signal });
      response.write(delta(piece, logprob));
      count += 1;
    }
    response.write(frame([{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }]));
    if (body.stream_options?.include_usage) {
      const usage = { prompt_tokens: Math.round(prompt.length / 4), completion_tokens: count };
      response.write(frame([], { usage: { ...usage, total_tokens: usage.prompt_tokens + count } }));
    }
    request.end = 'answered';
    response.end('data: [DONE]\n\n');
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}

/** The furthest place of the region whose preceding text stands right before the mark that the prompt's last line names. */
function caretIn(prompt: string, text: string, from: number, to: number): number | undefined {
  const mark = /\nInsert at (caret-[0-9a-f]+): [^\n]*$/.exec(prompt)?.[1];
  const head = prompt.slice(0, Math.max(0, prompt.indexOf(`<${mark}/>`)));
  for (const seen of [120, 60, 30]) {
    for (let at = to; at >= from; at--) {
      if (head.endsWith(text.slice(Math.max(0, at - seen), at))) return at;
    }
  }
  return undefined;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
