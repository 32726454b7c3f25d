/** Knows when nobody waits for a server's answer. */
export interface Idle {
  /** Wraps an answer to a question of the user's. */
  during<Piece>(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece>;
  /** Settles when no such answer is being read. */
  settled(): Promise<void>;
}

/** One per backend. */
export function createIdle(): Idle {
  let open = 0;
  const waiting: (() => void)[] = [];
  return {
    async *during(pieces) {
      open += 1;
      try {
        yield* pieces;
      } finally {
        open -= 1;
        if (open === 0) for (const go of waiting.splice(0)) go();
      }
    },
    async settled() {
      while (open > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
