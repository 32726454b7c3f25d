import type { Clock } from '../core/ports.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import { type GetJson, identify, readSaid, type Server, within } from './server.ts';

/** A model server that answered on this machine. */
export interface FoundServer extends Server {
  /** What `foretype.local.endpoint` is set to in order to use it. */
  readonly endpoint: string;
  /** How its users know it. */
  readonly name: string;
}

/**
 * Where model servers listen unless told otherwise (their own documentation), with the path below which they are found.
 * 8080 is shared by llama.cpp and others, so what answers there is asked who it is.
 */
const usualPlaces: readonly { readonly port: number; readonly path: string }[] = [
  { port: 11434, path: '' }, // Ollama
  { port: 8080, path: '' }, // llama.cpp, LocalAI, MLX
  { port: 8012, path: '' }, // llama.cpp as started by llama.vscode
  { port: 1234, path: '' }, // LM Studio
  { port: 8000, path: '' }, // vLLM
  { port: 4000, path: '' }, // LiteLLM
  { port: 1337, path: '' }, // Jan
  { port: 5000, path: '' }, // text-generation-webui
  { port: 5001, path: '' }, // KoboldCpp
  { port: 4891, path: '' }, // GPT4All
  { port: 12434, path: '/engines' }, // Docker Model Runner
];

/** How long a server on this machine has to answer, ms: they are asked all at once, and one that is busy answers a list all the same. */
const answerMs = 300;

/**
 * Finds the model servers on this machine: loopback only, all usual ports at once, without a key, no redirects followed.
 * `further` holds addresses to look at as well, of which those on other machines are left out. Most ports are closed and say so at once; a server gets 300 ms to answer and 300 ms to
 * say who it is.
 */
export async function findServers(
  fetch: typeof globalThis.fetch,
  clock: Clock,
  further: readonly string[],
  signal: AbortSignal,
): Promise<readonly FoundServer[]> {
  const usual = usualPlaces.flatMap(({ port, path }) => [
    `http://127.0.0.1:${port}${path}`,
    `http://[::1]:${port}${path}`,
  ]);
  const endpoints = [...further, ...usual]
    .map(endpointOf)
    .filter((endpoint): endpoint is Endpoint => endpoint.kind === 'ok' && endpoint.loopback);
  const answering = await Promise.all(
    endpoints.map((endpoint) => within(clock, answerMs, signal, (inner) => answers(fetch, endpoint, inner))),
  );
  const found = await Promise.all(
    endpoints
      .filter((_, at) => answering[at] === true)
      .map(async (endpoint) => {
        const server = await identify(endpoint, lookWith(fetch), clock, answerMs, signal);
        return server === undefined
          ? []
          : [{ ...server, endpoint: endpoint.root, name: serverNames[server.kind] }];
      }),
  );
  // The same server may answer by both of the machine's loopback addresses; the first one is enough.
  const seen = new Set<string>();
  return found.flat().filter(({ endpoint }) => {
    const { port, pathname } = new URL(endpoint);
    const place = `${port} ${pathname}`;
    return !seen.has(place) && seen.add(place);
  });
}

/** How the users of each kind of server know it. */
export const serverNames: Readonly<Record<Server['kind'], string>> = {
  'llama.cpp': 'llama.cpp',
  ollama: 'Ollama',
  vllm: 'vLLM',
  'lm-studio': 'LM Studio',
  'openai-compatible': 'a server with OpenAI’s protocol',
};

/** Whether somebody speaks HTTP there at all: most ports are closed, and need no further questions. */
async function answers(
  fetch: typeof globalThis.fetch,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<true> {
  const response = await fetch(`${endpoint.bases[0]}/models`, { redirect: 'manual', signal });
  await response.body?.cancel();
  return true;
}

/** Asks a server that nobody has chosen yet: no key, and no redirects. */
function lookWith(fetch: typeof globalThis.fetch): GetJson {
  return async (url, signal) => {
    const headers = { accept: 'application/json' };
    return readSaid(await fetch(url, { headers, redirect: 'manual', signal }));
  };
}
