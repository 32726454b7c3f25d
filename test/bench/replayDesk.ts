import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Editor, launchBrowser, openEditor } from '../support/editorDriver.ts';
import { launchEditor } from '../support/editorLaunch.ts';

/** Where the extension that watches the document is told to report to. */
const watcherSource = (origin: string) => `
const vscode = require('vscode');
const http = require('http');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let changedAt = 0;
exports.activate = () => {
  const report = (document, at) => {
    const editor = vscode.window.activeTextEditor;
    if (!editor || editor.document !== document || document.uri.scheme === 'output') return;
    const caret = document.offsetAt(editor.selection.active);
    const sentAt = performance.timeOrigin + performance.now();
    const body = JSON.stringify({ at, sentAt, version: document.version, text: document.getText(), caret });
    http.request('${origin}/seen', { method: 'POST', agent }, (response) => response.resume()).on('error', () => {}).end(body);
  };
  vscode.workspace.onDidChangeTextDocument(() => { changedAt = performance.timeOrigin + performance.now(); });
  vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => setTimeout(() => report(textEditor.document, changedAt), 4));
};
`;

/** A person's desk: an editor with a file open in which a region is missing. */
export interface ReplayDesk {
  readonly editor: Editor;
  close(): Promise<void>;
}

/** What is on the desk. */
export interface DeskOptions {
  /** Files of the workspace besides, by path. */
  readonly files: ReadonlyMap<string, { readonly text: string }>;
  /** The file, relative to the workspace, its text without the part that is typed, and the caret. */
  readonly file: string;
  readonly text: string;
  readonly line: number;
  readonly column: number;
  /** Other files to open first. */
  readonly related: readonly string[];
  readonly origin: string;
  readonly vsix: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Opens the editor with the packaged extension, as people have it: VS Code waits longer before it asks one that is being developed (75 ms, not 50). */
export async function openReplayDesk(options: DeskOptions): Promise<ReplayDesk> {
  const home = await mkdtemp(path.join(tmpdir(), 'foretype-replay-'));
  const workspace = path.join(home, 'work');
  for (const [name, { text }] of [...options.files, [options.file, options] as const]) {
    await mkdir(path.dirname(path.join(workspace, name)), { recursive: true });
    await writeFile(path.join(workspace, name), text);
  }
  const server = await launchEditor({
    extension: { kind: 'vsix', file: options.vsix },
    workspace,
    settings: options.settings,
  });
  await rm(home, { recursive: true });
  const data = path.dirname(server.workspace);
  const watcher = path.join(data, 'extensions/replay.watcher-0.0.1');
  await mkdir(watcher, { recursive: true });
  await writeFile(path.join(watcher, 'extension.js'), watcherSource(options.origin));
  const manifest = {
    ...{ name: 'watcher', publisher: 'replay', version: '0.0.1', engines: { vscode: '^1.100.0' } },
    ...{ main: './extension.js', activationEvents: ['*'] },
  };
  await writeFile(path.join(watcher, 'package.json'), JSON.stringify(manifest));
  // Without its list of what was installed the editor looks at all folders.
  await rm(path.join(data, 'extensions/extensions.json'));
  const line = {
    key: 'ctrl+alt+l',
    command: 'editor.action.inlineSuggest.acceptNextLine',
    when: 'inlineSuggestionVisible',
  };
  await writeFile(path.join(data, 'user/User/keybindings.json'), JSON.stringify([line]));
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    await server.close();
  };
  try {
    const [first = options.file, ...others] = options.related;
    const editor = await openEditor(browser, server, { file: `${first}:1:1` });
    await editor.waitForStatus(/Foretype/, 120_000);
    for (const each of others) await editor.open(each, 1, 1);
    await editor.open(options.file, options.line, options.column);
    return { editor, close };
  } catch (error) {
    await close();
    throw error;
  }
}
