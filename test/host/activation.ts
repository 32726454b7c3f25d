import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { defaultSettings } from '../../src/core/settings.ts';
import type { HostTest } from './hostTest.ts';

/** The extension under test. */
function foretype(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('foretype.foretype');
  assert.ok(extension, 'foretype.foretype is not installed');
  return extension;
}

/** The identifiers of the commands in the manifest. */
function declaredCommands(): readonly string[] {
  const { contributes } = foretype().packageJSON as { contributes: { commands: { command: string }[] } };
  return contributes.commands.map(({ command }) => command);
}

export const activationTests: readonly HostTest[] = [
  {
    name: 'The extension activates without an error',
    async body() {
      await foretype().activate();
      assert.equal(foretype().isActive, true);
    },
  },
  {
    name: 'Every command of the manifest is there once the extension is active',
    async body() {
      await foretype().activate();
      const there = new Set(await vscode.commands.getCommands(true));
      assert.deepEqual(
        declaredCommands().filter((command) => !there.has(command)),
        [],
      );
    },
  },
  {
    name: 'Every setting has the default in the editor that the core holds for it',
    async body() {
      const settings = vscode.workspace.getConfiguration('foretype');
      const inEditor = Object.keys(defaultSettings).map((name) => [
        name,
        settings.inspect(name)?.defaultValue,
      ]);
      assert.deepEqual(Object.fromEntries(inEditor), { ...defaultSettings });
    },
  },
];
