/** The best of many, by a score. */
export interface Best<T> {
  /** The best so far, best first; of equals the first one first. */
  readonly kept: readonly T[];
  /** Whether one with this score would be kept: to be asked before it is made. */
  wants(score: number): boolean;
  add(score: number, one: T): void;
}

/** Keeps the `most` best, without a list of them all. */
export function createBest<T>(most: number): Best<T> {
  const kept: T[] = [];
  const scores: number[] = [];
  const wants = (score: number) => kept.length < most || score > (scores[most - 1] ?? 0);
  return {
    kept,
    wants,
    add(score, one) {
      if (!wants(score)) return;
      let at = kept.length;
      while (at > 0 && (scores[at - 1] ?? 0) < score) at--;
      kept.splice(at, 0, one);
      scores.splice(at, 0, score);
      if (kept.length <= most) return;
      kept.pop();
      scores.pop();
    },
  };
}
