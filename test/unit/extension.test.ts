import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ExtensionContext } from 'vscode';

type Run = (...given: unknown[]) => unknown;
const registered = new Map<string, Run>();
const told: string[] = [];
const logged: unknown[] = [];

/** VS Code's commands, each name once, and its messages. */
vi.mock('vscode', () => {
  class Disposable {
    dispose: () => void;
    constructor(dispose: () => void) {
      this.dispose = dispose;
    }
    static from(...all: Disposable[]) {
      return new Disposable(() => {
        for (const each of all) each.dispose();
      });
    }
  }
  return {
    Disposable,
    ExtensionMode: { Production: 1, Development: 2, Test: 3 },
    l10n: {
      t: (text: string, ...given: string[]) => text.replace(/\{(\d)\}/g, (_, at) => given[Number(at)] ?? ''),
    },
    commands: {
      registerCommand: (name: string, run: Run) => {
        if (registered.has(name)) throw new Error(`command '${name}' already exists`);
        registered.set(name, run);
        return new Disposable(() => registered.delete(name));
      },
      executeCommand: async (name: string, ...given: unknown[]) => registered.get(name)?.(...given),
    },
    window: {
      createOutputChannel: () => ({
        error: (...line: unknown[]) => logged.push(line),
        dispose: () => undefined,
      }),
      showErrorMessage: async (text: string) => void told.push(text),
    },
  };
});

/** The session that is loaded: what it does when it is opened can be chosen. */
const session = { open: (_context: ExtensionContext): unknown => undefined };
vi.mock('../../src/session.ts', () => ({
  openSession: (context: ExtensionContext) => session.open(context),
}));

const { activate, deactivate } = await import('../../src/extension.ts');
const vscode = await import('vscode');

const explain = 'foretype.explainSelection';

function contextIn(extensionMode = vscode.ExtensionMode.Production) {
  const packageJSON = { contributes: { commands: [{ command: explain }] } };
  return { subscriptions: [], extension: { packageJSON }, extensionMode } as unknown as ExtensionContext;
}

/** A session that registers the one command, and what it heard. */
function goodSession() {
  const heard: unknown[] = [];
  const closed = vi.fn(async () => undefined);
  const open = vi.fn((context: ExtensionContext) => {
    context.subscriptions.push(vscode.commands.registerCommand(explain, (...given) => heard.push(...given)));
    return { close: closed };
  });
  session.open = open;
  return { heard, open, closed };
}

beforeEach(() => {
  registered.clear();
  told.length = 0;
  logged.length = 0;
});

test('activate opens no session before the editor had its turn, and is not waited for', async () => {
  const { open } = goodSession();
  expect(activate(contextIn())).toBeUndefined();
  expect(open).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(open).toHaveBeenCalledOnce());
  await deactivate();
});

test("in VS Code's test mode activate answers the session", async () => {
  goodSession();
  await expect(activate(contextIn(vscode.ExtensionMode.Test))).resolves.toHaveProperty('close');
  await deactivate();
});

test('a command that is asked for before the session is open runs in it, with what it was given', async () => {
  const { heard, open } = goodSession();
  activate(contextIn());
  const asked = vscode.commands.executeCommand(explain, 'this');
  expect(open).not.toHaveBeenCalled();
  await asked;
  expect(heard).toEqual(['this']);
  await deactivate();
});

test('deactivate closes the session and is done when that is', async () => {
  const { closed } = goodSession();
  const { promise: saving, resolve: saved } = Promise.withResolvers<undefined>();
  closed.mockReturnValue(saving);
  await activate(contextIn(vscode.ExtensionMode.Test));
  const done = vi.fn();
  const ended = deactivate().then(done);
  await nextTurn();
  expect(closed).toHaveBeenCalledOnce();
  expect(done).not.toHaveBeenCalled();
  saved(undefined);
  await ended;
});

test('no session is opened once the extension is deactivated, however early that is', async () => {
  const { open } = goodSession();
  activate(contextIn());
  await deactivate();
  await nextTurn();
  expect(open).not.toHaveBeenCalled();
});

test('a session that cannot be opened is told and logged, commands fail with the reason, and deactivate does not', async () => {
  session.open = () => {
    throw new Error('no storage');
  };
  const context = contextIn();
  activate(context);
  const asked = vscode.commands.executeCommand(explain);
  await expect(asked).rejects.toThrow('no storage');
  await vi.waitFor(() => expect(told).toEqual(['Foretype could not start: no storage']));
  expect(String(logged)).toContain('no storage');
  await expect(deactivate()).resolves.toBeUndefined();
});
