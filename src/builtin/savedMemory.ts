import type { LearnedFile } from './learnedFiles.ts';
import { Memory } from './memory.ts';

/** Names the format; a change of it, or of how text is cut into tokens, needs another number. */
const magic = 0x4654_0101;
/** Bytes that are summed at one go. */
const sliceBytes = 1 << 20;
const headerLength = 5;

/** What is kept beside the tokens. */
interface Saved {
  readonly words: readonly string[];
  readonly files: readonly Omit<LearnedFile, 'start' | 'end'>[];
  /** How many tokens each file has. */
  readonly lengths: readonly number[];
  readonly bias: number;
}

/**
 * A memory as bytes: a header (magic, lengths, check sums), the tokens as 32-bit numbers, and a JSON text with the rest.
 * Little-endian on every machine that runs VS Code.
 */
export function* saveMemory(memory: Memory, bias: number): Generator<undefined, Uint8Array> {
  const files = memory.files.all();
  const tokens = new Int32Array(files.reduce((sum, file) => sum + file.end - file.start, 0));
  let at = 0;
  for (const { start, end } of files) {
    tokens.set(memory.trail.tokens.subarray(start, end), at);
    at += end - start;
  }
  yield;
  const saved: Saved = {
    words: memory.vocabulary.texts,
    files: files.map(({ start: _start, end: _end, ...file }) => file),
    lengths: files.map(({ start, end }) => end - start),
    bias,
  };
  const text = new TextEncoder().encode(JSON.stringify(saved));
  yield;
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
  const saved = parse(text);
  if (!saved) return undefined;
  const tokens = new Int32Array(tokenBytes.buffer);
  const memory = new Memory();
  for (const word of saved.words) memory.vocabulary.intern(word);
  let at = 0;
  for (const [index, file] of saved.files.entries()) {
    const end = at + (saved.lengths[index] ?? 0);
    const part = tokens.subarray(at, end);
    if (part.some((token) => token < 0 || token >>> 1 >= saved.words.length)) return undefined;
    memory.adopt(file, part);
    at = end;
    yield;
  }
  return { memory, bias: saved.bias };
}

/** The check sums have already shown that this is what was written. */
function parse(text: Uint8Array): Saved | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(text)) as Saved;
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
