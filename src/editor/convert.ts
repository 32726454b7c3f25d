import * as vscode from 'vscode';
import type { Suggestion } from '../core/outcome.ts';
import type { Snapshot, SourceText } from '../core/snapshot.ts';

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
  const above = tooLarge ? '' : cellsAbove(document);
  const own = tooLarge ? '' : textOf(document);
  const start = document.offsetAt(popup?.range.start ?? position);
  const end = document.offsetAt(endOf(position, popup));
  const entry = popup?.text ?? '';
  return {
    uri: document.uri.toString(),
    path: pathOf(document.uri),
    languageId: document.languageId,
    version: document.version,
    text: tooLarge ? '' : above + own.slice(0, start) + entry + own.slice(end),
    caret: tooLarge ? 0 : above.length + start + entry.length,
    indentUnit: indentUnitOf(document),
  };
}

/** Where suggestions go in a document, seen before it can change. */
export interface Slot {
  readonly from: vscode.Position;
  readonly to: vscode.Position;
  /** What stands there already, with the selected entry of the suggestion list as if it had been taken. */
  readonly before: string;
  /** Where a suggestion's own text begins once it is taken: an offset in the document, which in a notebook is the cell. */
  readonly offset: number;
}

/**
 * The slot starts at the line's first visible character, so that VS Code keeps ghost text in place while it is typed through or taken word by word; on a
 * line of blanks at its start, for a closing bracket that is typed there has VS Code indent the line anew.
 */
export function slotOf(document: vscode.TextDocument, position: vscode.Position, popup: Popup): Slot {
  const start = popup?.range.start ?? position;
  const line = document.lineAt(start.line).text.slice(0, start.character);
  const isBlank = popup === undefined && line.trimStart() === '';
  const visible = isBlank ? line : line.trimStart();
  const entry = popup?.text ?? '';
  return {
    from: start.translate(0, -visible.length),
    to: endOf(position, popup),
    before: visible + entry,
    offset: document.offsetAt(start) + entry.length,
  };
}

/** The item for a suggestion; where an entry of the list is selected, VS Code shows only what goes on from it. */
export function itemOf(
  { text, replace, outdent }: Suggestion,
  { from, to, before }: Slot,
  command: vscode.Command,
): vscode.InlineCompletionItem {
  const range = new vscode.Range(from, to.translate(0, replace));
  return new vscode.InlineCompletionItem(before.slice(0, before.length - outdent) + text, range, command);
}

/** Where the text ends that the selected entry takes the place of: it may go past the caret. */
function endOf(position: vscode.Position, popup: Popup): vscode.Position {
  return popup?.range.end.isAfter(position) ? popup.range.end : position;
}

/** Where an offset of a snapshot stands in its document: in a notebook the snapshot begins with the cells above. */
export function offsetIn(document: vscode.TextDocument, offset: number): number {
  return offset - (isTooLarge(document) ? 0 : cellsAbove(document).length);
}

/** In a notebook, the code of the cells above, which the cell goes on from. */
function cellsAbove(document: vscode.TextDocument): string {
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
