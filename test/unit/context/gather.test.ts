import { expect, test } from 'vitest';
import { createContext } from '../../../src/context/index.ts';
import type { Workspace } from '../../../src/core/ports.ts';
import type { SourceText } from '../../../src/core/snapshot.ts';
import { keepingLog, realSyntax, snapshotAt, stillClock } from '../syntax/support.ts';

const signal = new AbortController().signal;

/** A workspace of files by path; those in `open` are open. */
function workspaceOf(files: Readonly<Record<string, string>>, open: readonly string[]): Workspace {
  const sourceOf = (path: string): SourceText | undefined => {
    const text = files[path];
    if (text === undefined) return undefined;
    const languageId = path.endsWith('.py') ? 'python' : 'typescript';
    return { uri: `file:///${path}`, path, languageId, version: 1, text };
  };
  return {
    open: () => open.map(sourceOf).filter((source) => source !== undefined),
    read: async (path) => sourceOf(path),
    async list(folder) {
      const start = folder === '' ? '' : `${folder}/`;
      const inside = Object.keys(files).filter((path) => path.startsWith(start));
      return [...new Set(inside.map((path) => path.slice(start.length).replace(/\/.*$/, '/')))];
    },
  };
}

async function gathered(
  files: Readonly<Record<string, string>>,
  open: readonly string[],
  path: string,
  maxChars = 6000,
) {
  const log = keepingLog();
  const syntax = realSyntax(log);
  const languageId = path.endsWith('.py') ? 'python' : 'typescript';
  await syntax.ready(languageId);
  const snapshot = { ...snapshotAt(files[path] ?? '', languageId, `file:///${path}`), path };
  const { gather } = createContext({
    outline: syntax.outline,
    typeOf: syntax.typeOf,
    workspace: workspaceOf(files, open),
    clock: stillClock(),
    log,
    budgetMs: 50,
  });
  const snippets = await gather(syntax.survey(snapshot), maxChars, signal);
  syntax.dispose();
  return { snippets, log };
}

test('the signatures behind an import come from a file that is not open', async () => {
  const { snippets } = await gathered(
    {
      'src/main.ts': "import { openCart } from './shop/cart';\nconst a = openCart(█);\n",
      'src/shop/cart.ts':
        'export function openCart(owner: string): Cart {}\nexport class Cart { total(): number { return 0; } }\n',
    },
    [],
    'src/main.ts',
  );
  expect(snippets.map(({ path }) => path)).toEqual(['src/shop/cart.ts']);
  expect(snippets[0]?.text).toContain('export function openCart(owner: string): Cart');
  expect(snippets[0]?.text).toContain('total(): number');
});

test('what is sent never exceeds the characters allowed', async () => {
  const names = Array.from(
    { length: 300 },
    (_, i) => `export function calculateNumber${i}(first: number, second: string): void {}`,
  );
  const files = { 'main.ts': "import * as all from './all';\n█\n", 'all.ts': names.join('\n') };
  for (const maxChars of [0, 100, 1000, 5000]) {
    const { snippets } = await gathered(files, ['all.ts'], 'main.ts', maxChars);
    const sent = snippets.map(({ path, text }) => `${path}\n${text}\n`).join('');
    expect(sent.length).toBeLessThanOrEqual(maxChars);
  }
});
