import { createHash, randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { languageOf } from './core/languages.ts';
import type { Clock, Log } from './core/ports.ts';
import { createOwnFiles } from './editor/files.ts';
import { localFolders } from './editor/indexerThread.ts';
import type { Keys } from './editor/keys.ts';
import { languageServerSources } from './editor/languageServer.ts';
import { countedFetch } from './editor/network.ts';
import { createRealPath } from './editor/realPaths.ts';
import type { SettingsReader } from './editor/settings.ts';
import { createWorkspace } from './editor/workspace.ts';
import { createEngine, type Engine, type EnginePorts } from './engine.ts';

/** What the engine needs besides the editor itself. */
interface EditorEngineParts extends Pick<EnginePorts, 'predict' | 'meter' | 'answering' | 'failed'> {
  readonly clock: Clock;
  readonly log: Log;
  readonly keys: Keys;
  readonly settings: SettingsReader;
  /** Hears how many bytes went to a host and came back. */
  readonly transferred: (host: string, sent: number, received: number) => void;
}

/** Gives the engine the editor's files, folders, keys and network. */
export function createEditorEngine(context: vscode.ExtensionContext, parts: EditorEngineParts): Engine {
  const { keys, settings, transferred, ...ports } = parts;
  const files = createOwnFiles(vscode.Uri.joinPath(context.extensionUri, 'dist'));
  const excluded = () => settings.general().exclude;
  const workspace = createWorkspace(
    (path) => languageOf(path) ?? 'plaintext',
    async (path, signal) => (await engine.privacy.policy.ask(path, excluded(), signal)) === undefined,
    (path) => engine.privacy.policy.judge(path, excluded()) === undefined,
  );
  context.subscriptions.push(workspace);
  const engine: Engine = createEngine({
    ...ports,
    workspace,
    languages: {
      runtime: () => files.bytes('web-tree-sitter.wasm'),
      grammar: (name) => files.bytes(`grammars/${name}`),
      query: (languageId) => files.text(`syntaxes/${languageId}.scm`),
    },
    policy: {
      read: (path) => workspace.plainText(path),
      realPath: createRealPath(localFolders),
      openedByUser: (path) => workspace.isOpen(path),
    },
    random: () => randomBytes(4).toString('hex'),
    network: {
      key: (origin) => keys.get(origin),
      fetch: countedFetch(transferred),
      memory: {
        get: (name) => context.globalState.get(name),
        set: (name, value) => void context.globalState.update(name, value),
      },
      machine: vscode.env.remoteName ?? '',
      cacheKey: createHash('sha256')
        .update(localFolders()[0]?.folder ?? '')
        .digest('hex')
        .slice(0, 16),
      retries: 1,
    },
    extraSources: languageServerSources(),
  });
  context.subscriptions.push(engine);
  return engine;
}
