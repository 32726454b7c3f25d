/** A place in a sentence where lines of the code are named. Lines from 1, both included. */
export interface LineReference {
  readonly at: number;
  readonly length: number;
  readonly start: number;
  readonly end: number;
}

/** `line 12`, `lines 12–15`, `L12-L15`, `Zeilen 12 bis 15`, `第 12-15 行`. */
const reference =
  /(?<![\p{L}\p{N}_])(?:(?:lines?|zeilen?)\s{1,3}|L)(\d{1,6})(?:\s{0,3}(?:-|–|—|to|through|and|bis|und)\s{0,3}L?(\d{1,6}))?(?![\p{L}\p{N}_])|第\s{0,3}(\d{1,6})\s{0,3}(?:[-–—~～至到]\s{0,3}(\d{1,6})\s{0,3})?行/giu;

/** The references to lines in a sentence, in order; only to lines that a document of `lineCount` lines has. */
export function lineReferences(sentence: string, lineCount: number): readonly LineReference[] {
  return [...sentence.matchAll(reference)].flatMap((match) => {
    const start = Number(match[1] ?? match[3]);
    const end = Number(match[2] ?? match[4] ?? start);
    return start >= 1 && start <= end && end <= lineCount
      ? [{ at: match.index, length: match[0].length, start, end }]
      : [];
  });
}
