import { type Abilities, abilitiesOf, rememberAbilities } from './abilities.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import { framesOf } from './frames.ts';
import { transportTo } from './look.ts';
import type { BackendPorts } from './ports.ts';
import { readingOf } from './reading.ts';
import { within } from './server.ts';
import type { Transport } from './transport.ts';

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

/** How long an answer may go on after its end, ms: the usage follows at once, where it follows. */
const lingerMs = 1000;

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
  const transport = transportTo(endpoint, ports);
  const found = await abilitiesOf(endpoint, transport, wantedModel, ports, signal);
  if (found?.kind !== 'known') return undefined;
  const { abilities, certain } = found;
  if (certain) {
    rememberAbilities(ports.memory, endpoint, wantedModel, abilities);
    rememberAbilities(ports.memory, endpoint, abilities.model, abilities);
  }
  return { ...abilities, ...(await asked(endpoint, abilities, transport, ports, signal)) };
}

async function asked(
  endpoint: Endpoint,
  abilities: Abilities,
  transport: Transport,
  ports: BackendPorts,
  signal: AbortSignal,
): Promise<Omit<Probe, Exclude<keyof Abilities, 'chat'>>> {
  const { model } = abilities;
  const answers = async ({ url, ask }: Question, more: object): Promise<boolean> => {
    const answer = await within(ports.clock, questionMs, signal, async (inner) =>
      (await transport.post(url, { ...ask(1), ...more }, model, inner)).json(),
    );
    const { choices, content } = (answer ?? {}) as { choices?: unknown; content?: unknown };
    return Array.isArray(choices) || typeof content === 'string';
  };
  const inChat = chatQuestion(endpoint, abilities);
  const chat = await answers(inChat, {});
  const question = chat ? inChat : otherQuestion(endpoint, abilities);
  if (question === undefined) return { chat, manyStops: false, ...untimed };
  const manyStops = await answers(question, { stop: ['§1', '§2', '§3', '§4', '§5', '§6'] });
  const stream = { ...question.ask(timedTokens), stream: true };
  const withUsage = { ...stream, stream_options: { include_usage: true } };
  const timed = (body: object): Promise<Timed | undefined> =>
    within(ports.clock, questionMs, signal, (inner) =>
      timeAnswer(transport, question.url, body, model, ports, inner),
    );
  const seen =
    (await timed({ ...withUsage, ...question.logprobs })) ??
    (await timed(withUsage)) ??
    (await timed(stream));
  return { chat, manyStops, ...(seen ?? untimed) };
}

/** A question that every model answers with some forty tokens. */
interface Question {
  readonly url: string;
  /** The request for an answer of so many tokens at most. */
  readonly ask: (tokens: number) => object;
  /** The fields that ask for log-probabilities. */
  readonly logprobs: object;
}

const counting = 'Write the numbers from one to twenty as words, separated by commas.';

function chatQuestion(endpoint: Endpoint, { base = endpoint.bases[0], model }: Abilities): Question {
  const messages = [{ role: 'user', content: counting }];
  return {
    url: `${base}/chat/completions`,
    ask: (tokens) => ({ ...named(model), messages, temperature: 0, max_tokens: tokens }),
    logprobs: { logprobs: true },
  };
}

/** For a model that cannot be talked to: the same by filling in or going on. */
function otherQuestion(endpoint: Endpoint, abilities: Abilities): Question | undefined {
  const { base = endpoint.bases[0], model, fill, completions } = abilities;
  const body = { ...named(model), temperature: 0 };
  const begun = `${counting}\none, two,`;
  if (fill === 'infill') {
    return {
      url: `${endpoint.root}/infill`,
      ask: (tokens) => ({
        ...body,
        input_prefix: begun,
        input_suffix: '\n',
        prompt: '',
        n_predict: tokens,
      }),
      logprobs: { n_probs: 1 },
    };
  }
  if (!completions) return undefined;
  return {
    url: `${base}/completions`,
    ask: (tokens) => ({ ...body, prompt: begun, max_tokens: tokens }),
    logprobs: { logprobs: 1 },
  };
}

function named(model: string): { model?: string } {
  return model === '' ? {} : { model };
}

type Timed = Pick<Probe, 'usage' | 'logprobs' | 'tokensPerSecond' | 'firstTokenMs'>;

const untimed: Timed = { usage: false, logprobs: false, tokensPerSecond: undefined, firstTokenMs: undefined };

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
  const frames = framesOf(response, clock);
  for (let ended = false; ; ) {
    // Some servers say that this is the end and do not hang up.
    const over = (): Promise<undefined> => clock.sleep(lingerMs, signal).then(() => undefined);
    const next = await (ended ? Promise.race([frames.next(), over()]) : frames.next());
    if (next === undefined || next.done === true) break;
    const reading = readingOf(next.value);
    ended ||= reading.ended;
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
