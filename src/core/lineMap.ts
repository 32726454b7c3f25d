/** One edit of a document as the editor reports it; lines and characters from 0, of the text before the edit. */
export interface LineEdit {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly text: string;
}

/** Where the lines of an earlier text are now: index = line then, value = line now, or -1 when it was deleted. */
export type LineMap = readonly number[];

/** The map of a text that has not been edited yet. */
export function untouched(lines: number): LineMap {
  return Array.from({ length: lines }, (_, line) => line);
}

/** The map after one more edit. */
export function edited(map: LineMap, edit: LineEdit): LineMap {
  const added = edit.text.split('\n').length - 1;
  const shift = added - (edit.endLine - edit.startLine);
  const wholeLines = edit.startCharacter === 0;
  return map.map((line) => {
    if (line < edit.startLine) return line;
    if (line >= edit.endLine && (line > edit.startLine || wholeLines)) return line + shift;
    // The edit's first line keeps its beginning, unless the edit starts before it.
    return line === edit.startLine && !wholeLines ? line : -1;
  });
}
