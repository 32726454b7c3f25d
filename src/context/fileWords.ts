import { type Concordance, concordanceOf } from './concordance.ts';
import { identifiersIn, wordsOf } from './words.ts';

/** Lines of a window of similar code: enough for a thought, few enough to stay on one subject. Windows overlap by half. */
export const windowLines = 16;
/** Lines taken apart of one file; what lies deeper is too far down to be what the user has in mind. */
export const maxLines = 5000;

/** The identifiers of a file. */
export interface FileWords {
  /** The names, by line. */
  readonly lines: Concordance;
  /** The words that the names are made of, by window; taken apart when first asked for. */
  windows(): Concordance;
}

/** Takes a text apart. */
export function fileWordsOf(text: string): FileWords {
  const texts = text.split('\n', maxLines);
  const lines = concordanceOf(texts.length, (row, add) => {
    const line = texts[row] ?? '';
    if (line.length <= 1000) for (const name of identifiersIn(line)) add(name);
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
