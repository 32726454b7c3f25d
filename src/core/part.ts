import type { Extent } from './site.ts';

/** Of a text that may still turn out longer, or ends in doubt, no more lines than this are shown at once: they are read at a glance, and taking them brings the next. */
const firstLines = 3;

/** How much of a text is shown at once: inside of a line its rest; elsewhere the whole block, once it is known to be one, or its first lines. */
export function partOf(text: string, extent: Extent, isWholeBlock: boolean): string {
  const start = /^[ \t]*(?:\r?\n[ \t]*)+/.exec(text)?.[0].length ?? 0;
  if (start === 0 && extent === 'line') return /^[^\r\n]*/.exec(text)?.[0] ?? text;
  if (isWholeBlock) return text;
  let end = start;
  for (let line = 0; line < firstLines; line += 1) {
    const newline = text.indexOf('\n', end);
    // A line that is not whole is shown if it is the first: what makes it doubtful would spoil the lines above.
    if (newline < 0) return end === start ? text : text.slice(0, end).trimEnd();
    end = newline + 1;
  }
  return text.slice(0, end).trimEnd();
}
