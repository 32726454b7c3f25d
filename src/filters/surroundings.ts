import { isComment, isEnglish, isHeading, type Side } from './english.ts';
import { onceALine, onceAPlace } from './once.ts';
import { isBlank } from './piece.ts';
import { isContinuedString } from './place.ts';

/**
 * How English can be told from what belongs at the caret: in code by its look, in a comment whose lines carry a mark by the mark that
 * it lacks, in other text only where it talks to the user.
 */
export type Surroundings = 'code' | 'marked' | 'text';

/** Undefined where English is all there is. */
export const surroundingsOf = onceAPlace((place): Surroundings | undefined => {
  if (place.language.prose || isContinuedString(place)) return undefined;
  const inside = place.inside;
  // A string that ends with its line cannot go on after a sentence on a line of its own.
  if (inside !== undefined && place.language.quotes.includes(inside)) return 'code';
  if (place.site.zone === 'code' && inside === undefined) return 'code';
  const line = place.linePrefix.trim() || (place.above.at(-1) ?? '').trim();
  const below = place.below.find((other) => !isBlank(other)) ?? '';
  const stars = inside === '*/' && /^\s*\*(?!\/)/.test(below);
  return isComment(line, place.language) && (stars || !line.startsWith('/*')) ? 'marked' : 'text';
});

/** Whether a whole line is English; behind code a title as well. */
export const isTalk = onceALine(
  (line, { language }, side: Side) =>
    isEnglish(line, side, language) ||
    (side === 'after' && !language.lineComments.includes('#') && isHeading(line, language)),
);

/** A rule, or a word, at the margin between the answer and another one. */
export const parts = /^(?:-{3,}|\*{3,}|_{3,}|(?:or|alternatively)[:,]?)$/i;
