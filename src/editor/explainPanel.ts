import * as vscode from 'vscode';
import { canDocument, docComment } from '../core/docComment.ts';
import { type ComposeExplain, type ExplainSubject, type ExplainTurn, explain } from '../core/explain.ts';
import { createExplainShelf } from '../core/explainShelf.ts';
import { type ExplainRefusal, imageOf, largestImage, subjectOf } from '../core/explainSubject.ts';
import { edited, type LineMap, untouched } from '../core/lineMap.ts';
import type { Backend, Clock, Gather, Guard, Log, Survey, TokenUsage } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';
import type { Snapshot } from '../core/snapshot.ts';
import {
  type ExplainAction,
  type ExplainView,
  type FromExplainPage,
  parseFromExplainPage,
  type ToExplainPage,
} from '../webview/explainMessages.ts';
import { explainWords, noticeView, placeView, refusalText, turnView } from './panels/explainView.ts';
import { themeColors } from './panels/themeColors.ts';
import { fillWebview, panelRoots } from './panels/webviewPage.ts';

/** What the explain panel needs from the rest of the extension. */
export interface ExplainPanelPorts {
  readonly extensionUri: vscode.Uri;
  readonly survey: Survey;
  readonly gather: Gather;
  readonly guard: Guard;
  readonly compose: ComposeExplain;
  readonly clock: Clock;
  readonly log: Log;
  /** The backend that answers questions in prose, or undefined with the built-in predictor alone. */
  backend(): Backend | undefined;
  settings(document: vscode.TextDocument | undefined): Settings;
  snapshotOf(document: vscode.TextDocument, position: vscode.Position): Snapshot;
  /** Settles when the survey knows the syntax of a language; its grammar may not have been needed before. */
  prepare(languageId: string): Promise<unknown>;
  /** Dollars for an answer, or undefined where the price is not known. */
  cost(usage: TokenUsage, backend: Backend, settings: Settings): number | undefined;
  /** Does what a button beside a message says. */
  act(action: ExplainAction): void;
}

/** The panel beside the editor that explains code and pictures. One at a time; asking again fills it anew. */
export interface ExplainPanel extends vscode.Disposable {
  /** The selection of an editor, or the declaration around its caret. */
  explainSelection(editor: vscode.TextEditor | undefined): Promise<void>;
  explainImage(uri: vscode.Uri | undefined): Promise<void>;
}

/** How often the page hears of a growing answer, ms: faster than anyone reads, slow enough to render at leisure. */
const pageInterval = 60;

/** Creates the panel's owner; the panel itself opens with the first question. */
export function createExplainPanel(ports: ExplainPanelPorts): ExplainPanel {
  const shelf = createExplainShelf(ports.survey);
  let panel: vscode.WebviewPanel | undefined;
  let view: ExplainView = noticeView('', [], vscode.l10n.t);
  let subject: ExplainSubject | undefined;
  let turns: readonly ExplainTurn[] = [];
  let lines: LineMap = [];
  let writing = new AbortController();

  function post(message: ToExplainPage): void {
    void panel?.webview.postMessage(message);
  }

  function open(): void {
    if (panel !== undefined) {
      panel.reveal(undefined, true);
      return;
    }
    const { extensionUri } = ports;
    const created = vscode.window.createWebviewPanel(
      'foretype.explain',
      vscode.l10n.t('Explanation'),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      {
        enableScripts: true,
        localResourceRoots: panelRoots(extensionUri),
      },
    );
    panel = created;
    created.onDidDispose(() => {
      panel = undefined;
      writing.abort();
    });
    created.webview.onDidReceiveMessage((value: unknown) => {
      const message = parseFromExplainPage(value);
      if (message !== undefined) void receive(message);
    });
    const styles = ['media/panel.css', 'media/explain.css'];
    fillWebview(created.webview, extensionUri, 'explain', styles, explainWords(vscode.l10n.t));
  }

  function show(next: ExplainView): void {
    writing.abort();
    view = next;
    open();
    post({ kind: 'show', view });
  }

  function notice(text: string, actions: readonly ExplainAction[]): void {
    subject = undefined;
    turns = [];
    show(noticeView(text, actions, vscode.l10n.t));
  }

  async function begin(next: ExplainSubject | ExplainRefusal): Promise<void> {
    if (typeof next === 'string') {
      notice(refusalText(next, vscode.l10n.t), []);
      return;
    }
    const path = next.kind === 'code' ? next.snapshot.path : next.image.path;
    const { signal } = new AbortController();
    if (!(await ports.guard.mayLeave(path, ports.settings(documentOf(next)), signal))) {
      notice(refusalText('excluded', vscode.l10n.t), []);
      return;
    }
    const kept = shelf.find(next);
    const backend = ports.backend();
    if (backend === undefined && kept.length === 0) {
      const needed = vscode.l10n.t(
        'Explaining needs a language model. The built-in backend completes code but writes no prose: switch to a cloud or local model.',
      );
      notice(needed, ['switchBackend']);
      return;
    }
    subject = next;
    turns = kept;
    lines = next.kind === 'code' ? untouched(placeView(next, vscode.l10n.t).lineCount) : [];
    show(explanationView(next, backend));
    if (kept.length === 0) await ask('');
  }

  function explanationView(of: ExplainSubject, backend: Backend | undefined): ExplainView {
    return {
      ...placeView(of, vscode.l10n.t),
      backend: backend?.id ?? '',
      notice: '',
      noticeActions: [],
      canInsert: of.kind === 'code' && canDocument(of.snapshot.languageId),
      turns: turns.map(viewOfTurn),
    };
  }

  function viewOfTurn(turn: ExplainTurn): ExplainView['turns'][number] {
    const backend = ports.backend();
    const cost = (usage: TokenUsage): number | undefined =>
      backend === undefined ? undefined : ports.cost(usage, backend, ports.settings(undefined));
    return turnView(turn, cost, vscode.l10n.t);
  }

  /** Asks one more turn; its end is kept with the place that it was asked about, whatever the panel shows by then. */
  async function ask(question: string): Promise<void> {
    const backend = ports.backend();
    const asked = subject;
    if (asked === undefined) return;
    if (backend === undefined) {
      ports.act('switchBackend');
      return;
    }
    writing.abort();
    writing = new AbortController();
    const { signal } = writing;
    const earlier = turns;
    const index = earlier.length;
    const settings = ports.settings(documentOf(asked));
    const request = { subject: asked, earlier, question, language: vscode.env.language, backend, settings };
    let sent = -pageInterval;
    try {
      for await (const turn of explain(request, ports, signal)) {
        const going = turn.state.kind === 'thinking' || turn.state.kind === 'writing';
        if (subject === asked) turns = [...earlier, turn];
        if (!going) shelf.keep(asked, [...earlier, turn]);
        if (subject !== asked || (going && ports.clock.now() - sent < pageInterval)) continue;
        sent = ports.clock.now();
        post({ kind: 'turn', index, turn: viewOfTurn(turn) });
      }
    } catch (error) {
      ports.log.error('explain', error);
      notice(
        vscode.l10n.t('Explaining failed for a reason that is Foretype’s own. The log has the details.'),
        ['showLog'],
      );
    }
  }

  async function receive(message: FromExplainPage): Promise<void> {
    switch (message.kind) {
      case 'ready':
        post({
          kind: 'show',
          view: subject === undefined ? view : explanationView(subject, ports.backend()),
        });
        return;
      case 'theme':
        post({ kind: 'colors', colors: await themeColors(message.name, ports.log) });
        return;
      case 'stop':
        writing.abort();
        return;
      case 'regenerate': {
        const last = turns.at(-1);
        if (last === undefined || subject === undefined) return;
        writing.abort();
        turns = turns.slice(0, -1);
        post({ kind: 'show', view: explanationView(subject, ports.backend()) });
        await ask(last.question);
        return;
      }
      case 'ask':
        await ask(message.text);
        return;
      case 'copy': {
        const text = turns[message.index]?.text;
        if (text !== undefined) await vscode.env.clipboard.writeText(text);
        return;
      }
      case 'copyCode':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'insert':
        await insert(turns[message.index]?.text ?? '');
        return;
      case 'reveal':
        await reveal(message.start, message.end);
        return;
      case 'act':
        ports.act(message.action);
        return;
    }
  }

  /** Shows lines of the text that was explained where they are now. */
  async function reveal(start: number, end: number): Promise<void> {
    if (subject?.kind !== 'code') return;
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

  /** Inserts above the code where it is now, as one edit that undo takes back. */
  async function insert(markdown: string): Promise<void> {
    if (subject?.kind !== 'code') return;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(subject.snapshot.uri));
    const code = subject.snapshot.text.slice(subject.span.start, subject.span.end);
    const old = placeView(subject, vscode.l10n.t).lines?.start ?? 1;
    const line = lines[old - 1] ?? -1;
    const text = document.getText();
    const start = line < 0 ? -1 : text.indexOf(code, document.offsetAt(new vscode.Position(line, 0)));
    if (start < 0 || document.positionAt(start).line !== line) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'The code has changed since it was explained. Explain it again, then insert the comment.',
        ),
      );
      return;
    }
    const snapshot = ports.snapshotOf(document, document.positionAt(start));
    const insertion = docComment(snapshot, { start, end: start + code.length }, markdown);
    if (insertion === undefined) return;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(insertion.at), insertion.text);
    await vscode.workspace.applyEdit(edit);
    await reveal(old, old);
  }

  const changes = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (subject?.kind !== 'code' || document.uri.toString() !== subject.snapshot.uri) return;
    for (const { range, text } of contentChanges) {
      const { start, end } = range;
      const edit = { startLine: start.line, startCharacter: start.character, endLine: end.line, text };
      lines = edited(lines, edit);
    }
  });

  return {
    explainSelection: async (editor) => {
      if (editor === undefined) {
        notice(vscode.l10n.t('No editor is open. Open a source file and select the code to explain.'), []);
        return;
      }
      const { document, selection } = editor;
      await ports.prepare(document.languageId);
      const snapshot = ports.snapshotOf(document, selection.active);
      const span = { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
      await begin(subjectOf(snapshot, span, ports.survey));
    },
    explainImage: async (uri) => {
      if (uri === undefined) {
        notice(
          vscode.l10n.t('Choose an image file in the Explorer and run “Explain Image” from its menu.'),
          [],
        );
        return;
      }
      const path = vscode.workspace.asRelativePath(uri);
      const { size } = await vscode.workspace.fs.stat(uri);
      // A file that will be refused is not read.
      const bytes =
        size > largestImage ? new Uint8Array(largestImage + 1) : await vscode.workspace.fs.readFile(uri);
      await begin(imageOf(path, bytes));
    },
    dispose: () => {
      writing.abort();
      changes.dispose();
      panel?.dispose();
    },
  };
}

function documentOf(subject: ExplainSubject): vscode.TextDocument | undefined {
  if (subject.kind === 'image') return undefined;
  return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === subject.snapshot.uri);
}
