import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SyntaxPorts } from '../../src/syntax/index.ts';

const top = join(import.meta.dirname, '../..');
const inPackage = (name: string) => join(top, 'node_modules', name);

/** The packages that ship the grammars, by the name of the grammar's file; all others are in `@vscode/tree-sitter-wasm`. */
const packages: Readonly<Record<string, string>> = {
  'tree-sitter-c.wasm': 'tree-sitter-c',
  'tree-sitter-scala.wasm': 'tree-sitter-scala',
  'tree-sitter-lua.wasm': '@tree-sitter-grammars/tree-sitter-lua',
  'tree-sitter-kotlin.wasm': '@tree-sitter-grammars/tree-sitter-kotlin',
};

/** The grammars from node_modules and the queries from the project. */
export const grammarFiles: Pick<SyntaxPorts, 'runtime' | 'grammar' | 'query'> = {
  runtime: () => readFile(join(inPackage('web-tree-sitter'), 'web-tree-sitter.wasm')),
  grammar: (fileName) => {
    const name = packages[fileName];
    return readFile(
      name === undefined
        ? join(inPackage('@vscode/tree-sitter-wasm'), 'wasm', fileName)
        : join(inPackage(name), fileName),
    );
  },
  query: (languageId) => readFile(join(top, 'syntaxes', `${languageId}.scm`), 'utf8').catch(() => undefined),
};
