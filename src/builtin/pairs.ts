/** Counters for each length; contexts that share one are few. */
const slots = 1 << 19;
const most = 0xffff;

/** How often a token followed the one before it, and the two before it, in the code that is remembered: what is asked of words that no whole context brought up. */
export class Pairs {
  readonly #pairs = new Uint16Array(slots);
  readonly #triples = new Uint16Array(slots);

  /** Counts a token after the two before it, or takes it back; numbers of the vocabulary. */
  count(second: number, first: number, id: number, by: 1 | -1): void {
    bump(this.#pairs, pairSlot(first, id), by);
    bump(this.#triples, tripleSlot(second, first, id), by);
  }

  /** How often `id` followed `first`. */
  pair(first: number, id: number): number {
    return this.#pairs[pairSlot(first, id)] ?? 0;
  }

  /** How often `id` followed `second` and `first`. */
  triple(second: number, first: number, id: number): number {
    return this.#triples[tripleSlot(second, first, id)] ?? 0;
  }

  get bytes(): number {
    return this.#pairs.byteLength + this.#triples.byteLength;
  }
}

/** A counter that is full stays so: what it counts is common. */
function bump(counters: Uint16Array, slot: number, by: 1 | -1): void {
  const count = counters[slot] ?? 0;
  if (count < most && (by > 0 || count > 0)) counters[slot] = count + by;
}

function pairSlot(first: number, id: number): number {
  const mixed = Math.imul(Math.imul(first, 0x85eb_ca6b) ^ id, 0x9e37_79b1);
  return (mixed ^ (mixed >>> 15)) & (slots - 1);
}

function tripleSlot(second: number, first: number, id: number): number {
  const mixed = Math.imul(Math.imul(Math.imul(second, 0xc2b2_ae35) ^ first, 0x85eb_ca6b) ^ id, 0x9e37_79b1);
  return (mixed ^ (mixed >>> 15)) & (slots - 1);
}
