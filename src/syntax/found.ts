import type { DefinitionKind } from '../core/outline.ts';

/** A definition as the query finds it. */
export interface Found {
  readonly name: string;
  readonly kind: DefinitionKind;
  readonly at: number;
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
  /** The place of its pattern in the query: where several match, the first one counts. */
  readonly pattern: number;
}
