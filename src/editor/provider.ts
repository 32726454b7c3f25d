import * as vscode from 'vscode';
import type { Ask } from '../core/ask.ts';
import type { Completer } from '../core/complete.ts';
import type { Outcome, Suggestion } from '../core/outcome.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { TextEdit } from '../core/survival.ts';
import { Attention, isAtEdit } from './attention.ts';
import { circumstancesOf } from './circumstances.ts';
import { itemOf, type Popup, type Slot, slotOf, snapshotOf } from './convert.ts';
import { Growth } from './growth.ts';
import type { SettingsReader } from './settings.ts';
import { isTextFile } from './workspace.ts';

/** What was given to VS Code for one place: the suggestion, and others to cycle through. */
interface Given {
  readonly suggestions: readonly [Suggestion, ...Suggestion[]];
  readonly uri: string;
  readonly slot: Slot;
}

/** What the last change did to the document in front. */
interface Change {
  readonly document: vscode.TextDocument;
  readonly edits: readonly TextEdit[];
}

/** What the provider needs of the rest. */
export interface ProviderParts {
  readonly completer: Completer;
  readonly settings: SettingsReader;
  readonly clock: Clock;
  readonly log: Log;
  /** The publisher and name of this extension, by which VS Code knows its providers. */
  readonly extensionId: string;
  readonly paused: () => boolean;
  /** Hears of every question before it is answered. */
  readonly began: () => void;
  /** Hears of every outcome. */
  readonly ended: (ask: Ask, outcome: Outcome) => void;
  /** Hears of what is given to VS Code to show; again when it has grown. `latencyMs` counts from the last key. */
  readonly shown: (draft: number, languageId: string, latencyMs: number) => void;
  /** Hears of a suggestion that was taken whole, and where its text stands now. */
  readonly taken: (draft: number, uri: string, start: number, text: string) => void;
  /** Hears of edits to any text file, as offsets in the text before them. */
  readonly edited: (document: vscode.TextDocument, edits: readonly TextEdit[]) => void;
}

/** Inline completions for every language: asks the core, shows what it says, and lets the ghost text grow with the stream. */
export class Provider implements vscode.InlineCompletionItemProvider, vscode.Disposable {
  readonly #parts: ProviderParts;
  readonly #listeners: vscode.Disposable[] = [];
  readonly #growth: Growth;
  #registration: vscode.Disposable;
  readonly #attention: Attention;
  #ahead = new AbortController();
  /** A change whose caret has not been heard of yet. */
  #change: Change | undefined;
  /** The caret was moved, and nothing has been typed or asked by hand since. */
  #moved = false;
  #lastKey = Number.NEGATIVE_INFINITY;
  #given: Given | undefined;
  #cursorStyle = vscode.window.activeTextEditor?.options.cursorStyle;

  constructor(parts: ProviderParts) {
    this.#parts = parts;
    this.#registration = this.#register();
    this.#growth = new Growth(parts.clock, () => this.#askAgain());
    this.#attention = new Attention(parts.clock);
    this.#listeners.push(
      vscode.workspace.onDidChangeTextDocument((event) => this.#documentChanged(event)),
      vscode.window.onDidChangeTextEditorSelection((event) => this.#caretMoved(event)),
      vscode.window.onDidChangeActiveTextEditor(() => this.#movedAway()),
      vscode.window.onDidChangeTextEditorOptions((event) => this.#optionsChanged(event)),
    );
  }

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    const signal = signalOf(token);
    const popup = context.selectedCompletionInfo;
    const invoked = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
    if (invoked) this.#moved = false;
    else this.#attention.asked(document);
    const ask = this.#ask(document, position, popup, invoked ? 'invoked' : 'typing', signal);
    const slot = slotOf(document, position, popup);
    this.#parts.began();
    const question = this.#growth.asked();
    try {
      const outcome = await this.#answer(ask);
      if (outcome.kind !== 'suggest') return [];
      if (outcome.origin === 'fresh') await this.#waitToShow(ask);
      const { suggestion, others } = outcome;
      this.#gave({ suggestions: [suggestion, ...others], uri: ask.snapshot.uri, slot });
      this.#parts.shown(suggestion.draft, document.languageId, this.#parts.clock.now() - this.#lastKey);
      return [suggestion, ...others].map((each, at) =>
        itemOf(each, slot, { title: '', command: 'foretype.taken', arguments: [suggestion.draft, at] }),
      );
    } catch (error) {
      if (!signal.aborted) this.#parts.log.error('A suggestion failed by a fault of Foretype.', error);
      return [];
    } finally {
      this.#growth.answered(question);
    }
  }

  /** There is more to show of the ghost text on screen. */
  grow(): void {
    if (!this.#moved) this.#growth.grow();
  }

  /** What is on screen was written under settings that no longer hold. */
  reset(): void {
    this.#growth.stop();
    this.#ahead.abort();
    this.#parts.completer.clear();
    if (this.#given) void vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
    this.#given = undefined;
  }

  /** The person has sent the ghost text away, which VS Code has hidden by now: no more of it is shown. */
  dismissed(): void {
    this.#growth.stop();
    this.#parts.completer.dismissed();
  }

  /** VS Code says that a suggestion was taken whole: the first of what was given under this name, or one of the others. */
  taken(draft: number, at: number): void {
    const given = this.#given;
    const suggestion = given?.suggestions[at];
    if (given?.suggestions[0].draft !== draft || !suggestion) return;
    this.#parts.taken(draft, given.uri, given.slot.offset - suggestion.outdent, suggestion.text);
  }

  dispose(): void {
    this.#growth.stop();
    this.#ahead.abort();
    this.#registration.dispose();
    for (const listener of this.#listeners) listener.dispose();
  }

  #gave(given: Given): void {
    // The key that dismisses is heard of only where there may be something of ours (package.json, keybindings).
    if (!this.#given) void vscode.commands.executeCommand('setContext', 'foretype.suggests', true);
    this.#given = given;
  }

  /** Makes VS Code ask again without hiding what it shows. */
  #askAgain(): void {
    // VS Code takes a new registration for a provider that the last request has not asked (see ARCHITECTURE.md, Growth).
    this.#registration.dispose();
    this.#registration = this.#register();
    void vscode.commands.executeCommand('editor.action.inlineSuggest.trigger', {
      providerId: `${this.#parts.extensionId}:*`,
      explicit: false,
    });
  }

  #register(): vscode.Disposable {
    return vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, this);
  }

  #ask(
    document: vscode.TextDocument,
    position: vscode.Position,
    popup: Popup,
    trigger: Ask['trigger'],
    signal: AbortSignal,
  ): Ask {
    const snapshot = snapshotOf(document, position, popup);
    const circumstances = circumstancesOf(document, position, popup, this.#moved, this.#parts.paused());
    return { snapshot, trigger, circumstances, settings: this.#parts.settings.of(document), signal };
  }

  #documentChanged({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (!isTextFile(document.uri)) return;
    const now = this.#parts.clock.now();
    const edits = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      start: rangeOffset,
      end: rangeOffset + rangeLength,
      text,
    }));
    this.#parts.edited(document, edits);
    const editor = vscode.window.activeTextEditor;
    if (contentChanges.length === 0 || editor?.document !== document) return;
    this.#change = { document, edits };
    this.#moved = false;
    this.#growth.keyStruck();
    this.#lastKey = now;
  }

  /** VS Code asks late; the pause runs from the key, and the draft is opened when it ends. The caret's event follows the text's at once. */
  #caretMoved({ textEditor, kind }: vscode.TextEditorSelectionChangeEvent): void {
    // What is typed beside a second view of the document moves that view's caret as well.
    if (textEditor !== vscode.window.activeTextEditor) return;
    this.#ahead.abort();
    const { document, selection } = textEditor;
    const change = this.#change?.document === document ? this.#change : undefined;
    this.#change = undefined;
    const isTyping = change !== undefined && isAtEdit(change.edits, document.offsetAt(selection.active));
    // A formatter or another program may push the caret along; a person moves it by key, mouse or command.
    if (!change || (!isTyping && kind !== undefined)) {
      this.#moved = true;
      return;
    }
    const ahead = new AbortController();
    this.#ahead = ahead;
    const ask = this.#ask(document, selection.active, undefined, 'typing', ahead.signal);
    this.#parts.completer.changed(ask.snapshot, this.#lastKey);
    if (!isTyping || !this.#attention.keyStruck(document)) return;
    this.#parts.completer.prepare(ask).catch((error: unknown) => {
      this.#parts.log.error('Asking ahead of VS Code failed by a fault of Foretype.', error);
    });
  }

  /** Vim extensions tell their mode by the cursor's shape, and the caret need not move when it changes. */
  #optionsChanged({ textEditor, options }: vscode.TextEditorOptionsChangeEvent): void {
    const before = this.#cursorStyle;
    this.#cursorStyle = options.cursorStyle;
    if (textEditor !== vscode.window.activeTextEditor) return;
    if (before !== undefined && options.cursorStyle !== before) this.#movedAway();
  }

  /** Nothing has been typed where the person is now: what grows elsewhere is not asked for here. */
  #movedAway(): void {
    this.#moved = true;
    this.#growth.stop();
    this.#ahead.abort();
  }

  async #answer(ask: Ask): Promise<Outcome> {
    let outcome: Outcome = { kind: 'silent', reason: 'superseded' };
    try {
      outcome = await this.#parts.completer.complete(ask);
      return outcome;
    } finally {
      this.#parts.ended(ask, outcome);
    }
  }

  async #waitToShow({ settings, signal }: Ask): Promise<void> {
    const wait = this.#lastKey + settings['suggest.showDelay'] - this.#parts.clock.now();
    if (wait > 0) await this.#parts.clock.sleep(wait, signal);
  }
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
