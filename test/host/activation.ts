import assert from 'node:assert/strict';
import path from 'node:path';
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

/** The files in dist/ that this extension host has loaded as modules. */
export function loadedFiles(): readonly string[] {
  const folder = path.join(foretype().extensionPath, 'dist');
  return Object.keys(require.cache)
    .filter((file) => file.startsWith(folder))
    .map((file) => path.relative(folder, file).replaceAll('\\', '/'));
}

export const activationTests: readonly HostTest[] = [
  {
    name: 'Activation loads no grammar, no SDK and no tokenizer',
    async body() {
      await foretype().activate();
      // Packages that are not needed at the start are in files of their own, the runtime of the grammars among them.
      assert.deepEqual(loadedFiles(), ['extension.cjs', 'session.cjs']);
    },
  },
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
