import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { list, string } from './modelServerJson.ts';
import { type ModelRequest, reply } from './modelServerReply.ts';
import { defaultScript, type Script } from './modelServerScript.ts';

export type { ModelRequest } from './modelServerReply.ts';
export type { Fault, Script } from './modelServerScript.ts';

/**
 * A model server on loopback that speaks the wire formats of OpenAI, Azure, Mistral, llama.cpp and Ollama and does what its
 * script says. Other processes may use `POST /script` (members to change; answers the script), `POST /reset`, `GET /requests`.
 */
export interface ModelServer {
  /** `http://127.0.0.1:<port>`, without a path. */
  readonly origin: string;
  /** What was asked since the last reset, oldest first; control and list requests are not among them. */
  readonly requests: readonly ModelRequest[];
  /** Every path asked since the last reset, with its method, the control endpoints excepted. */
  readonly paths: readonly string[];
  /** How many connections were opened since the start. */
  readonly connections: number;
  /** Changes members of the script from the next request on. */
  script(change: Partial<Script>): void;
  /** Forgets the requests and goes back to the script that the server was started with. */
  reset(): void;
  /** Settles as soon as there are requests of which `holds` is true; rejects when the signal aborts. */
  until(holds: (requests: readonly ModelRequest[]) => boolean, signal: AbortSignal): Promise<void>;
  /** Breaks open connections, stops listening. */
  close(): Promise<void>;
}

/** Starts a model server. `keep` bounds how many requests are remembered. */
export async function startModelServer(
  script: Partial<Script> = {},
  options: { port?: number; keep?: number; host?: string } = {},
): Promise<ModelServer> {
  const first: Script = { ...defaultScript, ...script };
  const state: State = {
    script: first,
    first,
    requests: [],
    paths: [],
    keep: options.keep ?? 1000,
    faults: 0,
    count: 0,
    watchers: new Set(),
  };
  let connections = 0;
  const server = createServer((request, response) => {
    void serve(state, request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  const host = options.host ?? '127.0.0.1';
  await listen(server, options.port ?? 0, host);
  const port = (server.address() as AddressInfo).port;
  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    get requests() {
      return state.requests;
    },
    get paths() {
      return state.paths;
    },
    get connections() {
      return connections;
    },
    script: (change) => setScript(state, change),
    reset: () => reset(state),
    until: (holds, signal) => until(state, holds, signal),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface State {
  script: Script;
  readonly first: Script;
  requests: ModelRequest[];
  paths: string[];
  readonly keep: number;
  /** Requests that have met the current fault. */
  faults: number;
  count: number;
  readonly watchers: Set<() => void>;
}

function setScript(state: State, change: Partial<Script>): void {
  state.script = { ...state.script, ...change };
  state.faults = 0;
}

function reset(state: State): void {
  state.script = state.first;
  state.faults = 0;
  state.requests = [];
  state.paths = [];
}

function until(state: State, holds: (requests: readonly ModelRequest[]) => boolean, signal: AbortSignal) {
  return new Promise<void>((resolve, reject) => {
    const look = (): void => {
      if (!holds(state.requests)) return;
      state.watchers.delete(look);
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const stop = (): void => {
      state.watchers.delete(look);
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    state.watchers.add(look);
    look();
  });
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://server');
  const at = performance.now();
  const body = parsed(await bodyOf(request));
  if (control(state, request.method ?? 'GET', url.pathname, body, response)) return;
  state.paths.push(`${request.method} ${url.pathname}`);
  if (state.paths.length > state.keep) state.paths.shift();
  const changed = (): void => {
    for (const watcher of [...state.watchers]) watcher();
  };
  const met = state.script.faultTimes === null || state.faults < state.script.faultTimes;
  await reply({
    script: met ? state.script : { ...state.script, fault: { kind: 'none' } },
    request,
    response,
    url,
    body,
    at,
    number: state.count + 1,
    changed,
    record: (asked) => {
      state.count += 1;
      if (met && state.script.fault.kind !== 'none') state.faults += 1;
      state.requests.push(asked);
      if (state.requests.length > state.keep) state.requests.shift();
      changed();
    },
  });
}

/** The endpoints by which another process drives the server. */
function control(
  state: State,
  method: string,
  path: string,
  body: unknown,
  response: ServerResponse,
): boolean {
  const answer = (value: unknown): true => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
    return true;
  };
  if (method === 'POST' && path === '/script') {
    setScript(state, body as Partial<Script>);
    return answer(state.script);
  }
  if (method === 'POST' && path === '/reset') {
    reset(state);
    return answer({ ok: true });
  }
  if (method === 'GET' && path === '/requests') return answer(state.requests);
  return false;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  try {
    for await (const part of request) parts.push(part as Buffer);
  } catch {
    // A client that hangs up while it sends has nothing to say.
    return '';
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** The text of the last message of a chat request: what the user's side of the prompt says. */
export function lastMessage(request: ModelRequest): string {
  const messages = list((request.body as { messages?: unknown }).messages);
  return string((messages.at(-1) as { content?: unknown } | undefined)?.content);
}
