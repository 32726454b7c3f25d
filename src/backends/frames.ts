import { BackendError, type BackendErrorReason } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';

/** The longest piece that is waited for without a line's end, in characters: a stream without any is no stream. */
const longestLine = 4_000_000;

/** How long the end of a body may take after its last frame before the connection is given up, ms. */
const lingerMs = 500;

/**
 * The JSON values of a streamed answer, each as soon as its line is complete. Reads server-sent events (LF or CRLF; with or
 * without a space after `data:`; comments; other fields), one JSON value a line, and one JSON value for the whole body, whatever
 * the content type says. Ends at `[DONE]`. Throws BackendError('garbled') for anything else, the reader's error for a broken connection.
 */
export async function* framesOf(response: Response, clock: Clock): AsyncGenerator<unknown> {
  const reader = response.body?.getReader();
  if (reader === undefined) throw garbled('an empty body');
  const decoder = new TextDecoder();
  const lines: Lines = { rest: '', open: '', event: false };
  let values = 0;
  let complete = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      lines.rest += done ? `${decoder.decode()}\n` : decoder.decode(value, { stream: true });
      for (let frame = nextFrame(lines); frame !== undefined; frame = nextFrame(lines)) {
        if (frame === 'end') {
          complete = true;
          return;
        }
        values += 1;
        yield frame.value;
      }
      // KoboldCpp ends neither this line nor the connection.
      if (/^data:\s*\[DONE\]$/.test(lines.rest)) {
        complete = true;
        return;
      }
      if (lines.rest.length + lines.open.length > longestLine) throw garbled('a line without an end');
      if (!done) continue;
      if (lines.open !== '') throw noAnswer(lines.open);
      if (values === 0) throw garbled('an empty body');
      complete = true;
      return;
    }
  } finally {
    if (complete) void drain(reader, clock);
    else void reader.cancel().catch(() => undefined);
  }
}

interface Lines {
  /** What has come and was not looked at. */
  rest: string;
  /** A value that is not complete yet: the `data` lines of one event, or a body printed over several lines. */
  open: string;
  /** Whether `open` came in `data` lines. */
  event: boolean;
}

/** Takes lines until there is a value; undefined if the rest holds no whole line. */
function nextFrame(lines: Lines): { readonly value: unknown } | 'end' | undefined {
  let start = 0;
  let found: { readonly value: unknown } | 'end' | undefined;
  while (found === undefined) {
    const end = lines.rest.indexOf('\n', start);
    if (end < 0) break;
    found = takeLine(lines, lines.rest.slice(start, end).trim());
    start = end + 1;
  }
  if (start > 0) lines.rest = lines.rest.slice(start);
  return found;
}

function takeLine(lines: Lines, line: string): { readonly value: unknown } | 'end' | undefined {
  if (line === '') {
    // A blank line ends an event; in a body printed over several lines it means nothing.
    if (lines.open !== '' && lines.event) throw garbled('an event that is no JSON');
    return undefined;
  }
  const event = line.startsWith('data:');
  if (!event && lines.open === '') {
    // Comments and fields without data, known or not; a body of nothing else is an empty one.
    if (/^(?:[\w-]*:|event$|id$|retry$)/.test(line)) return undefined;
    if (!/^[[{]/.test(line)) throw noAnswer(line);
  }
  const content = event ? line.slice(5).trim() : line;
  if (content === '[DONE]') return 'end';
  if (content === '') return undefined;
  lines.event = event;
  const whole = lines.open === '' ? content : `${lines.open}\n${content}`;
  const value = parsed(whole);
  if (value === undefined && !/^[[{]/.test(whole)) throw garbled('an event that is no JSON');
  lines.open = value === undefined ? whole : '';
  return value;
}

function parsed(text: string): { readonly value: unknown } | undefined {
  // A value ends in a brace or bracket: most unfinished ones are told without trying.
  if (!/[}\]]$/.test(text)) return undefined;
  return jsonIn(text) ?? (/NaN|Infinity/.test(text) ? jsonIn(withoutNaN(text)) : undefined);
}

function jsonIn(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Python writes numbers that JSON has no words for, such as the logarithm of nothing. Strings keep such words. */
function withoutNaN(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?(?:NaN|Infinity)/g, (part) =>
    part.startsWith('"') ? part : 'null',
  );
}

function noAnswer(text: string): BackendError {
  return text.startsWith('<') ? garbled('a web page', 'web-page') : garbled('bytes that are none');
}

function garbled(what: string, reason?: BackendErrorReason): BackendError {
  return new BackendError('garbled', `Instead of an answer the server sent ${what}.`, { reason });
}

/** Reads what is left after the last frame, so that the connection can be used again; gives it up after a while. */
async function drain(reader: ReadableStreamDefaultReader<Uint8Array>, clock: Clock): Promise<void> {
  const read = new AbortController();
  const rest = async (): Promise<void> => {
    for (;;) if ((await reader.read()).done) return read.abort();
  };
  try {
    await Promise.race([rest(), clock.sleep(lingerMs, read.signal)]);
    await reader.cancel();
  } catch {
    // The answer is complete; what becomes of the connection is nobody's concern.
  }
}
