import * as vscode from 'vscode';
import type { Suggestion } from '../core/outcome.ts';
import { lineStartAt, type Snapshot, type SourceText } from '../core/snapshot.ts';

/** The entry selected in VS Code's suggestion list. */
export type Popup = vscode.SelectedCompletionInfo | undefined;

/** Above this a document's text is not read at each key: copying it alone takes milliseconds. UTF-16 units. */
const largestDocument = 2_000_000;

const texts = new WeakMap<vscode.TextDocument, { readonly version: number; readonly text: string }>();

/** The document's text, joined once for each version. */
export function textOf(document: vscode.TextDocument): string {
  const known = texts.get(document);
  if (known?.version === document.version) return known.text;
  const text = document.getText();
  texts.set(document, { version: document.version, text });
  return text;
}

/** Whether a document is too large to be worked on at each key. */
export function isTooLarge(document: vscode.TextDocument): boolean {
  const last = document.lineAt(document.lineCount - 1).range.end;
  return document.offsetAt(last) > largestDocument;
}

/** A document as the parts see it; its text is read when it is asked for. */
export function sourceOf(document: vscode.TextDocument): SourceText {
  return {
    uri: document.uri.toString(),
    path: pathOf(document.uri),
    languageId: document.languageId,
    version: document.version,
    get text() {
      return isTooLarge(document) ? '' : textOf(document);
    },
  };
}

/** The workspace path of a uri: relative to its folder, with the folder's name in front if there are several; forward slashes. */
export function pathOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri, (vscode.workspace.workspaceFolders?.length ?? 0) > 1);
}

/** The document with the caret, and with the selected entry of the suggestion list as if it had been taken. */
export function snapshotOf(document: vscode.TextDocument, position: vscode.Position, popup: Popup): Snapshot {
  const tooLarge = isTooLarge(document);
  const before = tooLarge ? '' : cellsBefore(document);
  const text = tooLarge ? '' : before + textOf(document);
  const start = tooLarge ? 0 : before.length + document.offsetAt(popup?.range.start ?? position);
  const end = tooLarge ? 0 : before.length + document.offsetAt(position);
  return {
    uri: document.uri.toString(),
    path: pathOf(document.uri),
    languageId: document.languageId,
    version: document.version,
    text: popup ? text.slice(0, start) + popup.text + text.slice(end) : text,
    caret: popup ? start + popup.text.length : end,
    indentUnit: indentUnitOf(document),
  };
}

/**
 * The item for a suggestion. Its range starts at the line's first visible character, so that VS Code keeps the ghost text in
 * place while it is typed through or taken word by word.
 */
export function itemOf(
  suggestion: Suggestion,
  snapshot: Snapshot,
  position: vscode.Position,
  command: vscode.Command,
): vscode.InlineCompletionItem {
  const start = lineStartAt(snapshot.text, snapshot.caret);
  const line = snapshot.text.slice(start, snapshot.caret);
  const indent = line.length - line.trimStart().length;
  const range = new vscode.Range(
    position.line,
    Math.min(indent, position.character),
    position.line,
    position.character + suggestion.replace,
  );
  return new vscode.InlineCompletionItem(line.slice(indent) + suggestion.text, range, command);
}

/** In a notebook, the code of the cells above, which the cell goes on from. */
function cellsBefore(document: vscode.TextDocument): string {
  if (document.uri.scheme !== 'vscode-notebook-cell') return '';
  for (const notebook of vscode.workspace.notebookDocuments) {
    const cells = notebook.getCells();
    const at = cells.findIndex((cell) => cell.document === document);
    if (at < 0) continue;
    const above = cells.slice(0, at).map((cell) => cell.document);
    const code = above.filter(({ languageId }) => languageId === document.languageId);
    return code.map((cell) => `${textOf(cell)}\n`).join('');
  }
  return '';
}

function indentUnitOf(document: vscode.TextDocument): string {
  const options = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.options;
  if (options?.insertSpaces === false) return '\t';
  return ' '.repeat(typeof options?.tabSize === 'number' ? options.tabSize : 4);
}
