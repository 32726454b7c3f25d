import { identifiersOf, wordsOf } from './words.ts';

/** Lines of a window of similar code: enough for a thought, few enough to stay on one subject. Windows overlap by half. */
export const windowLines = 16;
/** Lines taken apart of one file; what lies deeper is too far down to be what the user has in mind. */
const maxLines = 5000;

/** The identifiers of a file by line, by name and by window. */
export interface FileWords {
  readonly lines: readonly (readonly string[])[];
  /** The lines, counted from 0, on which a name stands. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** The windows, by number, in which a word occurs that a name is made of. */
  readonly windowsOf: ReadonlyMap<string, readonly number[]>;
  /** How many different words each window has. */
  readonly windowSizes: readonly number[];
}

/** Takes a text apart. */
export function fileWordsOf(text: string): FileWords {
  // One string per name, as each match would be its own: most of a file are names that stand in it many times.
  const known = new Map<string, string>();
  const once = (name: string) => {
    const first = known.get(name);
    if (first === undefined) known.set(name, name);
    return first ?? name;
  };
  const lines = text
    .split('\n', maxLines)
    .map((line) => (line.length > 1000 ? [] : [...identifiersOf(line)].map(once)));
  const places = new Map<string, number[]>();
  for (const [i, names] of lines.entries()) for (const name of names) append(places, name, i);
  const windowsOf = new Map<string, number[]>();
  const windowSizes: number[] = [];
  for (let number = 0; number === 0 || firstLineOf(number) + windowLines / 2 < lines.length; number++) {
    const words = new Set<string>();
    for (const name of namesOfWindow(lines, number)) for (const word of wordsOf(name)) words.add(word);
    for (const word of words) append(windowsOf, word, number);
    windowSizes.push(words.size);
  }
  return { lines, places, windowsOf, windowSizes };
}

/** The line, counted from 0, that a window begins with. */
export function firstLineOf(window: number): number {
  return (window * windowLines) / 2;
}

/** The identifiers of a window; those that stand on several of its lines come as often. */
export function namesOfWindow(lines: FileWords['lines'], window: number): string[] {
  const start = firstLineOf(window);
  return lines.slice(start, start + windowLines).flat();
}

function append(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
