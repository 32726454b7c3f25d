import type { BackendError } from './errors.ts';
import type { SilentReason } from './outcome.ts';

/** What a draft has to say at a place. */
export type Reading =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly replace: number;
      /** This part is whole: the draft may be written on, but not for the place where the part begins. */
      readonly ended: boolean;
      /** Blanks before it on its line that do not belong there. */
      readonly outdent: number;
      /** The model was not sure of it. */
      readonly isGuess: boolean;
    }
  /** Nothing certain yet. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'nothing'; readonly reason: SilentReason }
  | { readonly kind: 'failed'; readonly error: BackendError }
  /** What was typed since disagrees, or all of it has been typed. */
  | { readonly kind: 'over' };
