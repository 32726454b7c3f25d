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
 * takes the place of (they occur in `text` in the same order, or VS Code would not draw it).
 * While the answer has not ended, `text` holds only what is certain: later verdicts on the same answer extend it.
 */
export type Verdict =
  | { readonly kind: 'keep'; readonly text: string; readonly replace: number }
  /** Nothing that follows can matter: the stream may be hung up. */
  | { readonly kind: 'finish'; readonly text: string; readonly replace: number }
  | { readonly kind: 'drop'; readonly reason: SilentReason };

/** The whole list of filters, applied to the answer so far. Pure; called again after every chunk. */
export type Refine = (answer: Answer, site: Site) => Verdict;
