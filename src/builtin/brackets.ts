import type { Context } from './recall.ts';
import type { Vocabulary } from './vocabulary.ts';

const opening = ['(', '[', '{'] as const;
const closing = [')', ']', '}'] as const;

/** How a token stands to the brackets that are open before it. */
export type BracketFit = 'closes' | 'misfit' | 'neither';

/** Tells the brackets that are open at a place from the tokens just before it. */
export class Brackets {
  readonly #opening: readonly number[];
  readonly #closing: readonly number[];

  constructor(vocabulary: Vocabulary) {
    this.#opening = opening.map((mark) => vocabulary.intern(mark));
    this.#closing = closing.map((mark) => vocabulary.intern(mark));
  }

  /** The kind of the innermost bracket that is open: 0 round, 1 square, 2 curly; -1 if none is within sight. */
  innermost({ tokens, end }: Context): number {
    let closed = 0;
    for (let at = end; at >= 0; at--) {
      const id = (tokens[at] ?? 0) >>> 1;
      if (this.#closing.includes(id)) closed++;
      else {
        const kind = this.#opening.indexOf(id);
        if (kind >= 0 && --closed < 0) return kind;
      }
    }
    return -1;
  }

  /** Whether a word closes a bracket of the kind `innermost`, or one that is not the innermost. */
  fit(id: number, innermost: number): BracketFit {
    const kind = this.#closing.indexOf(id);
    if (kind < 0 || innermost < 0) return 'neither';
    return kind === innermost ? 'closes' : 'misfit';
  }
}
