import { BackendError, isAbort } from '../core/errors.ts';
import type { Chunk, Clock } from '../core/ports.ts';
import { type Bounds, watchOver } from './bounds.ts';
import { connectionError, type Target } from './classify.ts';
import { framesOf } from './frames.ts';
import { readingOf } from './reading.ts';

/** How long after its end an answer may go on without another frame, ms: the usage follows at once, where it follows. */
const lingerMs = 1000;

/** One request that streams its answer. */
export interface Exchange {
  /** Sends it; undefined if it was stopped by a content filter. */
  readonly send: (signal: AbortSignal) => Promise<Response | undefined>;
  /** Settles when somebody answers at the server's address, whatever they say. */
  readonly knock: (signal: AbortSignal) => Promise<unknown>;
  readonly bounds: Bounds;
  readonly clock: Clock;
  readonly target: Target;
}

/**
 * Streams the answer within the bounds of time. Throws BackendError, or the signal's AbortError; ending the iteration early or
 * aborting the signal hangs up at once. An answer without text is an end without chunks.
 */
export async function* answerStream(exchange: Exchange, signal: AbortSignal): AsyncGenerator<Chunk> {
  const { bounds, clock, target } = exchange;
  signal.throwIfAborted();
  const hangUp = new AbortController();
  const follow = (): void => hangUp.abort(signal.reason);
  signal.addEventListener('abort', follow, { once: true });
  let late: keyof Bounds | undefined;
  let knocked = false;
  let answered = false;
  // The server has said that this is the end; its usage may still come.
  let over = false;
  const started = clock.now();
  const waitForText = (): void => watch.expect('firstToken', started + bounds.firstToken - clock.now());
  const watch = watchOver(clock, (what) => {
    if (what === 'connect' && !knocked) {
      // The model may be thinking, or nobody be there: a knock at the door tells which.
      knocked = true;
      watch.expect('connect', bounds.connect / 2);
      exchange.knock(hangUp.signal).then(
        () => answered || waitForText(),
        () => undefined,
      );
      return;
    }
    if (!over) late = what;
    hangUp.abort();
  });
  let ended = false;
  try {
    watch.expect('connect', bounds.connect / 2);
    const response = await exchange.send(hangUp.signal);
    answered = true;
    if (response === undefined) return;
    waitForText();
    for await (const frame of framesOf(response, clock)) {
      const reading = readingOf(frame);
      over = reading.ended || (over && !reading.alive);
      if (over) watch.expect('between', lingerMs);
      else if (reading.alive) watch.expect('between', bounds.between);
      const chunk = chunkOf(reading);
      if (chunk !== undefined) yield chunk;
    }
    ended = true;
  } catch (error) {
    ended = true;
    hangUp.abort();
    if (signal.aborted) throw isAbort(signal.reason) ? signal.reason : aborted();
    // A server that says the end and does not hang up, or breaks off then, has answered all the same.
    if (over && !(error instanceof BackendError)) return;
    if (late !== undefined) throw timedOut(late, exchange);
    if (error instanceof BackendError) throw error;
    throw connectionError(error, target);
  } finally {
    watch.stop();
    signal.removeEventListener('abort', follow);
    if (!ended) hangUp.abort();
  }
}

function chunkOf(reading: ReturnType<typeof readingOf>): Chunk | undefined {
  const { text, tokens, usage } = reading;
  if (text === '' && usage === undefined) return undefined;
  const certain = tokens.at(-1)?.end === text.length;
  return { text, ...(certain ? { tokens } : {}), ...(usage === undefined ? {} : { usage }) };
}

function timedOut(what: keyof Bounds, { bounds, target }: Exchange): BackendError {
  const words = {
    connect: 'No connection',
    firstToken: 'No first token',
    between: 'The answer stopped and nothing came',
  };
  return new BackendError('timed-out', `${target.name}: ${words[what]} within ${bounds[what] / 1000} s.`);
}

function aborted(): DOMException {
  return new DOMException('The answer is no longer wanted.', 'AbortError');
}
