/** One edit of a document as the editor reports it; lines and characters from 0, of the text before the edit. */
export interface LineEdit {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly text: string;
}

/** Where the lines of an earlier text are now: index = line then, value = line now, or -1 when it was deleted. */
export type LineMap = readonly number[];

/** Lines that have moved together, lines of the earlier text from 1, both included. */
export interface LineRun {
  readonly first: number;
  readonly last: number;
  /** How far down they are now; negative for up. */
  readonly by: number;
}

/** The map of a text of which nothing has been edited but that as a whole stands `by` lines further down. */
export function untouched(lines: number, by = 0): LineMap {
  return Array.from({ length: lines }, (_, line) => Math.max(-1, line + by));
}

/** The map after one more edit. */
export function edited(map: LineMap, edit: LineEdit): LineMap {
  const added = edit.text.split('\n').length - 1;
  const shift = added - (edit.endLine - edit.startLine);
  // Most edits are keys, and a key moves no line.
  if (added === 0 && edit.startLine === edit.endLine) return map;
  const wholeLines = edit.startCharacter === 0;
  return map.map((line) => {
    if (line < edit.startLine) return line;
    if (line >= edit.endLine && (line > edit.startLine || wholeLines)) return line + shift;
    // The edit's first line keeps its beginning, unless the edit starts before it.
    return line === edit.startLine && !wholeLines ? line : -1;
  });
}

/** The same map as runs: short, as edits are few. Deleted lines are in no run. */
export function runsOf(map: LineMap): readonly LineRun[] {
  const runs: LineRun[] = [];
  for (const [line, now] of map.entries()) {
    if (now < 0) continue;
    const run = runs.at(-1);
    if (run !== undefined && run.last === line && run.by === now - line)
      runs[runs.length - 1] = { ...run, last: line + 1 };
    else runs.push({ first: line + 1, last: line + 1, by: now - line });
  }
  return runs;
}

/** The first and last of the lines from `start` to `end` that are still there, where they are now; undefined if none is. */
export function linesNow(
  runs: readonly LineRun[],
  start: number,
  end: number,
): { readonly start: number; readonly end: number } | undefined {
  const left = runs.filter(({ first, last }) => first <= end && last >= start);
  const [head, tail] = [left[0], left.at(-1)];
  if (head === undefined || tail === undefined) return undefined;
  return { start: Math.max(start, head.first) + head.by, end: Math.min(end, tail.last) + tail.by };
}
