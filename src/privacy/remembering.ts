import type { Log } from '../core/ports.ts';

/** Answers that are looked up once, for all who wait, and then known without waiting. */
export interface Remembering<Answer> {
  /** Looks up what is not known yet. Never rejects: what could not be looked up stays unknown. */
  learn(key: string): Promise<void>;
  /** Looks up again what may have changed unseen. The old answer holds meanwhile. */
  renew(key: string): Promise<void>;
  /** The answer, or undefined while it is not known. */
  get(key: string): { readonly found: Answer } | undefined;
  /** The answer may have changed. */
  forget(key: string): void;
}

/** How many answers are kept; a large workspace has some thousand folders. */
const mostAnswers = 20_000;

/** Remembers the answers of `look`. */
export function remembering<Answer>(look: (key: string) => Promise<Answer>, log: Log): Remembering<Answer> {
  const known = new Map<string, { readonly found: Answer } | Promise<void>>();
  const renewals = new Map<string, Promise<void>>();

  function begin(key: string): Promise<void> {
    const looking: Promise<void> = Promise.resolve()
      .then(() => look(key))
      .then(
        (found) => settle(() => known.set(key, { found })),
        (error: unknown) => {
          settle(() => known.delete(key));
          log.warn(`${key} could not be read: ${String(error)}`);
        },
      );
    // Not when it was forgotten meanwhile: then this answer may be the old one.
    function settle(put: () => void): void {
      if (known.get(key) === looking) put();
    }
    if (known.size >= mostAnswers) known.clear();
    known.set(key, looking);
    return looking;
  }

  async function learn(key: string): Promise<void> {
    const entry = known.get(key);
    if (entry === undefined) await begin(key);
    else if (entry instanceof Promise) await entry;
  }

  async function lookAgain(key: string): Promise<void> {
    const before = known.get(key);
    try {
      const found = await look(key);
      // Not when it was forgotten meanwhile.
      if (known.get(key) === before) known.set(key, { found });
    } catch (error) {
      known.delete(key);
      log.warn(`${key} could not be read: ${String(error)}`);
    } finally {
      renewals.delete(key);
    }
  }

  return {
    learn,
    renew: (key) => {
      if (!known.has(key) || known.get(key) instanceof Promise) return learn(key);
      const renewal = renewals.get(key) ?? lookAgain(key);
      renewals.set(key, renewal);
      return renewal;
    },
    get: (key) => {
      const entry = known.get(key);
      return entry instanceof Promise ? undefined : entry;
    },
    forget: (key) => {
      known.delete(key);
    },
  };
}
