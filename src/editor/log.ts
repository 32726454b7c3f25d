import * as vscode from 'vscode';
import type { Log } from '../core/ports.ts';

/** The output channel "Foretype". */
export function createLog(): Log & vscode.Disposable & { show(): void } {
  const channel = vscode.window.createOutputChannel('Foretype', { log: true });
  return {
    info: (line) => channel.info(line),
    warn: (line) => channel.warn(line),
    error: (line, error) => {
      if (error === undefined) channel.error(line);
      else channel.error(line, error instanceof Error ? (error.stack ?? error.message) : String(error));
    },
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}
