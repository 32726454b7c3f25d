/** A run of whole lines. */
export interface Chunk {
  readonly start: number;
  /** Where the lines end that are looked at with it, since a value may stand on the line after its name. */
  readonly seen: number;
}

/** One line in so many ends a chunk. */
const linesPerChunk = 4;

/** Lines after a name in which its value may stand. */
const linesSeen = 4;

/** A longer chunk ends all the same; so one long line is a chunk by itself. */
const mostCharacters = 1_000;

/**
 * Cuts a text after lines that their own length picks, so that an edit changes the chunk it is in and no other, also when the text starts
 * somewhere else.
 */
export function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  for (let lineStart = 0; lineStart < text.length; ) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline < 0 ? text.length : newline + 1;
    const isLast = lineEnd === text.length;
    if (
      isLast ||
      (lineEnd - lineStart) % linesPerChunk === linesPerChunk - 1 ||
      lineEnd - start > mostCharacters
    ) {
      chunks.push({ start, seen: afterLines(text, lineEnd, linesSeen) });
      start = lineEnd;
    }
    lineStart = lineEnd;
  }
  return chunks;
}

function afterLines(text: string, from: number, lines: number): number {
  let at = from;
  for (let line = 0; line < lines; line += 1) {
    const newline = text.indexOf('\n', at);
    if (newline < 0) return text.length;
    at = newline + 1;
  }
  return at;
}
