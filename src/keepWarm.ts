import * as vscode from 'vscode';
import { connectionLifeMs, warmConnection } from './backends/warm.ts';
import type { Clock } from './core/ports.ts';
import type { SettingsReader } from './editor/settings.ts';
import type { Engine } from './engine.ts';

/** Opens the connection to the backend's server when an editor or the window gets the focus. */
export function keepWarm(engine: Engine, settings: SettingsReader, clock: Clock): vscode.Disposable {
  let last = Number.NEGATIVE_INFINITY;
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(() => warm()),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && warm()),
  );
  function warm(): void {
    const current = settings.general();
    const { answering } = engine.chain.state(current);
    if (!answering || answering === 'builtin' || clock.now() - last < connectionLifeMs) return;
    last = clock.now();
    void warmConnection(answering, current, engine.backendPorts.fetch, AbortSignal.timeout(5000));
  }
}
