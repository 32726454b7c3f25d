import { setImmediate as editorsTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import { tellOfStartFault } from './editor/startFault.ts';
import type { Session } from './session.ts';

let session: Promise<Session | undefined> | undefined;
let ending = new AbortController();

/**
 * Takes as little as possible of the editor's own start: the session is loaded when that has had its turn. Until then, commands wait for it.
 * Answers what VS Code's own test mode gets to see.
 */
export function activate(context: vscode.ExtensionContext): Promise<Session | undefined> | undefined {
  ending = new AbortController();
  const waiting = vscode.Disposable.from(...commandsOf(context.extension).map(runInSession));
  context.subscriptions.push(waiting);
  session = start(context, waiting, ending.signal);
  session.catch((error: unknown) => void tellOfStartFault(error));
  return context.extensionMode === vscode.ExtensionMode.Test ? session : undefined;
}

/** Saves what is learned and counted. */
export async function deactivate(): Promise<void> {
  ending.abort();
  // Whoever could not start has been told so, and has nothing to save.
  const started = await session?.catch(() => undefined);
  await started?.close();
}

/** Opens the session, which registers the commands itself; not if the extension is ended before. */
async function start(
  context: vscode.ExtensionContext,
  waiting: vscode.Disposable,
  signal: AbortSignal,
): Promise<Session | undefined> {
  await editorsTurn();
  if (signal.aborted) return undefined;
  const { openSession } = await import('./session.ts');
  if (signal.aborted) return undefined;
  waiting.dispose();
  return openSession(context);
}

/** A command that is run as soon as the session has registered it. */
function runInSession(command: string): vscode.Disposable {
  return vscode.commands.registerCommand(command, async (...given: unknown[]) => {
    if (await session) await vscode.commands.executeCommand(command, ...given);
  });
}

/** The commands that VS Code offers from the manifest. */
function commandsOf({ packageJSON }: vscode.Extension<unknown>): readonly string[] {
  const { contributes } = packageJSON as { contributes: { commands: readonly { command: string }[] } };
  return contributes.commands.map(({ command }) => command);
}
