/** A secret's place in a text, UTF-16 offsets, `end` exclusive: only what has to be hidden, without the public prefix of its format. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  /** What kind of secret, in words for “Show What Was Sent”. */
  readonly kind: string;
  /** Where the token begins, when a public prefix comes before `start`. */
  readonly tokenStart?: number;
}
