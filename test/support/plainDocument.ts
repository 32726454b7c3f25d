import type * as vscode from 'vscode';

/* What the editor's smaller files use of VS Code, for tests outside of it. */

/** A place in a text. */
export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }

  translate(lines: number, characters: number): Position {
    return new Position(this.line + lines, this.character + characters);
  }

  isAfter(other: Position): boolean {
    return this.line > other.line || (this.line === other.line && this.character > other.character);
  }
}

/** Two places in a text. */
export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: Position, end: Position) {
    this.start = start;
    this.end = end;
  }
}

/** What a provider gives to VS Code. */
export class InlineCompletionItem {
  readonly insertText: string;
  readonly range: Range;
  readonly command: vscode.Command;

  constructor(insertText: string, range: Range, command: vscode.Command) {
    this.insertText = insertText;
    this.range = range;
    this.command = command;
  }
}

/** The workspace with the notebook that was made last. */
export const workspace = {
  workspaceFolders: [],
  notebookDocuments: [] as { getCells(): readonly { readonly document: unknown }[] }[],
  asRelativePath: (uri: { toString(): string }) => uri.toString(),
  fs: { isWritableFileSystem: (_scheme: string): boolean | undefined => true },
};

/** A window with the editor in front. */
export const window = {
  visibleTextEditors: [],
  activeTextEditor: undefined as
    | {
        readonly document: unknown;
        readonly selections: readonly { readonly isEmpty: boolean }[];
        readonly options?: { readonly cursorStyle: number };
      }
    | undefined,
};

function documentOf(text: string, scheme: string) {
  const lines = text.split('\n');
  const offsetAt = ({ line, character }: Position) => (starts[line] ?? text.length) + character;
  const starts = lines.map((_, line) => lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0));
  return {
    uri: { scheme, toString: () => `${scheme}:/example` },
    languageId: 'python',
    version: 1,
    lineCount: lines.length,
    getText: (range?: Range) => (range ? text.slice(offsetAt(range.start), offsetAt(range.end)) : text),
    lineAt: (line: number) => ({
      text: lines[line] ?? '',
      range: new Range(new Position(line, 0), new Position(line, lines[line]?.length ?? 0)),
    }),
    offsetAt,
  };
}

/**
 * A document with the caret at █. An entry of the list takes the place of the word before the caret, and of what follows it up to ┤.
 * With cells above, the document is the last one of a notebook.
 */
export function placedIn(marked: string, entry?: { readonly text: string }, above?: readonly string[]) {
  const plain = marked.replace('┤', '');
  const offset = plain.indexOf('█');
  const document = documentOf(plain.replace('█', ''), above ? 'vscode-notebook-cell' : 'file');
  const at = (to: number) => {
    const lines = document.getText().slice(0, to).split('\n');
    return new Position(lines.length - 1, lines.at(-1)?.length ?? 0);
  };
  const cells = [...(above ?? []).map((text) => documentOf(text, 'vscode-notebook-cell')), document];
  workspace.notebookDocuments = above ? [{ getCells: () => cells.map((cell) => ({ document: cell })) }] : [];
  const word = /\w*$/.exec(plain.slice(0, offset))?.[0].length ?? 0;
  const end = Math.max(offset, marked.replace('█', '').indexOf('┤'));
  const popup = entry && { text: entry.text, range: new Range(at(offset - word), at(end)) };
  return {
    document: document as unknown as vscode.TextDocument,
    position: at(offset) as unknown as vscode.Position,
    popup: popup as unknown as vscode.SelectedCompletionInfo | undefined,
  };
}
