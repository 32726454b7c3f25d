import { expect, test, vi } from 'vitest';
import type { Ask } from '../../../src/core/ask.ts';
import type { Completer } from '../../../src/core/complete.ts';
import type { Outcome } from '../../../src/core/outcome.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import type { ProviderParts } from '../../../src/editor/provider.ts';
import { placedIn, window } from '../../support/plainDocument.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

type Listener = (event: unknown) => void;
const heard: Record<string, Listener> = {};
const ran: string[] = [];

vi.mock('vscode', async () => {
  const plain = await import('../../support/plainDocument.ts');
  const hears = (name: string) => (listener: Listener) => {
    heard[name] = listener;
    return { dispose: () => undefined };
  };
  return {
    ...plain,
    workspace: { ...plain.workspace, onDidChangeTextDocument: hears('text') },
    window: Object.assign(plain.window, {
      onDidChangeTextEditorSelection: hears('caret'),
      onDidChangeTextEditorOptions: hears('options'),
      onDidChangeActiveTextEditor: hears('front'),
    }),
    languages: { registerInlineCompletionItemProvider: () => ({ dispose: () => undefined }) },
    commands: { executeCommand: async (name: string) => void ran.push(name) },
    InlineCompletionTriggerKind: { Invoke: 0, Automatic: 1 },
  };
});

const { Provider } = await import('../../../src/editor/provider.ts');

/** Where a caret event came from, as VS Code numbers it. */
const byKeyboard = 1;

/** VS Code with one document, and what the completer is told. */
function editorWith(marked: string, outcome: Outcome = { kind: 'silent', reason: 'nothing-answered' }) {
  const clock = new VirtualClock();
  const { document, position } = placedIn(marked);
  const selection = { isEmpty: true, active: position };
  const editor = { document, selection, selections: [selection], options: { cursorStyle: 1 } };
  window.activeTextEditor = editor;
  const prepared: Ask[] = [];
  const asked: Ask[] = [];
  const taken: unknown[] = [];
  const completer: Partial<Completer> = {
    complete: async (ask) => {
      asked.push(ask);
      return outcome;
    },
    prepare: async (ask) => void prepared.push(ask),
    changed: () => undefined,
  };
  const parts: Partial<ProviderParts> = {
    completer: completer as Completer,
    settings: { of: () => defaultSettings } as unknown as ProviderParts['settings'],
    clock,
    paused: () => false,
    began: () => undefined,
    ended: () => undefined,
    edited: () => undefined,
    shown: () => undefined,
    taken: (...given) => taken.push(given),
  };
  const provider = new Provider(parts as ProviderParts);
  const question = (triggerKind: number) => {
    const token = { isCancellationRequested: false, onCancellationRequested: () => undefined };
    const context = { triggerKind, selectedCompletionInfo: undefined };
    return provider.provideInlineCompletionItems(document, position, context as never, token as never);
  };
  const caretAt = document.offsetAt(position);
  return {
    clock,
    prepared,
    /** A change of text whose last one ends at `end`. */
    change: (end: number) =>
      heard['text']?.({ document, contentChanges: [{ rangeOffset: end - 1, rangeLength: 0, text: 'x' }] }),
    caret: (kind?: number, textEditor: unknown = editor) => heard['caret']?.({ textEditor, kind }),
    mode: (cursorStyle: number) => heard['options']?.({ textEditor: editor, options: { cursorStyle } }),
    otherView: { ...editor },
    /** Another editor comes to the front. */
    switchEditor: () => heard['front']?.(undefined),
    /** The model has more to say. */
    grow: () => provider.grow(),
    caretAt,
    taken,
    /** VS Code asks, and the person takes one of the items; what the statistics hear. */
    take: async (at: number) => {
      const items = await question(0);
      const [draft, index] = items[at]?.command?.arguments ?? [];
      provider.taken(draft, index);
    },
    /** VS Code asks; tells whether the question is held to come from moving the caret. */
    ask: async (triggerKind = 1) => {
      await question(triggerKind);
      return asked.at(-1)?.circumstances.caretMoved;
    },
  };
}

test('a draft is opened from the key on where VS Code has asked before, and no longer when it lets keys pass', async () => {
  const { clock, prepared, change, caret, caretAt, ask } = editorWith('abc█');
  const strike = () => {
    change(caretAt);
    caret(byKeyboard);
    return prepared.length;
  };
  expect(strike()).toBe(0);
  await ask();
  expect(strike()).toBe(1);
  await clock.advance(4000);
  expect(strike()).toBe(1);
  await ask(0);
  expect(strike()).toBe(1);
  await ask();
  expect(strike()).toBe(2);
});

test('what another program changes elsewhere in the document opens no draft', async () => {
  const { prepared, change, caret, ask } = editorWith('abc\nabc█');
  await ask();
  change(1);
  caret();
  expect(prepared).toHaveLength(0);
  expect(await ask()).toBe(false);
});

test('moving the caret is not typing, whatever has changed elsewhere before', async () => {
  const { prepared, change, caret, ask } = editorWith('abc\nabc█');
  await ask();
  change(1);
  caret(byKeyboard);
  expect(prepared).toHaveLength(0);
  expect(await ask()).toBe(true);
});

test('the caret of a second view of the document moves nothing', async () => {
  const { prepared, change, caret, caretAt, ask, otherView } = editorWith('abc█');
  await ask();
  change(caretAt);
  caret(undefined, otherView);
  caret(byKeyboard);
  caret(undefined, otherView);
  expect(prepared).toHaveLength(1);
  expect(prepared[0]?.signal.aborted).toBe(false);
  expect(await ask()).toBe(false);
});

test('a Vim extension that changes its mode is not typing', async () => {
  const { prepared, change, caret, caretAt, ask, mode } = editorWith('abc█');
  await ask();
  change(caretAt);
  caret(byKeyboard);
  mode(2);
  expect(prepared[0]?.signal.aborted).toBe(true);
  expect(await ask()).toBe(true);
});

test('the alternative that was taken is the text whose fate is followed', async () => {
  const suggestion = { text: 'first();', replace: 0, outdent: 0, draft: 7 };
  const others = [{ text: 'another();', replace: 0, outdent: 0, draft: 9 }];
  const { take, taken } = editorWith('{\n  abc█', { kind: 'suggest', suggestion, others, origin: 'draft' });
  await take(1);
  await take(0);
  expect(taken).toEqual([
    [7, 'file:/example', 7, 'another();'],
    [7, 'file:/example', 7, 'first();'],
  ]);
});

test('what goes on growing in one editor brings no question in another', async () => {
  const { clock, grow, switchEditor, ask } = editorWith('abc█');
  const asksAgain = () => ran.filter((name) => name === 'editor.action.inlineSuggest.trigger').length;
  await ask();
  await clock.advance(200);
  const before = asksAgain();
  grow();
  await clock.advance(200);
  expect(asksAgain()).toBe(before + 1);
  await ask();
  grow();
  switchEditor();
  grow();
  await clock.advance(2000);
  expect(asksAgain()).toBe(before + 1);
  expect(await ask()).toBe(true);
});

test('what was asked for by hand where the caret was moved to goes on growing there', async () => {
  const { clock, grow, ask, caret } = editorWith('abc█');
  caret(byKeyboard);
  await ask(0);
  await clock.advance(200);
  const before = ran.length;
  grow();
  await clock.advance(200);
  expect(ran.slice(before)).toEqual(['editor.action.inlineSuggest.trigger']);
  expect(await ask()).toBe(false);
});
