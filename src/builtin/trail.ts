import type { Vocabulary } from './vocabulary.ts';

/** Lengths of context, in tokens, by which earlier places are found; the last chain goes by shape instead of words. */
export const chainOrders = [1, 2, 4, 7] as const;
/** Index of the chain that goes by shape. */
export const shapeChain = chainOrders.length;
/** Tokens of shape that must agree. */
const shapeOrder = 6;
const chains = chainOrders.length + 1;
const longestOrder = chainOrders[chainOrders.length - 1] ?? 1;
const minLength = 1 << 12;
/** Places that are added at once when a long trail is full, or an eighth of it: memory counts more than the copies. */
const growth = 1 << 18;
const stagger = 1 << 12;

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
  readonly #mask: number;
  /** Where `#locate` leaves what it found. */
  readonly #slots = new Int32Array(chains);
  readonly #found = new Int32Array(chains);

  /** `slots`: how many different contexts are told apart at once, a power of two; more make chains shorter. */
  constructor(vocabulary: Vocabulary, slots: number) {
    this.#vocabulary = vocabulary;
    this.#mask = slots - 1;
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
      this.#locate(this.tokens, place);
      for (let chain = 0; chain < chains; chain++) {
        const heads = this.#heads[chain];
        if (heads) heads[this.#slots[chain] ?? 0] = this.#previous[chain]?.[place] ?? -1;
      }
      this.length = place;
    }
  }

  /**
   * For each chain, the most recent place whose context may equal the one that ends at `end`; -1 where there is none. The array is
   * used again by the next call.
   */
  heads(context: Int32Array, end: number): Int32Array {
    this.#locate(context, end);
    for (let chain = 0; chain < chains; chain++) {
      this.#found[chain] = this.#heads[chain]?.[this.#slots[chain] ?? 0] ?? -1;
    }
    return this.#found;
  }

  /** How many tokens ago a token was last seen; -1 if never, or if another has taken its slot. */
  distanceOf(id: number): number {
    const first = mix(17, id);
    const place = this.#heads[0]?.[(first ^ (first >>> 13)) & this.#mask] ?? -1;
    return place >= 0 && (this.tokens[place] ?? 0) >>> 1 === id ? this.length - place : -1;
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
    this.#locate(this.tokens, place);
    for (let chain = 0; chain < chains; chain++) {
      const heads = this.#heads[chain];
      const previous = this.#previous[chain];
      if (!heads || !previous) continue;
      const slot = this.#slots[chain] ?? 0;
      previous[place] = heads[slot] ?? -1;
      heads[slot] = place;
    }
  }

  /** Finds the slots of all chains for the context that ends at `end`, in one walk back over it. */
  #locate(tokens: Int32Array, end: number): void {
    const slots = this.#slots;
    let words = 17;
    let shapes = 17;
    let chain = 0;
    for (let back = 0; back < longestOrder; back++) {
      const id = (tokens[end - back] ?? 0) >>> 1;
      words = mix(words, id);
      if (back < shapeOrder) shapes = mix(shapes, this.#vocabulary.shapeOf(id));
      if (back + 1 === chainOrders[chain]) slots[chain++] = (words ^ (words >>> 13)) & this.#mask;
    }
    slots[shapeChain] = (shapes ^ (shapes >>> 13)) & this.#mask;
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
  return Math.min(length, Math.max(growth, length >> 3));
}

function widen(array: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const wide = new Int32Array(capacity);
  wide.set(array);
  return wide;
}

function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e37_79b1);
  return mixed ^ (mixed >>> 15);
}
