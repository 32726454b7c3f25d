import type { Extent } from './site.ts';
import { uptoUnclosed } from './unclosed.ts';

/** What is known of a text: it is all, more of it may come, or the model began to guess where it ends. */
export type Certainty = 'whole' | 'growing' | 'doubtful';

/** Of a text that ends in doubt no more lines than this are shown at once: they are read at a glance, and taking them brings the next. */
const firstLines = 3;

/** So many keys may be struck before text that grows has grown on the screen. */
const nextKeys = 3;

/**
 * How much of a text is shown at once: inside of a line its rest; elsewhere the lines that are whole, and all of it once no more can come.
 * A line that is not whole is shown if it is the first: what makes it doubtful would spoil the lines above. What ends in doubt ends where it opens
 * what it does not close; what grows does so only if one of the next keys would open it.
 */
export function partOf(text: string, extent: Extent, certainty: Certainty): string {
  const part = linesOf(text, extent, certainty);
  if (certainty === 'whole') return part;
  const closed = uptoUnclosed(part);
  return certainty === 'doubtful' || closed.trim().length <= nextKeys ? closed : part;
}

function linesOf(text: string, extent: Extent, certainty: Certainty): string {
  const start = /^[ \t]*(?:\r?\n[ \t]*)+/.exec(text)?.[0].length ?? 0;
  if (start === 0 && extent === 'line') return /^[^\r\n]*/.exec(text)?.[0] ?? text;
  if (certainty === 'whole') return text;
  const [first = '', ...further] = text.slice(start).split('\n');
  const whole = further.slice(0, -1);
  const shown = certainty === 'doubtful' ? whole.slice(0, firstLines - 1) : whole;
  return text.slice(0, start) + [first, ...shown].join('\n').trimEnd();
}
