import { type Concordance, concordanceOf } from './concordance.ts';
import { identifiersIn, wordsOf } from './words.ts';

/** Lines of a window of similar code: enough for a thought, few enough to stay on one subject. Windows overlap by half. */
export const windowLines = 16;
/** Lines taken apart of one file; what lies deeper is too far down to be what the user has in mind. */
export const maxLines = 5000;
/** Longer lines, in characters, are data. */
const maxLine = 1000;

/** The identifiers of a file. */
export interface FileWords {
  /** The names, by line. */
  readonly lines: Concordance;
  /** The words that the names are made of, by window; taken apart when first asked for. */
  windows(): Concordance;
}

/** Takes a text apart. */
export function fileWordsOf(text: string): FileWords {
  let at = 0;
  const lines = concordanceOf(lineCount(text), (_row, add) => {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    if (end - at <= maxLine) for (const name of identifiersIn(text.slice(at, end))) add(name);
    at = end + 1;
  });
  let windows: Concordance | undefined;
  return {
    lines,
    windows: () => {
      windows ??= windowsOf(lines);
      return windows;
    },
  };
}

/** The lines of a text, or so many as are looked at. */
function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0 && count < maxLines; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function windowsOf(lines: Concordance): Concordance {
  // As many as reach the last line, and one for a short file.
  const count = Math.max(1, Math.ceil(lines.rows / (windowLines / 2)) - 1);
  return concordanceOf(count, (number, add) => {
    eachNameOfWindow(lines, number, (name) => {
      for (const word of wordsOf(name)) add(word);
    });
  });
}

/** The line, counted from 0, that a window begins with. */
export function firstLineOf(window: number): number {
  return (window * windowLines) / 2;
}

/** Calls with the identifiers of a window; those that stand on several of its lines come as often. */
export function eachNameOfWindow(lines: Concordance, window: number, hear: (name: string) => void): void {
  const start = firstLineOf(window);
  lines.eachWord(start, start + windowLines, hear);
}
