import * as vscode from 'vscode';
import type { ExplainSubject } from '../core/explain.ts';
import { type ExplainRefusal, imageOf, isImage, largestImage, subjectOf } from '../core/explainSubject.ts';
import type { Survey } from '../core/ports.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { fileInFront, watchFront } from './front.ts';

/** What finding out what to explain needs. */
export interface ExplainTargetPorts {
  readonly survey: Survey;
  snapshotOf(document: vscode.TextDocument, position: vscode.Position): Snapshot;
  /** Settles when the survey knows the syntax of a document; its grammar may not have been needed before. Rejects only by abort. */
  prepare(snapshot: Snapshot, signal: AbortSignal): Promise<unknown>;
}

/** Finds what the user means when something is to be explained. */
export interface ExplainTarget extends vscode.Disposable {
  /** The selection in the editor in front, or the declaration around its caret; a picture, if one is in front. Throws if it cannot be read. */
  inFront(): Promise<ExplainSubject | ExplainRefusal>;
  /** A picture; without one, that in front. Throws if it cannot be read. */
  image(uri: vscode.Uri | undefined): Promise<ExplainSubject | ExplainRefusal>;
}

/** The most that one waits for the syntax of a large document, ms; without it the paragraph is explained. */
const syntaxPatience = 2_000;

/** Watches from now on what is in front. */
export function watchExplainTarget(ports: ExplainTargetPorts): ExplainTarget {
  const front = watchFront();

  async function prepared(snapshot: Snapshot): Promise<void> {
    const signal = AbortSignal.timeout(syntaxPatience);
    try {
      await ports.prepare(snapshot, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async function selected({
    document,
    selection,
  }: vscode.TextEditor): Promise<ExplainSubject | ExplainRefusal> {
    // Also of a document that is too large to be completed in: the person has asked.
    const whole = { text: document.getText(), caret: document.offsetAt(selection.active) };
    const snapshot = { ...ports.snapshotOf(document, selection.active), ...whole };
    if (selection.isEmpty) await prepared(snapshot);
    const span = { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
    return subjectOf(snapshot, span, ports.survey);
  }

  async function image(chosen: vscode.Uri | undefined): Promise<ExplainSubject | ExplainRefusal> {
    const uri = chosen ?? fileInFront();
    if (uri === undefined) return 'no-image';
    const { size } = await vscode.workspace.fs.stat(uri);
    // A file that will be refused is not read.
    const bytes =
      size > largestImage ? new Uint8Array(largestImage + 1) : await vscode.workspace.fs.readFile(uri);
    return imageOf(vscode.workspace.asRelativePath(uri), bytes);
  }

  return {
    inFront: async () => {
      const seen = front.look();
      if (seen.kind === 'text') return selected(seen.editor);
      if (seen.kind === 'nothing') return 'no-editor';
      return isImage(seen.uri.path) ? image(seen.uri) : 'binary';
    },
    image,
    dispose: () => front.dispose(),
  };
}
