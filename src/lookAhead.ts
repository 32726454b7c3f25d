import * as vscode from 'vscode';
import { connectionLifeMs, warmConnection } from './backends/warm.ts';
import type { Clock } from './core/ports.ts';
import { watchDocuments } from './editor/documents.ts';
import { watchIgnoreRules } from './editor/ignoreRules.ts';
import type { SettingsReader } from './editor/settings.ts';
import type { Engine } from './engine.ts';

/** Milliseconds after which the start of the window is no longer disturbed. */
const startMs = 300;

/** What is done ahead of the next key, so that it finds all at hand. */
export interface LookAhead extends vscode.Disposable {
  /** The settings changed. */
  changed(): void;
}

/** Makes the filters, reads the rules that apply to open files, looks around the file in front, and opens the connection to the backend's server. */
export function lookAhead(
  engine: Engine,
  settings: SettingsReader,
  clock: Clock,
  closed: (uri: string) => void,
): LookAhead {
  let lastWarm = Number.NEGATIVE_INFINITY;
  const ending = new AbortController();
  clock.sleep(startMs, ending.signal).then(
    () => engine.refine(settings.general()['suggest.maxLines']),
    () => undefined, // The window was closed before.
  );
  const watching = vscode.Disposable.from(
    watchIgnoreRules({
      opened: (path) => {
        readSecretRules();
        return engine.privacy.policy.prepare(path, new AbortController().signal);
      },
      changed: (path) => engine.privacy.policy.changed(path),
    }),
    watchDocuments({
      shown: (source) => {
        if (sends()) void engine.context.prepare(source, new AbortController().signal);
      },
      closed: (uri) => {
        engine.syntax.close(uri);
        closed(uri);
      },
    }),
    vscode.window.onDidChangeActiveTextEditor(() => warm()),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && warm()),
  );
  return { changed: readSecretRules, dispose };

  function dispose(): void {
    ending.abort();
    watching.dispose();
  }

  /** The built-in backend is sent nothing, so that it needs no context, no search for secrets and no connection. */
  function sends(): boolean {
    return settings.general().backend !== 'builtin';
  }

  function readSecretRules(): void {
    if (sends()) void engine.privacy.ready();
  }

  function warm(): void {
    const current = settings.general();
    const { answering } = engine.chain.state(current);
    if (!answering || answering === 'builtin' || clock.now() - lastWarm < connectionLifeMs) return;
    lastWarm = clock.now();
    void warmConnection(answering, current, engine.backendPorts.fetch, AbortSignal.timeout(5000));
  }
}
