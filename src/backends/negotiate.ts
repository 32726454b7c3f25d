import { Refused, type Transport } from './transport.ts';

/** A request of which some fields may be left out for servers that do not know them. */
export interface Ask {
  /** Appended to the base. */
  readonly path: string;
  readonly model: string;
  readonly required: Readonly<Record<string, unknown>>;
  /** By name; left out one by one as the server refuses them, and all of them if it does not say which. */
  readonly optional: Readonly<Record<string, unknown>>;
  /** What a field is sent as once its first name was refused. */
  readonly renamed: Readonly<Record<string, string>>;
}

/** What was learnt about a server: which fields it refuses and which base is its own. Kept per backend. */
export interface Learnt {
  refused: readonly string[];
  base: string | undefined;
}

/** Remembers what was learnt across backends and sessions, by a name; values are JSON. */
export interface Memory {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
}

/** More rounds than optional fields that a body of ours has are no negotiation. */
const mostRounds = 6;

/**
 * Posts; leaves out what the server refuses and, for a path that it does not have, tries the next of the possible bases.
 * What worked is remembered in `learnt`. Undefined means that a content filter stopped the request: no answer, and no error.
 */
export async function negotiate(
  transport: Transport,
  possible: readonly string[],
  ask: Ask,
  learnt: Learnt,
  signal: AbortSignal,
): Promise<Response | undefined> {
  let bases = learnt.base === undefined ? possible : [learnt.base];
  let refused = learnt.refused;
  for (let round = 0; ; round += 1) {
    const base = bases[0] ?? '';
    try {
      const response = await transport.post(base + ask.path, bodyOf(ask, refused), ask.model, signal);
      learnt.base = base;
      learnt.refused = refused;
      return response;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.body.code === 'content_filter') return undefined;
      const elsewhere = error.status === 404 && error.cause.kind === 'rejected' ? bases.slice(1) : [];
      const fewer = error.status === 404 ? [] : refusedNow(ask, refused, error);
      if (round === mostRounds || (elsewhere.length === 0 && fewer.length === 0)) {
        // A server that was moved or replaced is looked for again by the next request.
        if (error.status === 404) learnt.base = undefined;
        throw error.cause;
      }
      if (elsewhere.length > 0) bases = elsewhere;
      refused = [...refused, ...fewer];
    }
  }
}

function bodyOf(ask: Ask, refused: readonly string[]): object {
  const body: Record<string, unknown> = { ...ask.required };
  for (const [name, value] of Object.entries(ask.optional)) {
    const other = ask.renamed[name];
    if (!refused.includes(name)) body[name] = value;
    else if (other !== undefined && !refused.includes(other)) body[other] = value;
  }
  return body;
}

/**
 * The fields to leave out next: those that the refusal names, else all but the bound of the answer, which costs money to lose.
 * A failing server has to name one.
 */
function refusedNow(ask: Ask, refused: readonly string[], { status, body }: Refused): readonly string[] {
  const sent = Object.keys(bodyOf(ask, refused)).filter((name) => !(name in ask.required));
  const named = sent.filter((name) => body.param === name || mentions(body.message, name));
  return named.length > 0 || status >= 500 ? named : sent.filter((name) => !(name in ask.renamed));
}

/** Whether an identifier occurs in a text as a word of its own. */
function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![A-Za-z_])${name}(?![A-Za-z_])`).test(text);
}
