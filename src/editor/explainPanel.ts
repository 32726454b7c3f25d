import * as vscode from 'vscode';
import { type ConversationPorts, createConversation } from '../core/conversation.ts';
import { canDocument } from '../core/docComment.ts';
import type { ExplainSubject, ExplainTurn } from '../core/explain.ts';
import type { ExplainRefusal } from '../core/explainSubject.ts';
import type { Backend, Log, TokenUsage } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';
import {
  type ExplainAction,
  type ExplainView,
  type FromExplainPage,
  parseFromExplainPage,
  type ToExplainPage,
} from '../webview/explainMessages.ts';
import { type ExplainTargetPorts, watchExplainTarget } from './explainTarget.ts';
import { followCode } from './panels/explainedCode.ts';
import { explainWords, noticeView, placeView, refusalText, turnView } from './panels/explainView.ts';
import { createOnePanel } from './panels/onePanel.ts';
import { themeColors } from './panels/themeColors.ts';

/** What the explain panel needs from the rest of the extension. */
export interface ExplainPanelPorts
  extends Omit<ConversationPorts, 'settingsFor' | 'language'>,
    ExplainTargetPorts {
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  settings(document: vscode.TextDocument | undefined): Settings;
  /** Dollars for an answer about code of a language, which may have a model of its own, or about none; undefined where the price is not known. */
  cost(
    usage: TokenUsage,
    backend: Backend,
    languageId: string | undefined,
    settings: Settings,
  ): number | undefined;
  /** Does what a button beside a message says. */
  act(action: ExplainAction): void;
}

/** The panel beside the editor that explains code and pictures. One at a time; asking again fills it anew. */
export interface ExplainPanel extends vscode.Disposable {
  /** The selection in the editor in front, or the declaration around its caret; a picture, if one is in front. */
  explainSelection(): Promise<void>;
  /** A picture; without one, that in front. */
  explainImage(uri: vscode.Uri | undefined): Promise<void>;
}

/** Creates the panel's owner; the panel itself opens with the first question. */
export function createExplainPanel(ports: ExplainPanelPorts): ExplainPanel {
  const t = vscode.l10n.t;
  const code = followCode(ports.snapshotOf, moved);
  const target = watchExplainTarget(ports);
  const talk = createConversation(
    {
      ...ports,
      settingsFor: (subject) => ports.settings(documentOf(subject)),
      language: vscode.env.language,
    },
    (index, turn) => panel.post({ kind: 'turn', index, turn: viewOfTurn(turn) }),
  );
  const panel = createOnePanel<ToExplainPage, FromExplainPage>({
    extensionUri: ports.extensionUri,
    name: 'explain',
    title: t('Explanation'),
    icon: 'comment-discussion',
    column: vscode.ViewColumn.Beside,
    keepFocus: true,
    styles: [],
    words: explainWords(t),
    parse: parseFromExplainPage,
    receive: (message) => void guarded(() => receive(message)),
    closed: () => talk.stop(),
  });
  let notice = noticeView('', [], t);

  function show(): void {
    panel.open();
    panel.post({ kind: 'show', view: view() });
  }

  function view(): ExplainView {
    const { subject, turns } = talk;
    if (subject === undefined) return notice;
    return {
      ...placeView(subject, code.runs(), t),
      notice: '',
      noticeActions: [],
      canInsert: subject.kind === 'code' && canDocument(subject.snapshot.languageId),
      turns: turns.map(viewOfTurn),
    };
  }

  function moved(): void {
    if (talk.subject === undefined) return;
    const { place, runs } = placeView(talk.subject, code.runs(), t);
    panel.post({ kind: 'moved', place, runs });
  }

  function viewOfTurn(turn: ExplainTurn): ExplainView['turns'][number] {
    const { asked, subject } = talk;
    const languageId = subject?.kind === 'code' ? subject.snapshot.languageId : undefined;
    const settings = ports.settings(subject && documentOf(subject));
    const cost = (usage: TokenUsage): number | undefined =>
      asked === undefined ? undefined : ports.cost(usage, asked, languageId, settings);
    return turnView(turn, cost, t);
  }

  function say(text: string, ...actions: readonly ExplainAction[]): void {
    notice = noticeView(text, actions, t);
    talk.close();
    code.follow(undefined, undefined);
    show();
  }

  async function begin(next: ExplainSubject | ExplainRefusal): Promise<void> {
    if (typeof next === 'string') {
      say(refusalText(next, t));
      return;
    }
    const path = next.kind === 'code' ? next.snapshot.path : next.image.path;
    const { signal } = new AbortController();
    if (!(await ports.guard.mayLeave(path, ports.settings(documentOf(next)), signal))) {
      say(refusalText('excluded', t));
      return;
    }
    const opened = talk.open(next);
    if (opened === 'needs-model' && !vscode.workspace.isTrusted) {
      say(
        t(
          'In Restricted Mode no code is sent to a model. Trust this folder with “Workspaces: Manage Workspace Trust” to have its code explained.',
        ),
      );
      return;
    }
    if (opened === 'needs-model') {
      say(
        t(
          'Explaining needs a language model. The built-in backend completes code but writes no prose: switch to a cloud or local model.',
        ),
        'switchBackend',
      );
      return;
    }
    code.follow(talk.subject, next);
    show();
    if (opened === 'new') await talk.ask('');
  }

  async function receive(message: FromExplainPage): Promise<void> {
    switch (message.kind) {
      case 'ready':
        panel.post({ kind: 'show', view: view() });
        return;
      case 'theme':
        panel.post({ kind: 'colors', colors: await themeColors(message.name, ports.log) });
        return;
      case 'stop':
        talk.stop();
        return;
      case 'regenerate':
        await talk.again();
        return;
      case 'ask':
        await talk.ask(message.text);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(talk.turns[message.index]?.text ?? '');
        return;
      case 'copyCode':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'insert':
        await code.insert(talk.turns[message.index]?.text ?? '');
        return;
      case 'reveal':
        await code.reveal(message.start, message.end);
        return;
      case 'act':
        ports.act(message.action);
        return;
    }
  }

  /** Whatever goes wrong that should not is said once and logged. */
  async function guarded(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (error instanceof vscode.FileSystemError) {
        say(t('The file cannot be read. It may have been moved or deleted: choose it again.'));
        return;
      }
      ports.log.error('explain', error);
      say(t('Explaining failed for a reason that is Foretype’s own. The log has the details.'), 'showLog');
    }
  }

  return {
    explainSelection: () => guarded(async () => begin(await target.inFront())),
    explainImage: (uri) => guarded(async () => begin(await target.image(uri))),
    dispose: () => {
      talk.stop();
      target.dispose();
      code.dispose();
      panel.dispose();
    },
  };
}

function documentOf(subject: ExplainSubject): vscode.TextDocument | undefined {
  if (subject.kind === 'image') return undefined;
  return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === subject.snapshot.uri);
}
