import { tokenKind, type Vocabulary } from './vocabulary.ts';

/** Lengths of context, in tokens, by which earlier places are found; the last chain goes by shape instead of words. */
export const chainOrders = [1, 2, 4, 7] as const;
/** Index of the chain that goes by shape. */
export const shapeChain = chainOrders.length;
/** Tokens of shape that must agree. */
export const shapeOrder = 6;
const chains = chainOrders.length + 1;
const minLength = 1 << 12;
/** Places that are added at once when a long trail is full: memory counts more than the copies. */
const growth = 1 << 18;
const stagger = 1 << 12;

/** What the shape of a token is: every name looks like every other name, every number like every other. */
export function shapeOf(packed: number, vocabulary: Vocabulary): number {
  const id = packed >>> 1;
  const kind = vocabulary.kindOf(id);
  if (kind === tokenKind.word) return -1;
  if (kind === tokenKind.number) return -2;
  return id;
}

/**
 * A sequence of tokens in which the earlier places with the same context are found at once, most recent first: for each
 * context length, places of equal hash are chained backwards. Grows and shrinks at its end.
 */
export class Trail {
  readonly #vocabulary: Vocabulary;
  tokens = new Int32Array(minLength);
  length = 0;
  #room = minLength;
  readonly #previous: Int32Array[] = [];
  readonly #heads: Int32Array[] = [];

  /** `slots`: how many different contexts are told apart at once, a power of two; more make chains shorter. */
  constructor(vocabulary: Vocabulary, slots: number) {
    this.#vocabulary = vocabulary;
    for (let chain = 0; chain < chains; chain++) {
      this.#previous.push(new Int32Array(minLength));
      this.#heads.push(new Int32Array(slots).fill(-1));
    }
  }

  push(token: number): void {
    if (this.length === this.#room) this.#grow();
    this.tokens[this.length++] = token;
    this.#link(this.length - 1);
  }

  /** Forgets everything from place `length` on. */
  truncate(length: number): void {
    while (this.length > length) {
      const place = this.length - 1;
      for (let chain = 0; chain < chains; chain++) {
        const heads = this.#heads[chain];
        const previous = this.#previous[chain];
        if (heads && previous) heads[this.#slot(chain, this.tokens, place)] = previous[place] ?? -1;
      }
      this.length = place;
    }
  }

  /** The most recent place whose context may equal the one that ends at `end` of `context`; -1 if there is none. */
  head(chain: number, context: Int32Array, end: number): number {
    return this.#heads[chain]?.[this.#slot(chain, context, end)] ?? -1;
  }

  /** The next older place of the same chain. */
  before(chain: number, place: number): number {
    return this.#previous[chain]?.[place] ?? -1;
  }

  /** Bytes held. */
  get bytes(): number {
    let bytes = this.tokens.byteLength;
    for (const array of this.#previous) bytes += array.byteLength;
    for (const array of this.#heads) bytes += array.byteLength;
    return bytes;
  }

  #link(place: number): void {
    for (let chain = 0; chain < chains; chain++) {
      const heads = this.#heads[chain];
      const previous = this.#previous[chain];
      if (!heads || !previous) continue;
      const slot = this.#slot(chain, this.tokens, place);
      previous[place] = heads[slot] ?? -1;
      heads[slot] = place;
    }
  }

  #slot(chain: number, tokens: Int32Array, end: number): number {
    const mask = (this.#heads[0]?.length ?? 1) - 1;
    let hash = 17;
    if (chain === shapeChain) {
      for (let back = 0; back < shapeOrder; back++) {
        hash = Math.imul(hash ^ shapeOf(tokens[end - back] ?? 0, this.#vocabulary), 0x9e37_79b1);
        hash ^= hash >>> 15;
      }
    } else {
      const order = chainOrders[chain] ?? 1;
      for (let back = 0; back < order; back++) {
        hash = Math.imul(hash ^ ((tokens[end - back] ?? 0) >>> 1), 0x9e37_79b1);
        hash ^= hash >>> 15;
      }
    }
    return (hash ^ (hash >>> 13)) & mask;
  }

  #grow(): void {
    if (this.length >= this.tokens.length) this.tokens = widen(this.tokens, this.length + step(this.length));
    for (const [chain, array] of this.#previous.entries()) {
      // Each at another length than the others, so that the copies do not all fall into one moment.
      const more = step(this.length) + (chain + 1) * stagger;
      if (this.length >= array.length) this.#previous[chain] = widen(array, this.length + more);
    }
    this.#room = Math.min(this.tokens.length, ...this.#previous.map((array) => array.length));
  }
}

function step(length: number): number {
  return Math.min(length, growth);
}

function widen(array: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const wide = new Int32Array(capacity);
  wide.set(array);
  return wide;
}
