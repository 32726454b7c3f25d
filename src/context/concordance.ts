/**
 * Which words stand in which rows of a text. Packed into numbers: as maps of lists those of a hundred files take ten times the memory, which
 * V8 moves about and never quite gives back.
 */
export interface Concordance {
  /** How many rows there are. */
  readonly rows: number;
  /** Every word once. */
  readonly words: readonly string[];
  /** How many different words a row has. */
  size(row: number): number;
  /** In how many rows a word stands. */
  count(word: string): number;
  /** Calls with each row in which a word stands, from the first to the last. */
  eachRow(word: string, hear: (row: number) => void): void;
  /** Calls with each word of the rows from `from` up to `end`, row after row, each word once a row. */
  eachWord(from: number, end: number, hear: (word: string) => void): void;
}

/** What is written down while a text is read, used again for the next one: there is one at a time. */
const cells = createNumbers();
const counts = createNumbers();
/** The last row of each word, counted from 1, so that it is counted once a row. */
const lastRow = createNumbers();

/** @param read calls `add` with the words of a row, as often as they stand there; the rows are read in their order */
export function concordanceOf(
  rows: number,
  read: (row: number, add: (word: string) => void) => void,
): Concordance {
  const ids = new Map<string, number>();
  const words: string[] = [];
  const rowStart = new Uint32Array(rows + 1);
  let length = 0;
  let row = 0;
  const add = (word: string): void => {
    let id = ids.get(word);
    if (id === undefined) {
      id = words.length;
      ids.set(word, id);
      words.push(word);
      lastRow.set(id, 0);
      counts.set(id, 0);
    }
    if (lastRow.get(id) === row + 1) return;
    lastRow.set(id, row + 1);
    counts.set(id, counts.get(id) + 1);
    cells.set(length++, id);
  };
  for (; row < rows; row++) {
    read(row, add);
    rowStart[row + 1] = length;
  }
  const byRow = cells.first(length);
  const wordStart = startsOf(counts.first(words.length));
  const byWord = new Uint32Array(length);
  const next = wordStart.slice();
  for (let at = 0; at < rows; at++) {
    for (let i = rowStart[at] ?? 0; i < (rowStart[at + 1] ?? 0); i++) {
      const id = byRow[i] ?? 0;
      const place = next[id] ?? 0;
      byWord[place] = at;
      next[id] = place + 1;
    }
  }
  return {
    rows,
    words,
    size: (at) => (rowStart[at + 1] ?? 0) - (rowStart[at] ?? 0),
    count: (word) => {
      const id = ids.get(word);
      return id === undefined ? 0 : (wordStart[id + 1] ?? 0) - (wordStart[id] ?? 0);
    },
    eachRow: (word, hear) => {
      const id = ids.get(word);
      if (id === undefined) return;
      const end = wordStart[id + 1] ?? 0;
      for (let i = wordStart[id] ?? 0; i < end; i++) hear(byWord[i] ?? 0);
    },
    eachWord: (from, end, hear) => {
      const last = rowStart[Math.min(end, rows)] ?? 0;
      for (let i = rowStart[Math.max(0, from)] ?? last; i < last; i++) hear(words[byRow[i] ?? 0] ?? '');
    },
  };
}

/** Where each of so many counts begins in a row of them all, and where the last one ends. */
function startsOf(counts: Uint32Array): Uint32Array {
  const starts = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) starts[i + 1] = (starts[i] ?? 0) + (counts[i] ?? 0);
  return starts;
}

/** A row of whole numbers that grows as it is written. */
function createNumbers() {
  let numbers = new Uint32Array(1024);
  return {
    get: (at: number) => numbers[at] ?? 0,
    set(at: number, value: number) {
      if (at >= numbers.length) {
        const longer = new Uint32Array(2 * numbers.length);
        longer.set(numbers);
        numbers = longer;
      }
      numbers[at] = value;
    },
    /** A copy of the first ones. */
    first: (length: number) => numbers.slice(0, length),
  };
}
