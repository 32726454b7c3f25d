import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext } from '../../src/context/index.ts';
import type { Clock, Gather, Log, Workspace } from '../../src/core/ports.ts';
import type { SourceText } from '../../src/core/snapshot.ts';
import { createSyntax, type Syntax } from '../../src/syntax/index.ts';
import { languageOf } from './contextCases.ts';
import { grammarFiles } from './grammarFiles.ts';

/** The machine's own time. */
export const realClock: Clock = {
  date: () => Date.now(),
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const timer = setTimeout(done, ms);
      function done(): void {
        signal.removeEventListener('abort', cancel);
        resolve();
      }
      function cancel(): void {
        clearTimeout(timer);
        reject(signal.reason);
      }
      signal.addEventListener('abort', cancel, { once: true });
    }),
};

/** Warnings and errors to standard error. */
export const stderrLog: Log = {
  info() {},
  warn: (line) => console.error(line),
  error: (line, error) => console.error(line, error ?? ''),
};

/** The syntax part with the grammars from node_modules. */
export function nodeSyntax(log: Log = stderrLog, clock: Clock = realClock): Syntax {
  return createSyntax({ ...grammarFiles, clock, log });
}

/** A workspace on disk with a settable list of open files. */
export function diskWorkspace(root: string, open: () => readonly SourceText[]): Workspace {
  return {
    open,
    async read(path) {
      const tab = open().find((source) => source.path === path);
      if (tab !== undefined) return tab;
      const text = await readFile(join(root, path), 'utf8').catch(() => undefined);
      return text === undefined
        ? undefined
        : { uri: `file://${join(root, path)}`, path, languageId: languageOf(path), version: 0, text };
    },
    async list(folder) {
      const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
      return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
    },
  };
}

/** Gathering over a workspace with time enough to be whole. */
export function nodeGather(syntax: Syntax, workspace: Workspace): Gather {
  return createContext({
    outline: syntax.outline,
    typeOf: syntax.typeOf,
    workspace,
    clock: realClock,
    log: stderrLog,
    budgetMs: 5000,
  }).gather;
}
