import * as vscode from 'vscode';
import { docComment } from '../../core/docComment.ts';
import type { ExplainSubject } from '../../core/explain.ts';
import { edited, type LineMap, type LineRun, runsOf, untouched } from '../../core/lineMap.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { lineCountOf, linesOf } from './explainView.ts';

type CodeSubject = Extract<ExplainSubject, { kind: 'code' }>;

/** The code that an explanation is about, followed through the edits of its document. */
export interface ExplainedCode extends vscode.Disposable {
  /** From now on this is the code, as it was explained and as it is now; undefined for none. */
  follow(subject: ExplainSubject | undefined, now: ExplainSubject | undefined): void;
  /** Where the lines that were explained are now. */
  runs(): readonly LineRun[];
  /** Shows lines of the text that was explained, from 1, where they are now. */
  reveal(start: number, end: number): Promise<void>;
  /** Inserts a comment in the language's style where the code is now, as one edit that undo takes back. */
  insert(markdown: string): Promise<void>;
}

/** Follows nothing at first. `moved` is called when lines of the document have moved. */
export function followCode(
  snapshotOf: (document: vscode.TextDocument, position: vscode.Position) => Snapshot,
  moved: () => void,
): ExplainedCode {
  let subject: CodeSubject | undefined;
  let lines: LineMap = [];

  const changes = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (document.uri.toString() !== subject?.snapshot.uri) return;
    const before = lines;
    for (const { range, text } of contentChanges) {
      const { start, end } = range;
      const edit = { startLine: start.line, startCharacter: start.character, endLine: end.line, text };
      lines = edited(lines, edit);
    }
    if (lines !== before) moved();
  });

  async function reveal(start: number, end: number): Promise<void> {
    if (subject === undefined) return;
    const now = lines.slice(start - 1, end).filter((line) => line >= 0);
    const first = now[0];
    const last = now.at(-1);
    if (first === undefined || last === undefined) {
      void vscode.window.setStatusBarMessage(vscode.l10n.t('These lines are no longer in the file.'), 4_000);
      return;
    }
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(subject.snapshot.uri));
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    const range = document.validateRange(new vscode.Range(first, 0, last, Number.MAX_SAFE_INTEGER));
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
      selection: range,
    });
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Where the code starts in the document now; -1 if it has changed. */
  function startIn(document: vscode.TextDocument, of: CodeSubject, firstLine: number): number {
    const line = lines[firstLine - 1] ?? -1;
    if (line < 0) return -1;
    const code = of.snapshot.text.slice(of.span.start, of.span.end);
    const start = document.getText().indexOf(code, document.offsetAt(new vscode.Position(line, 0)));
    return start >= 0 && document.positionAt(start).line === line ? start : -1;
  }

  return {
    follow: (next, now) => {
      subject = next?.kind === 'code' ? next : undefined;
      const by = subject && now?.kind === 'code' ? firstLineOf(now) - firstLineOf(subject) : 0;
      lines = subject === undefined ? [] : untouched(lineCountOf(subject.snapshot.text), by);
    },
    runs: () => runsOf(lines),
    reveal,
    insert: async (markdown) => {
      if (subject === undefined) return;
      const of = subject;
      const firstLine = firstLineOf(of);
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(of.snapshot.uri));
      const start = startIn(document, of, firstLine);
      if (start < 0) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t(
            'The code has changed since it was explained. Explain it again, then insert the comment.',
          ),
        );
        return;
      }
      // The document alone, without the cells above it in a notebook.
      const whole = { text: document.getText(), caret: start };
      const snapshot = { ...snapshotOf(document, document.positionAt(start)), ...whole };
      const span = { start, end: start + of.span.end - of.span.start };
      const insertion = docComment(snapshot, span, markdown);
      if (insertion === undefined) return;
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, document.positionAt(insertion.at), insertion.text);
      await vscode.workspace.applyEdit(edit);
      await reveal(firstLine, firstLine);
    },
    dispose: () => changes.dispose(),
  };
}

function firstLineOf({ snapshot, span }: CodeSubject): number {
  return linesOf(snapshot.text, span).start;
}
