import { type Abilities, abilitiesOf, rememberAbilities } from './abilities.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import { framesOf } from './frames.ts';
import type { BackendPorts } from './ports.ts';
import { readingOf } from './reading.ts';
import { within } from './server.ts';
import { createTransport, type Transport } from './transport.ts';

/** All that was found out about a server by asking it: what the set-up command shows. */
export interface Probe extends Abilities {
  readonly chat: boolean;
  /** Whether it takes more than the four stop sequences that OpenAI takes. */
  readonly manyStops: boolean;
  /** Whether it sends the usage of a streamed answer. */
  readonly usage: boolean;
  readonly logprobs: boolean;
  /** Of the answer, after its first token; undefined if too little came to tell. */
  readonly tokensPerSecond: number | undefined;
  /** Milliseconds to the first token of a short question; undefined if there was no answer. */
  readonly firstTokenMs: number | undefined;
}

/** How long each question may take, ms: a model may have to be loaded for the first one. */
const questionMs = 30_000;

/** Tokens of the answer that is timed: enough to tell, and two seconds on a slow machine. */
const timedTokens = 48;

/** Asks a server what it can do with a model (or with the one to recommend) and remembers it. Undefined if none answers. */
export async function probeServer(
  address: string,
  wantedModel: string,
  ports: BackendPorts,
  signal: AbortSignal,
): Promise<Probe | undefined> {
  const endpoint = endpointOf(address);
  if (endpoint.kind === 'bad') return undefined;
  const name = new URL(endpoint.origin).host;
  const target = { name, machine: endpoint.loopback ? ports.machine : '' };
  const transport = createTransport({
    ...ports,
    endpoint,
    auth: 'bearer',
    needsKey: false,
    retries: 0,
    target,
  });
  const abilities = await abilitiesOf(endpoint, transport, wantedModel, ports, signal);
  if (abilities === undefined) return undefined;
  rememberAbilities(ports.memory, endpoint, wantedModel, abilities);
  rememberAbilities(ports.memory, endpoint, abilities.model, abilities);
  return { ...abilities, ...(await asked(endpoint, abilities, transport, ports, signal)) };
}

async function asked(
  endpoint: Endpoint,
  { base = endpoint.bases[0], model }: Abilities,
  transport: Transport,
  ports: BackendPorts,
  signal: AbortSignal,
): Promise<Omit<Probe, keyof Abilities>> {
  const body = {
    ...(model === '' ? {} : { model }),
    messages: [
      { role: 'user', content: 'Write the numbers from one to twenty as words, separated by commas.' },
    ],
    temperature: 0,
  };
  const url = `${base}/chat/completions`;
  const answers = async (more: object): Promise<boolean> => {
    const answer = await within(ports.clock, questionMs, signal, async (inner) =>
      (await transport.post(url, { ...body, ...more }, model, inner)).json(),
    );
    return Array.isArray((answer as { choices?: unknown } | undefined)?.choices);
  };
  const chat = await answers({ max_tokens: 1 });
  if (!chat)
    return {
      chat,
      manyStops: false,
      usage: false,
      logprobs: false,
      tokensPerSecond: undefined,
      firstTokenMs: undefined,
    };
  const manyStops = await answers({ max_tokens: 1, stop: ['§1', '§2', '§3', '§4', '§5', '§6'] });
  const stream = { ...body, max_tokens: timedTokens, stream: true };
  const all = { ...stream, stream_options: { include_usage: true }, logprobs: true };
  const timed = (question: object): Promise<Timed | undefined> =>
    within(ports.clock, questionMs, signal, (inner) =>
      timeAnswer(transport, url, question, model, ports, inner),
    );
  const seen = (await timed(all)) ?? (await timed({ ...all, logprobs: undefined })) ?? (await timed(stream));
  return {
    chat,
    manyStops,
    ...(seen ?? { usage: false, logprobs: false, tokensPerSecond: undefined, firstTokenMs: undefined }),
  };
}

type Timed = Pick<Probe, 'usage' | 'logprobs' | 'tokensPerSecond' | 'firstTokenMs'>;

async function timeAnswer(
  transport: Transport,
  url: string,
  question: object,
  model: string,
  { clock }: BackendPorts,
  signal: AbortSignal,
): Promise<Timed> {
  const start = clock.now();
  const response = await transport.post(url, question, model, signal);
  let firstAt: number | undefined;
  let lastAt = start;
  let pieces = 0;
  let tokens: number | undefined;
  let logprobs = false;
  let said: number | undefined;
  for await (const frame of framesOf(response, clock)) {
    const reading = readingOf(frame);
    said = reading.speed ?? said;
    tokens = reading.usage?.completionTokens ?? tokens;
    if (reading.tokens.length > 0) logprobs = true;
    if (!reading.alive) continue;
    pieces += 1;
    lastAt = clock.now();
    firstAt ??= lastAt;
  }
  const seconds = (lastAt - (firstAt ?? start)) / 1000;
  // Where the server does not count, a piece is a token: that is how all of them stream.
  const measured = pieces > 2 && seconds > 0 ? ((tokens ?? pieces) - 1) / seconds : undefined;
  return {
    usage: tokens !== undefined,
    logprobs,
    tokensPerSecond: said ?? measured,
    firstTokenMs: firstAt === undefined ? undefined : firstAt - start,
  };
}
