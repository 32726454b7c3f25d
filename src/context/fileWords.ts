import { identifiersOf, wordsOf } from './words.ts';

/** Lines of a window of similar code: enough for a thought, few enough to stay on one subject. */
export const windowLines = 16;

/** The identifiers of a file, as a whole and by windows of lines. */
export interface FileWords {
  readonly names: ReadonlySet<string>;
  /** Identifiers of each run of lines; windows overlap by half. */
  readonly windows: readonly WindowWords[];
}

/** A run of lines and what it is about. */
export interface WindowWords {
  /** The first line, counted from 0. */
  readonly line: number;
  readonly names: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
}

/** Takes a text apart. */
export function fileWordsOf(text: string): FileWords {
  const lines = text.split('\n').map((line) => [...identifiersOf(line)]);
  const windows: WindowWords[] = [];
  const half = windowLines / 2;
  for (let at = 0; at === 0 || at + half < lines.length; at += half) {
    const names = new Set(lines.slice(at, at + windowLines).flat());
    const words = new Set<string>();
    for (const name of names) for (const word of wordsOf(name)) words.add(word);
    windows.push({ line: at, names, words });
  }
  return { names: new Set(lines.flat()), windows };
}
