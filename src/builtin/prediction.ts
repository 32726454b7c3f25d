import type { Zone } from '../core/site.ts';

/** Where a continuation is asked for. */
export interface Query {
  readonly path: string;
  readonly languageId: string;
  /** The whole text before the caret, and after it. */
  readonly prefix: string;
  readonly suffix: string;
  /** What the syntax says of the caret's place; told from the text alone where it is missing. */
  readonly zone?: Zone | undefined;
}

/** What would be typed next. */
export interface Prediction {
  readonly text: string;
  /** The share of such predictions that turn out right to the last character, 0 to 1. */
  readonly confidence: number;
}
