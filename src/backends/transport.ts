import type OpenAI from 'openai';
import { BackendError } from '../core/errors.ts';
import { authHeaders, type KeyOptions, noKey } from './authorization.ts';
import { connectionError, refusalError, type Target } from './classify.ts';
import { type ErrorBody, errorBodyOf } from './errorBody.ts';
import { readSaid, type Said } from './server.ts';

/** What a transport is made from. */
interface TransportOptions extends KeyOptions {
  /** The extension host's own fetch: it knows the proxies and certificates. */
  readonly fetch: typeof globalThis.fetch;
  /** How often the SDK tries again after a broken connection or a server's failure. */
  readonly retries: number;
}

/** Asks one origin. Rejects with BackendError, with `Refused` for the negotiable statuses, or with an AbortError. */
export interface Transport {
  /** Loads the SDK, which takes a while, before it is needed. */
  load(): Promise<unknown>;
  post(url: string, body: object, model: string, signal: AbortSignal): Promise<Response>;
  /** One look at what a server says of itself, refusals included: no second try, as somebody waits. */
  get(url: string, signal: AbortSignal): Promise<Said>;
}

/** A refusal that another body might avoid; `cause` is what it means if none does. */
export class Refused extends Error {
  readonly body: ErrorBody;
  readonly status: number;
  override readonly cause: BackendError;

  constructor(status: number, body: ErrorBody, cause: BackendError) {
    super(cause.message);
    this.status = status;
    this.body = body;
    this.cause = cause;
  }
}

/** The headers that leave the machine; the SDK would add the platform, the runtime and what the environment holds. */
const sentHeaders = ['accept', 'content-type', 'authorization', 'api-key'];

/** Statuses that another body or address may avoid: some servers answer 500 or 501 to a field that they do not know, or 405 where they have only pages. */
const negotiable: readonly number[] = [400, 404, 405, 422, 500, 501];

/** One transport per backend; the SDK is loaded at the first request. */
export function createTransport(options: TransportOptions): Transport {
  let client: Promise<OpenAI> | undefined;
  const load = (): Promise<OpenAI> => {
    client ??= createClient(options);
    return client;
  };
  return {
    load,
    async post(url, body, model, signal) {
      const headers = await authHeaders(options, signal);
      signal.throwIfAborted();
      const sdk = await load();
      try {
        return await sdk.post(url, { headers, signal, body }).asResponse();
      } catch (error) {
        signal.throwIfAborted();
        const keyless = Object.values(headers).every((value) => value === null);
        if (keyless && (error as { status?: unknown }).status === 401) throw noKey(options);
        throw meaningOf(error, { ...options.target, model }, options);
      }
    },
    async get(url, signal) {
      const headers = withAccept(await authHeaders(options, signal));
      return readSaid(await options.fetch(url, { headers, redirect: 'manual', signal }));
    },
  };
}

/** The header values that are set, with what a look asks for. */
function withAccept(headers: Readonly<Record<string, string | null>>): Record<string, string> {
  const set = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
  return { accept: 'application/json', 'user-agent': 'foretype', ...Object.fromEntries(set) };
}

async function createClient(options: TransportOptions): Promise<OpenAI> {
  const { default: Client } = await import('openai');
  return new Client({
    // The key of the moment goes with each request; the SDK only wants to see one.
    apiKey: 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: options.endpoint.origin,
    maxRetries: options.retries,
    logLevel: 'off',
    fetch: (input, init) => guardedFetch(options, String(input), init ?? {}),
  });
}

/**
 * Sends to the endpoint's own origin only, with no more headers than needed, and follows no redirect. Brings error answers
 * into the shape that the SDK reads, and keeps it from waiting out a rate limit: the pause belongs to the backend's health.
 */
async function guardedFetch(options: TransportOptions, url: string, init: RequestInit): Promise<Response> {
  if (new URL(url).origin !== options.endpoint.origin) throw new Error(`Not the backend's origin: ${url}`);
  const given = new Headers(init.headers);
  const headers = new Headers({ 'user-agent': 'foretype' });
  for (const name of sentHeaders) {
    const value = given.get(name);
    if (value !== null) headers.set(name, value);
  }
  const response = await options.fetch(url, { ...init, headers, redirect: 'manual' });
  if (response.ok) return response;
  // Some fetch implementations hide a redirect's status behind 0.
  const status = response.status === 0 ? 302 : response.status;
  const kept = new Headers(response.headers);
  if (status === 429 || status === 501) kept.set('x-should-retry', 'false');
  // Some servers repeat the key that they refuse.
  const text = (await response.text()).replaceAll(keyIn(headers), '[key]');
  return new Response(JSON.stringify({ error: errorBodyOf(text) }), { status, headers: kept });
}

function keyIn(headers: Headers): string {
  const bearer = headers.get('authorization')?.replace(/^Bearer /, '');
  return bearer ?? headers.get('api-key') ?? '[key]';
}

function meaningOf(error: unknown, target: Target, options: TransportOptions): unknown {
  if (error instanceof BackendError) return error;
  const { status, headers, error: body } = error as { status?: unknown; headers?: unknown; error?: unknown };
  if (typeof status !== 'number' || !(headers instanceof Headers)) return connectionError(error, target);
  const errorBody = body as ErrorBody;
  const meaning = refusalError({ status, headers, body: errorBody }, target, options.clock.date());
  if (meaning.kind === 'server') {
    // A gateway's words may be all that explains a failure; they hold no code of the user's.
    options.log.warn(meaning.message);
  }
  return negotiable.includes(status) ? new Refused(status, errorBody, meaning) : meaning;
}
