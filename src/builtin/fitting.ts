import type { Prediction } from './prediction.ts';

/**
 * Leaves of the endings what fits before the text that stands after the caret: on a line that goes on, nothing beyond it, and not
 * what already stands there; above other lines, nothing that repeats the next of them.
 */
export function fitting(
  endings: readonly Prediction[],
  prefix: string,
  suffix: string,
): readonly Prediction[] {
  if (suffix === '') return endings;
  const lineEnd = suffix.indexOf('\n');
  const rest = (lineEnd < 0 ? suffix : suffix.slice(0, lineEnd)).trim();
  if (rest !== '') {
    if (/^[\p{L}\p{N}_$]/u.test(suffix) && /[\p{L}\p{N}_$]$/u.test(prefix.slice(-2))) return [];
    return endings.filter(({ text }) => !text.includes('\n')).map((ending) => upTo(ending, rest));
  }
  const next = suffix.trimStart().split('\n', 1)[0]?.trimEnd() ?? '';
  if (next === '') return endings;
  const repeats = endings.findIndex(({ text }) => {
    const newline = text.lastIndexOf('\n');
    return newline >= 0 && text.slice(newline).trim() === next;
  });
  return repeats < 0 ? endings : endings.slice(0, repeats).filter(({ text }) => !startsLine(text, next));
}

/** The ending without what follows the caret anyway: all of it, or the brackets that were opened before the caret. */
function upTo(ending: Prediction, rest: string): Prediction {
  const whole = ending.text.indexOf(rest);
  const at = /^[)\]}]/.test(rest) ? unmatchedAt(ending.text) : whole;
  return at > 0 ? { ...ending, text: ending.text.slice(0, at) } : ending;
}

/** Where the first bracket is closed that the text does not open; -1 if none is. Quotes are not looked at. */
function unmatchedAt(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at] ?? '';
    if ('([{'.includes(mark)) depth++;
    else if (')]}'.includes(mark) && --depth < 0) return at;
  }
  return -1;
}

/** Whether the last line is the beginning of the line that comes next anyway. */
function startsLine(text: string, next: string): boolean {
  const newline = text.lastIndexOf('\n');
  return newline >= 0 && next.startsWith(text.slice(newline).trim());
}
