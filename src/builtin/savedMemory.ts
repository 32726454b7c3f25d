import type { LearnedFile } from './learnedFiles.ts';
import { Memory } from './memory.ts';

/** Names the format; a change of it, or of how text is cut into tokens, needs another number. */
const magic = 0x4654_0102;
/** Bytes that are summed at one go. */
const sliceBytes = 1 << 20;
const headerLength = 5;
/** Tokens that are copied at one go. */
const sliceTokens = 1 << 16;
/** Words, or files, in one line of the text. */
const lineItems = 2000;

/** A file, and how many tokens it has. */
type SavedFile = Omit<LearnedFile, 'start' | 'end'> & { readonly length: number };

/** A line of the text: they come in this order, and each kind but the first as often as it takes. */
type SavedLine =
  | { readonly bias: number }
  | { readonly words: readonly string[] }
  | { readonly files: readonly SavedFile[] };

/**
 * A memory as bytes: a header (magic, lengths, check sums), the tokens as 32-bit numbers, and lines of JSON with the rest.
 * Little-endian on every machine that runs VS Code.
 */
export function* saveMemory(memory: Memory, bias: number): Generator<undefined, Uint8Array> {
  const files = memory.files.all();
  const tokens = new Int32Array(files.reduce((sum, file) => sum + file.end - file.start, 0));
  let at = 0;
  for (const { start, end } of files) {
    for (let place = start; place < end; place++, at++) {
      tokens[at] = memory.trail.tokens[place] ?? 0;
      if (at % sliceTokens === 0) yield;
    }
  }
  const text = yield* encode(linesOf(memory.vocabulary.texts, files, bias));
  const bytes = new Uint8Array(headerLength * 4 + tokens.byteLength + text.length);
  const tokenBytes = new Uint8Array(tokens.buffer);
  bytes.set(tokenBytes, headerLength * 4);
  bytes.set(text, headerLength * 4 + tokenBytes.length);
  const header = Int32Array.of(
    magic,
    tokens.length,
    text.length,
    yield* sumOf(tokenBytes),
    yield* sumOf(text),
  );
  bytes.set(new Uint8Array(header.buffer));
  return bytes;
}

/** Reads what `saveMemory` wrote, file by file; gives undefined for anything else, cut or damaged. */
export function* loadMemory(
  bytes: Uint8Array,
): Generator<undefined, { memory: Memory; bias: number } | undefined> {
  if (bytes.length < headerLength * 4) return undefined;
  const header = new Int32Array(new Uint8Array(bytes.subarray(0, headerLength * 4)).buffer);
  const [found, count = 0, textLength = 0, tokenSum, textSum] = header;
  const textStart = headerLength * 4 + count * 4;
  if (found !== magic || count < 0 || textStart + textLength !== bytes.length) return undefined;
  // A copy, as a file's bytes may lie at any place of a larger buffer.
  const tokenBytes = new Uint8Array(bytes.subarray(headerLength * 4, textStart));
  const text = bytes.subarray(textStart);
  if ((yield* sumOf(tokenBytes)) !== tokenSum || (yield* sumOf(text)) !== textSum) return undefined;
  const tokens = new Int32Array(tokenBytes.buffer);
  const memory = new Memory();
  let bias = 0;
  let at = 0;
  for (const line of linesIn(text)) {
    if (!line) return undefined;
    if ('bias' in line) bias = line.bias;
    else if ('words' in line) for (const word of line.words) memory.vocabulary.intern(word);
    else {
      for (const { length, ...file } of line.files) {
        const part = tokens.subarray(at, at + length);
        const words = memory.vocabulary.texts.length;
        if (part.length < length || part.some((token) => token < 0 || token >>> 1 >= words)) return undefined;
        yield* memory.adopt(file, part);
        at += length;
      }
    }
    yield;
  }
  return { memory, bias };
}

function* linesOf(
  words: readonly string[],
  files: readonly LearnedFile[],
  bias: number,
): Generator<SavedLine, void> {
  yield { bias };
  for (let at = 0; at < words.length; at += lineItems) yield { words: words.slice(at, at + lineItems) };
  for (let at = 0; at < files.length; at += lineItems) {
    const some = files.slice(at, at + lineItems);
    yield { files: some.map(({ start, end, ...file }) => ({ ...file, length: end - start })) };
  }
}

function* encode(lines: Iterable<SavedLine>): Generator<undefined, Uint8Array> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const line of lines) {
    const part = encoder.encode(`${JSON.stringify(line)}\n`);
    parts.push(part);
    length += part.length;
    yield;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The check sums have already shown that this is what was written; undefined for what cannot be. */
function* linesIn(text: Uint8Array): Generator<SavedLine | undefined, void> {
  const decoder = new TextDecoder();
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf(10, at);
    yield end < 0 ? undefined : parse(decoder.decode(text.subarray(at, end)));
    at = end < 0 ? text.length : end + 1;
  }
}

function parse(line: string): SavedLine | undefined {
  try {
    return JSON.parse(line) as SavedLine;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Adler-like sum, over every byte. */
function* sumOf(bytes: Uint8Array): Generator<undefined, number> {
  let low = 1;
  let high = 0;
  for (let from = 0; from < bytes.length; from += sliceBytes) {
    const to = Math.min(bytes.length, from + sliceBytes);
    for (let at = from; at < to; at++) {
      low = (low + (bytes[at] ?? 0)) | 0;
      high = (Math.imul(high, 31) + low) | 0;
    }
    yield;
  }
  return low ^ high;
}
