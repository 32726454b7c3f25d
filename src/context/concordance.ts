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

/** @param read calls `add` with the words of a row, as often as they stand there */
export function concordanceOf(
  rows: number,
  read: (row: number, add: (word: string) => void) => void,
): Concordance {
  const ids = new Map<string, number>();
  const words: string[] = [];
  /** The last row of each word, so that it is counted once a row. */
  const lastRow: number[] = [];
  const counts: number[] = [];
  const cells: number[] = [];
  const rowStart = new Uint32Array(rows + 1);
  let row = 0;
  const add = (word: string): void => {
    let id = ids.get(word);
    if (id === undefined) {
      id = words.length;
      ids.set(word, id);
      words.push(word);
      lastRow.push(-1);
      counts.push(0);
    }
    if (lastRow[id] === row) return;
    lastRow[id] = row;
    counts[id] = (counts[id] ?? 0) + 1;
    cells.push(id);
  };
  for (; row < rows; row++) {
    read(row, add);
    rowStart[row + 1] = cells.length;
  }
  const byRow = Uint32Array.from(cells);
  const wordStart = startsOf(counts);
  const byWord = new Uint32Array(cells.length);
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
function startsOf(counts: readonly number[]): Uint32Array {
  const starts = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) starts[i + 1] = (starts[i] ?? 0) + (counts[i] ?? 0);
  return starts;
}
