import type { SilentReason } from './outcome.ts';
import type { Site } from './site.ts';

/** A token of an answer with the model's own estimate of it. */
export interface TokenLogprob {
  /** The offset in the answer's text at which the token ends. */
  readonly end: number;
  /** Natural logarithm of the token's probability. */
  readonly logprob: number;
}

/** What a model has written so far. */
export interface Answer {
  readonly text: string;
  /** True when nothing more will come. */
  readonly ended: boolean;
  /** One entry a token where the backend sends log-probabilities; empty otherwise. */
  readonly tokens: readonly TokenLogprob[];
}

/**
 * What may be shown of an answer so far.
 * `text` is what would be inserted at the caret; `replace` counts the characters right of the caret, on its line, that the text
 * takes the place of (they occur in `text` in the same order, or VS Code would not draw it); `outdent` counts the blanks left of the caret, at the
 * start of its line, that go because the text stands less deep.
 * While the answer has not ended, `text` holds only what is certain: later verdicts on the same answer extend it.
 */
export type Verdict =
  | {
      readonly kind: 'keep';
      readonly text: string;
      readonly replace: number;
      readonly outdent?: number;
    }
  /** Nothing that follows belongs to the text. `doubtful`: it ends where the model began to guess, and would guess again if asked there. */
  | {
      readonly kind: 'finish';
      readonly text: string;
      readonly replace: number;
      readonly outdent?: number;
      readonly doubtful?: boolean;
    }
  | { readonly kind: 'drop'; readonly reason: SilentReason };

/**
 * How much of an answer is asked for: `first`, what to show at the place itself; `on`, the same and what goes on after it, which serves the place
 * where the first part was taken; `guess`, also the rest of the line in which the model began to guess.
 */
export type Reach = 'first' | 'on' | 'guess';

/** The whole list of filters, applied to the answer so far; reaches `first` if not told. Pure; called again after every chunk. */
export type Refine = (answer: Answer, site: Site, reach?: Reach) => Verdict;
