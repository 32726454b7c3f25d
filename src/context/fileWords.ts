import { identifiersOf, wordsOf } from './words.ts';

/** Lines of a window of similar code: enough for a thought, few enough to stay on one subject. */
const windowLines = 16;

/** The identifiers of a file by line, by name and by window. */
export interface FileWords {
  readonly lines: readonly (readonly string[])[];
  /** The lines, counted from 0, on which a name stands. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** Runs of lines, each overlapping the next by half. */
  readonly windows: readonly WindowWords[];
}

/** A run of lines and what it is about. */
interface WindowWords {
  readonly names: ReadonlySet<string>;
  /** The words that the names are made of. */
  readonly words: ReadonlySet<string>;
}

/** Takes a text apart. */
export function fileWordsOf(text: string): FileWords {
  const lines = text.split('\n').map((line) => [...identifiersOf(line)]);
  const places = new Map<string, number[]>();
  for (const [i, names] of lines.entries()) {
    for (const name of names) {
      const known = places.get(name);
      if (known === undefined) places.set(name, [i]);
      else known.push(i);
    }
  }
  const windows: WindowWords[] = [];
  const half = windowLines / 2;
  for (let at = 0; at === 0 || at + half < lines.length; at += half) {
    const names = new Set(lines.slice(at, at + windowLines).flat());
    const words = new Set<string>();
    for (const name of names) for (const word of wordsOf(name)) words.add(word);
    windows.push({ names, words });
  }
  return { lines, places, windows };
}
