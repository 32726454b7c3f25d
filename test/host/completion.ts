import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { loadedFiles } from './activation.ts';
import type { HostTest } from './hostTest.ts';

/** Opens a text in an editor of its own with the cursor at its end. */
async function openAtEnd(content: string, language: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  const editor = await vscode.window.showTextDocument(document);
  const end = document.positionAt(content.length);
  editor.selection = new vscode.Selection(end, end);
  return editor;
}

/** Types as the keyboard does. */
async function type(text: string): Promise<void> {
  for (const character of text) await vscode.commands.executeCommand('type', { text: character });
}

/** Asks for ghost text and takes it, again until the document changes; answers what was inserted, or nothing after `tries`. */
async function takeSuggestion(editor: vscode.TextEditor, tries = 40): Promise<string> {
  const before = editor.document.getText().length;
  const start = editor.document.offsetAt(editor.selection.active);
  for (let attempt = 0; attempt < tries; attempt++) {
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    const changed = nextChange(editor.document, 400);
    await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
    if (await changed)
      return editor.document.getText().slice(start, start + editor.document.getText().length - before);
  }
  return '';
}

/** True as soon as the document changes, false if it does not within `ms`. */
function nextChange(document: vscode.TextDocument, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (changed: boolean) => {
      clearTimeout(timer);
      listener.dispose();
      resolve(changed);
    };
    const timer = setTimeout(() => end(false), ms);
    const listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0) end(true);
    });
  });
}

const repeatedCode = `const width = readNumber(form, 'width');
if (width === undefined) throw new MissingField('width');
const height = readNumber(form, 'height');
if (height === undefined) throw new MissingField('height');
const depth = readNumber(form, 'depth');
if (depth === undefined) throw new MissingField('depth');
const weight = readNumber(form, 'weight');
`;

export const completionTests: readonly HostTest[] = [
  {
    name: 'Typing where the file itself shows how to go on brings a suggestion that can be taken, without an SDK or a tokenizer',
    async body() {
      const editor = await openAtEnd(repeatedCode, 'typescript');
      await type('if (weight === ');
      const taken = await takeSuggestion(editor);
      assert.match(taken, /^undefined/);
      const notNeeded = loadedFiles().filter((file) => /openai|tokenizer/.test(file));
      assert.deepEqual(notNeeded, []);
    },
  },
  {
    name: 'Typing in a document of 5 MB is taken at once and nothing breaks',
    async body() {
      const editor = await openAtEnd('const value = 1;\n'.repeat(300_000), 'typescript');
      await type('const other = ');
      const last = editor.document.lineAt(editor.document.lineCount - 1).text;
      assert.equal(last, 'const other = ');
    },
  },
];
