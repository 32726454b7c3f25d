import { identifiersIn, wordsOf } from './words.ts';

/** Lines of a window of similar code: enough for a thought, few enough to stay on one subject. Windows overlap by half. */
export const windowLines = 16;
/** Lines taken apart of one file; what lies deeper is too far down to be what the user has in mind. */
const maxLines = 5000;

/** The identifiers of a file by line and by name. */
export interface FileWords {
  readonly lines: readonly (readonly string[])[];
  /** The lines, counted from 0, on which a name stands. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** The same by window; taken apart when first asked for. */
  windows(): Windows;
}

/** The words of a file by window. */
export interface Windows {
  /** The windows, by number, in which a word occurs that a name is made of. */
  readonly of: ReadonlyMap<string, readonly number[]>;
  /** How many different words each window has. */
  readonly sizes: readonly number[];
}

/** Takes a text apart. */
export function fileWordsOf(text: string): FileWords {
  // One string per name, as each match would be its own: most of a file are names that stand in it many times.
  const places = new Map<string, number[]>();
  const known = new Map<string, string>();
  const lines = text.split('\n', maxLines).map((line, i) => {
    const names: string[] = [];
    for (const found of line.length > 1000 ? [] : identifiersIn(line)) {
      let name = known.get(found);
      if (name === undefined) {
        name = found;
        known.set(name, name);
      }
      if (names.includes(name)) continue;
      names.push(name);
      append(places, name, i);
    }
    return names;
  });
  let windows: Windows | undefined;
  return {
    lines,
    places,
    windows: () => {
      windows ??= windowsOf(lines);
      return windows;
    },
  };
}

function windowsOf(lines: FileWords['lines']): Windows {
  const of = new Map<string, number[]>();
  const sizes: number[] = [];
  for (let number = 0; number === 0 || firstLineOf(number) + windowLines / 2 < lines.length; number++) {
    const words = new Set<string>();
    for (const name of namesOfWindow(lines, number)) for (const word of wordsOf(name)) words.add(word);
    for (const word of words) append(of, word, number);
    sizes.push(words.size);
  }
  return { of, sizes };
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
