import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { field, list, string } from './modelServerJson.ts';
import { listReply } from './modelServerLists.ts';
import { answerFor, type Script } from './modelServerScript.ts';
import { conversationOf } from './modelServerTokens.ts';
import { type Reply, type Wire, wireAt } from './modelServerWire.ts';

/** One request for text, as the server saw it. Times are performance.now() of the server's process, ms. */
export interface ModelRequest {
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly protocol: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly prompt: string;
  /** The server's own count. */
  readonly promptTokens: number;
  readonly at: number;
  firstTokenAt: number | undefined;
  tokensSent: number;
  /** answered: all was sent; failed: an error, on purpose; cut: broken by the server; hung-up: the client left first. */
  end: 'open' | 'answered' | 'failed' | 'cut' | 'hung-up';
  endedAt: number | undefined;
}

/** What one exchange needs. */
export interface Exchange {
  readonly script: Script;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: unknown;
  readonly at: number;
  readonly number: number;
  readonly record: (asked: ModelRequest) => void;
  /** Called when something about a recorded request has changed. */
  readonly changed: () => void;
}

/** Answers one request as its script says. Settles when all is sent or the client is gone. */
export async function reply(exchange: Exchange): Promise<void> {
  const { script, response, url, body } = exchange;
  const closed = closedReply(exchange);
  if (closed !== undefined) {
    response.writeHead(closed.code, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify({ error: closed }));
    return;
  }
  const wire = wireAt(url.pathname);
  const served = wire !== undefined && script.serve.includes(wire.family);
  if (!served) {
    listReply(script, exchange.request.method ?? 'GET', url.pathname, body, response);
    return;
  }
  const asked = recorded(exchange, wire);
  exchange.record(asked);
  const end = (how: ModelRequest['end']): void => {
    if (asked.end !== 'open') return;
    asked.end = how;
    asked.endedAt = performance.now();
    exchange.changed();
  };
  response.on('close', () => end(response.writableFinished ? 'answered' : 'hung-up'));
  const refusal = refusalOf(exchange, wire);
  if (refusal !== undefined) {
    end('failed');
    sendError(script, wire, response, refusal);
    return;
  }
  const { fault } = script;
  if (fault.kind === 'hang' && fault.headers === false) return;
  if (fault.kind === 'redirect') {
    end('failed');
    response.writeHead(307, { location: fault.to }).end();
    return;
  }
  if (fault.kind === 'html') {
    end('failed');
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><html><title>Sign in</title><body>Please sign in.</body></html>');
    return;
  }
  await stream(exchange, wire, asked, end);
}

/** Why nothing at all is answered but that the server is there: it loads its model, or even its lists are for holders of a key. */
function closedReply({
  script,
  url,
  request,
}: Exchange): { readonly code: number; readonly message: string; readonly type: string } | undefined {
  if (url.pathname === '/') return undefined;
  if (script.starting) return { code: 503, message: 'Loading model', type: 'unavailable_error' };
  const listed = wireAt(url.pathname) === undefined && url.pathname !== '/health';
  if (script.key === null || !listed || keyOf(request) === script.key) return undefined;
  return { code: 401, message: 'Invalid API Key', type: 'authentication_error' };
}

function keyOf({ headers }: IncomingMessage): string | undefined {
  return headers.authorization?.replace(/^Bearer /, '') ?? String(headers['api-key']);
}

function recorded(exchange: Exchange, wire: Wire): ModelRequest {
  const prompt = wire.prompt(exchange.body);
  const talks = exchange.script.tokenizer !== null && field(exchange.body, 'messages') !== undefined;
  return {
    number: exchange.number,
    method: exchange.request.method ?? 'GET',
    path: exchange.url.pathname,
    query: exchange.url.search,
    protocol: wire.name,
    headers: exchange.request.headers,
    body: exchange.body,
    prompt,
    promptTokens: exchange.script.count(talks ? conversationOf(exchange.body) : prompt),
    at: exchange.at,
    firstTokenAt: undefined,
    tokensSent: 0,
    end: 'open',
    endedAt: undefined,
  };
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfter?: string;
  readonly body?: string;
}

/** Why the request gets no answer: the scripted fault first, then what a strict server checks. */
function refusalOf(exchange: Exchange, wire: Wire): Refusal | undefined {
  const { script, request, body } = exchange;
  if (script.fault.kind === 'status') {
    const { status, code = 'scripted', message = `Scripted ${status}.`, ...more } = script.fault;
    return { ...more, status, code, message };
  }
  if (script.key !== null && keyOf(request) !== script.key) {
    return { status: 401, code: 'invalid_api_key', message: 'Incorrect API key provided.' };
  }
  const model = string(field(body, 'model'));
  if (script.models.length > 0 && wire.family !== 'infill' && !script.models.includes(model)) {
    if (!(wire.name === 'azure')) {
      return { status: 404, code: 'model_not_found', message: `The model \`${model}\` does not exist.` };
    }
  }
  const refused = script.refuse.find((name) => field(body, name) !== undefined);
  if (refused !== undefined) {
    const status = script.refuseWith;
    return { status, code: 'unsupported_parameter', message: `Unsupported parameter: '${refused}'.` };
  }
  if (script.maxStops !== null && list(field(body, 'stop')).length > script.maxStops) {
    return { status: 400, code: 'invalid_request_error', message: "Invalid 'stop': too many sequences." };
  }
  if (!script.fill && wire.name === 'infill') {
    const message = 'Infill is not supported by this model: prefix token is missing.';
    return { status: 501, code: 'not_supported_error', message };
  }
  if (!script.fill && wire.name === 'generate' && field(body, 'suffix') !== undefined) {
    return {
      status: 400,
      code: 'invalid',
      message: `registry.ollama.ai/library/${model} does not support insert`,
    };
  }
  return undefined;
}

function sendError(script: Script, wire: Wire, response: ServerResponse, refusal: Refusal): void {
  response.writeHead(refusal.status, {
    'content-type': refusal.body?.startsWith('<') ? 'text/html' : 'application/json',
    ...(refusal.retryAfter === undefined ? {} : { 'retry-after': refusal.retryAfter }),
    ...(script.owner === 'foretype-test' ? {} : { server: script.owner }),
  });
  response.end(refusal.body ?? JSON.stringify(wire.error(refusal.status, refusal.code, refusal.message)));
}

async function stream(
  exchange: Exchange,
  wire: Wire,
  asked: ModelRequest,
  end: (how: ModelRequest['end']) => void,
): Promise<void> {
  const { script, response, body } = exchange;
  const { fault, logprob } = script;
  const answer =
    fault.kind === 'empty'
      ? { pieces: [], reason: 'stop' as const }
      : answerFor(script, {
          prompt: asked.prompt,
          body,
          stop: wire.stop(body),
          maxTokens: wire.maxTokens(body),
        });
  const shape: Reply = {
    model: string(field(body, 'model')) || (script.models[0] ?? 'test-model'),
    promptTokens: asked.promptTokens,
    cachedTokens: script.cachedTokens,
    usage: script.usage === 'asked' && wire.wantsUsage(body),
    running: script.usage === 'asked' ? wire.wantsRunning?.(body) : undefined,
    logprobs: wire.wantsLogprobs(body),
    logprob: typeof logprob === 'number' ? () => logprob : logprob,
    reason: script.finish === 'stop' ? answer.reason : script.finish === 'missing' ? null : script.finish,
  };
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  try {
    if (!wire.wantsStream(body) || script.whole) {
      const text = answer.pieces.join('');
      await wait(script.firstTokenMs, undefined, { signal: gone.signal });
      asked.firstTokenAt = performance.now();
      asked.tokensSent = script.count(text);
      response.writeHead(200, { 'content-type': 'application/json' });
      // A request that did not ask for a stream always gets its usage.
      const usage = script.usage !== 'never';
      response.end(JSON.stringify(wire.whole({ ...shape, usage }, text, asked.tokensSent)));
      return;
    }
    const faultAt = 'afterTokens' in fault ? fault.afterTokens : Number.POSITIVE_INFINITY;
    const send = sender(script, wire, response);
    response.writeHead(200, {
      'content-type': wire.framing === 'sse' ? 'text/event-stream; charset=utf-8' : 'application/x-ndjson',
      'cache-control': 'no-cache',
    });
    for (const frame of wire.open(shape)) send(frame);
    response.flushHeaders();
    const start = exchange.at + script.firstTokenMs;
    let sent = '';
    for (const [index, piece] of answer.pieces.entries()) {
      if (index === faultAt) break;
      const due = script.tokensPerSecond > 0 ? start + (index * 1000) / script.tokensPerSecond : start;
      const pause = due - performance.now();
      if (pause > 0) await wait(pause, undefined, { signal: gone.signal });
      asked.firstTokenAt ??= performance.now();
      sent += piece;
      asked.tokensSent = script.count(sent);
      send(wire.token(shape, piece, asked.tokensSent));
      exchange.changed();
    }
    if (faultAt <= answer.pieces.length) {
      if (fault.kind === 'hang') return;
      if (fault.kind === 'cut') {
        end('cut');
        // Half a frame first, so that the reader sees broken bytes and not a quiet end.
        response.write('data: {"id":"chatcmpl-1","cho', () => response.destroy());
        return;
      }
      if (fault.kind === 'garbage') {
        end('failed');
        response.end('data: {"choices": [ <<<\u0000 not json\n\n\u0001\u0002 nothing\n');
        return;
      }
      if (fault.kind === 'error-frame') {
        end('failed');
        send(wire.error(500, 'server_error', fault.message ?? 'The engine died.'));
        response.end();
        return;
      }
    }
    for (const frame of wire.close(shape, asked.tokensSent)) send(frame);
    if (script.lingers) return;
    const done = wire.framing === 'sse' && wire.family !== 'infill' && script.done;
    response.end(done ? `data:${script.space ? ' ' : ''}[DONE]${script.newline.repeat(2)}` : '');
  } catch (error) {
    // The client left while the server was waiting; 'close' has recorded it.
    if (!gone.signal.aborted) throw error;
  }
}

function sender(script: Script, wire: Wire, response: ServerResponse): (frame: unknown) => void {
  let rest = 7;
  return (frame) => {
    const json = JSON.stringify(frame);
    const line = wire.framing === 'sse' ? `data:${script.space ? ' ' : ''}${json}` : json;
    const comment =
      script.comments && wire.framing === 'sse' ? `: keep-alive${script.newline.repeat(2)}` : '';
    const bytes = Buffer.from(
      `${comment}${line}${wire.framing === 'sse' ? script.newline.repeat(2) : script.newline}`,
    );
    if (script.split === 'frames') {
      response.write(bytes);
      return;
    }
    for (let at = 0; at < bytes.length; ) {
      // Sizes that fall inside characters, names and line ends, the same in every run.
      rest = (rest * 31 + 11) % 97;
      const size = script.split === 'bytes' ? 1 : 1 + (rest % 23);
      response.write(bytes.subarray(at, at + size));
      at += size;
    }
  };
}
