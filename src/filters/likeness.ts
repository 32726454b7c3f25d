import { distance } from 'fastest-levenshtein';

/** How much alike two lines are, white space, quotes and a last comma or semicolon apart; `numbered` if only their numbers differ. */
export function likeness(line: string, expected: string): 'same' | 'similar' | 'numbered' | 'no' {
  const a = essence(line);
  const b = essence(expected);
  if (a === b) return 'same';
  const longest = Math.max(a.length, b.length);
  // A list goes on with other numbers.
  if (a.replace(/\d+/g, '0') === b.replace(/\d+/g, '0')) return 'numbered';
  if (longest > 300 || Math.abs(a.length - b.length) > Math.max(2, longest * 0.06)) return 'no';
  return distance(a, b) <= Math.max(2, longest * 0.06) ? 'similar' : 'no';
}

/** Whether a line of which more may come can turn out to be the expected one. */
export function mayBecomeLike(line: string, expected: string): boolean {
  const begun = essence(`${line}_`).slice(0, -1);
  const whole = essence(expected);
  return whole.startsWith(begun) || begun.replace(/[;,]$/, '') === whole;
}

/** How many letters and digits the line has. */
export function lettersIn(line: string): number {
  return line.replace(/\W/g, '').length;
}

/** Of two lines of several words, only one word differs. */
export function differsInAWord(line: string, expected: string): boolean {
  const a = line.match(/\w+|[^\w\s]/g) ?? [];
  const b = expected.match(/\w+|[^\w\s]/g) ?? [];
  if (a.length !== b.length) return false;
  const same = a.filter((word, index) => word === b[index]);
  return same.length === a.length - 1 && lettersIn(same.join('')) >= 8;
}

function essence(line: string): string {
  return line.replace(/\s+/g, '').replace(/["`]/g, "'").replace(/[;,]$/, '');
}
