/** A text file as one part of the program hands it to another. Paths use forward slashes on every platform. */
export interface SourceText {
  /** The editor's own name for the document, unique among open documents. */
  readonly uri: string;
  /** Relative to the workspace folder (prefixed by the folder's name when there are several); absolute outside of it. */
  readonly path: string;
  /** VS Code's language identifier, such as `typescript` or `python`. */
  readonly languageId: string;
  /** Grows with every edit; two texts of one uri and version are identical. */
  readonly version: number;
  readonly text: string;
}

/** One document at one instant, with the caret. Offsets are UTF-16 code units, as in VS Code, JavaScript and web-tree-sitter. */
export interface Snapshot extends SourceText {
  readonly caret: number;
  /** What one press of Tab inserts here: a tab or a number of spaces. */
  readonly indentUnit: string;
}

/** The text before the caret. */
export function prefixOf(snapshot: Snapshot): string {
  return snapshot.text.slice(0, snapshot.caret);
}

/** The text after the caret. */
export function suffixOf(snapshot: Snapshot): string {
  return snapshot.text.slice(snapshot.caret);
}

/** The text between the start of the caret's line and the caret. */
export function linePrefixOf(snapshot: Snapshot): string {
  return snapshot.text.slice(lineStartAt(snapshot.text, snapshot.caret), snapshot.caret);
}

/** The text between the caret and the end of its line, without the line break. */
export function lineSuffixOf(snapshot: Snapshot): string {
  return snapshot.text.slice(snapshot.caret, lineEndAt(snapshot.text, snapshot.caret));
}

/** The offset at which the line that holds `offset` starts. */
export function lineStartAt(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The offset at which the line that holds `offset` ends, before its line break (`\n` or `\r\n`). */
export function lineEndAt(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** The document without so many characters left of the caret. */
export function withoutBefore(snapshot: Snapshot, count: number): Snapshot {
  const caret = snapshot.caret - count;
  return { ...snapshot, text: snapshot.text.slice(0, caret) + suffixOf(snapshot), caret };
}

/** The version alone does not tell: it begins anew when a document is opened again, and a notebook's cell keeps it while those above change. */
export function isSamePlace(a: Snapshot, b: Snapshot): boolean {
  return a.uri === b.uri && a.version === b.version && a.caret === b.caret && a.text === b.text;
}
