import { BackendError } from '../core/errors.ts';
import { causeCode } from './classify.ts';
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
  /** Optional fields at which some servers break instead of refusing them. */
  readonly fragile?: readonly string[];
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
      if (error instanceof Refused && error.body.code === 'content_filter') return undefined;
      const elsewhere = lacksPath(error) && error.cause.kind === 'rejected' ? bases.slice(1) : [];
      const first = learnt.base === undefined;
      const fewer = lacksPath(error) ? [] : refusedNow(ask, refused, error, first);
      if (round === mostRounds || (elsewhere.length === 0 && fewer.length === 0)) {
        // A server that was moved or replaced is looked for again by the next request.
        if (lacksPath(error)) learnt.base = undefined;
        throw error instanceof Refused ? error.cause : error;
      }
      if (elsewhere.length > 0) bases = elsewhere;
      refused = [...refused, ...fewer];
    }
  }
}

function bodyOf(ask: Ask, refused: readonly string[]): object {
  const body: Record<string, unknown> = { ...ask.required };
  if (refused.includes('stream')) body['stream'] = false;
  for (const [name, value] of Object.entries(ask.optional)) {
    const other = ask.renamed[name];
    if (!refused.includes(name)) body[name] = value;
    else if (other !== undefined && !refused.includes(other)) body[other] = value;
  }
  return body;
}

/** Whether a server does not have a path at all, as far as the status tells. */
function lacksPath(error: unknown): error is Refused {
  return error instanceof Refused && (error.status === 404 || error.status === 405);
}

/**
 * The fields to leave out next: those that the refusal names, else all but the bound of the answer, which costs money to lose.
 * A failing server has to name one, unless it breaks at the `first` request that it gets.
 */
function refusedNow(ask: Ask, refused: readonly string[], error: unknown, first: boolean): readonly string[] {
  const sent = Object.keys(bodyOf(ask, refused)).filter((name) => !(name in ask.required));
  const breaking = first && breaks(error) ? sent.filter((name) => ask.fragile?.includes(name)) : [];
  if (!(error instanceof Refused)) return breaking;
  const { status, body } = error;
  const isNamed = (name: string): boolean => body.param === name || mentions(body.message, name);
  const named = sent.filter(isNamed);
  if (named.length > 0) return named;
  // Whoever cannot stream answers all at once.
  if (ask.required['stream'] === true && !refused.includes('stream') && isNamed('stream')) return ['stream'];
  return status >= 500 ? breaking : sent.filter((name) => !(name in ask.renamed));
}

/** Whether a server failed at a request instead of answering it: it hung up, or says no more than that it failed. */
function breaks(error: unknown): boolean {
  if (error instanceof Refused) return error.status === 500;
  const met = error instanceof BackendError && error.kind === 'unreachable' && error.reason === undefined;
  return met && !/REFUSED|NOTFOUND|UNREACH|AGAIN/.test(causeCode(error));
}

/** Whether an identifier occurs in a text as a word of its own. */
function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![A-Za-z_])${name}(?![A-Za-z_])`).test(text);
}
