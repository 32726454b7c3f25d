import type { Cleared } from '../core/cleared.ts';
import type { Clock } from '../core/ports.ts';
import type { Prompt } from '../core/prompt.ts';
import type { LeftOut } from './clear.ts';

/** The last request that left, exactly. Kept in memory only. */
export interface SentRequest {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
  /** Header names and values; those that hold a key are named without their value. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body as it was sent. */
  readonly body: string;
  /** What was kept back from it, and why. */
  readonly leftOut: readonly LeftOut[];
}

/** Keeps what “Foretype: Show What Was Sent” shows. */
export interface SentLog {
  /** Wraps the fetch that backends send with; changes nothing of a request. */
  watch(fetch: typeof globalThis.fetch): typeof globalThis.fetch;
  /** A prompt was cleared and is about to be sent. */
  sealed(prompt: Cleared<Prompt>, leftOut: readonly LeftOut[]): void;
  /** The last request with a body, or undefined if nothing has been sent in this session. */
  last(): SentRequest | undefined;
}

/** Cleared prompts whose request may still be to come: as many as a backend can write at once, and some spare. */
const mostPending = 8;

const keyHeader = /auth|key|token|cookie/i;

/** Makes the log of one window. */
export function createSentLog(clock: Pick<Clock, 'date'>): SentLog {
  let pending: { readonly sign: string; readonly leftOut: readonly LeftOut[] }[] = [];
  let last: SentRequest | undefined;

  function note(url: string, init: RequestInit): void {
    const { body } = init;
    if (typeof body !== 'string') return;
    const match = pending.findLast(({ sign }) => body.includes(sign));
    last = {
      at: clock.date(),
      method: init.method ?? 'POST',
      url,
      headers: [...new Headers(init.headers)].map(([name, value]) => [
        name,
        keyHeader.test(name) ? '(the stored key)' : value,
      ]),
      body,
      leftOut: match?.leftOut ?? [],
    };
  }

  return {
    watch: (fetch) => (input, init) => {
      note(input instanceof Request ? input.url : String(input), init ?? {});
      return fetch(input, init);
    },
    sealed: (prompt, leftOut) => {
      pending = [...pending.slice(1 - mostPending), { sign: signOf(prompt), leftOut }];
    },
    last: () => last,
  };
}

/** The end of a prompt's longest text as JSON writes it: what tells its request from another's. */
function signOf(prompt: Prompt): string {
  const texts =
    prompt.kind === 'chat'
      ? prompt.messages.map(({ content }) => content)
      : prompt.kind === 'fill'
        ? [prompt.prefix]
        : [prompt.text];
  const longest = texts.toSorted((a, b) => b.length - a.length)[0] ?? '';
  return JSON.stringify(longest.slice(-200)).slice(1, -1);
}
