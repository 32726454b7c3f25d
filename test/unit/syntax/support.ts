import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Log } from '../../../src/core/ports.ts';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { createSyntax, type Syntax } from '../../../src/syntax/index.ts';

const top = join(import.meta.dirname, '../../..');

/** The packages of the grammars that `@vscode/tree-sitter-wasm` lacks. */
const packages: Readonly<Record<string, string>> = {
  'tree-sitter-c.wasm': 'tree-sitter-c',
  'tree-sitter-scala.wasm': 'tree-sitter-scala',
  'tree-sitter-lua.wasm': '@tree-sitter-grammars/tree-sitter-lua',
  'tree-sitter-kotlin.wasm': '@tree-sitter-grammars/tree-sitter-kotlin',
};

/** A clock that stands still but lets sleepers of 0 ms go on; each look at it moves it on by `tick` ms. */
export function stillClock(tick = 0): Clock {
  let now = 0;
  return {
    date: () => 0,
    now: () => {
      now += tick;
      return now;
    },
    async sleep(ms, signal) {
      signal.throwIfAborted();
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      if (ms > 0)
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
  };
}

/** A log that keeps its warnings and errors. */
export function keepingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    info() {},
    warn: (line) => void lines.push(line),
    error: (line, error) => void lines.push(error === undefined ? line : `${line} ${String(error)}`),
  };
}

/** The syntax part with the real grammars. */
export function realSyntax(log: Log = keepingLog(), clock: Clock = stillClock()): Syntax {
  return createSyntax({
    runtime: () => readFile(join(top, 'node_modules/web-tree-sitter/web-tree-sitter.wasm')),
    grammar: (fileName) =>
      readFile(join(top, 'node_modules', packages[fileName] ?? '@vscode/tree-sitter-wasm/wasm', fileName)),
    query: (languageId) =>
      readFile(join(top, 'syntaxes', `${languageId}.scm`), 'utf8').catch(() => undefined),
    clock,
    log,
  });
}

/** A snapshot from a text in which █ marks the caret. */
export function snapshotAt(marked: string, languageId: string, uri = 'file:///case'): Snapshot {
  const caret = marked.indexOf('█');
  if (caret < 0) throw new Error('The case has no caret.');
  const text = marked.slice(0, caret) + marked.slice(caret + 1);
  return { uri, path: 'case', languageId, version: 1, text, caret, indentUnit: '    ' };
}
