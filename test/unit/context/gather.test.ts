import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clock, Workspace } from '../../../src/core/ports.ts';
import type { SourceText } from '../../../src/core/snapshot.ts';
import { stillClock } from '../syntax/support.ts';
import { gathered, sourceOf, workspaceOf } from './support.ts';

test('the signatures behind an import come from a file that is not open', async () => {
  const { snippets } = await gathered(
    {
      'src/main.ts': "import { openCart } from './shop/cart';\nconst a = openCart(█);\n",
      'src/shop/cart.ts':
        'export function openCart(owner: string): Cart {}\nexport class Cart { total(): number { return 0; } }\n',
    },
    'src/main.ts',
  );
  expect(snippets.map(({ path }) => path)).toEqual(['src/shop/cart.ts']);
  expect(snippets[0]?.text).toContain('export function openCart(owner: string): Cart');
  expect(snippets[0]?.text).toContain('total(): number');
});

test('the text of an open file counts, not that on disk', async () => {
  const files = { 'main.py': 'from cart import total\n█\n', 'cart.py': 'def saved(): pass\n' };
  const disk = workspaceOf(files);
  const edited = {
    uri: 'file:///cart.py',
    path: 'cart.py',
    languageId: 'python',
    version: 7,
    text: 'def unsaved(): pass\n',
  };
  const { sent } = await gathered(files, 'main.py', { workspace: { ...disk, open: () => [edited] } });
  expect(sent).toContain('unsaved');
  expect(sent).not.toContain('def saved');
});

test('what is sent never exceeds the characters allowed', async () => {
  const names = Array.from(
    { length: 300 },
    (_, i) => `export function calculateNumber${i}(first: number): void {}`,
  );
  const files = { 'main.ts': "import * as all from './all';\nall.█\n", 'all.ts': names.join('\n') };
  for (const maxChars of [0, 1, 50, 100, 1000, 5000]) {
    const { sent } = await gathered(files, 'main.ts', { open: ['all.ts'], maxChars });
    expect(sent.length).toBeLessThanOrEqual(maxChars);
  }
});

test('no definition is sent twice, and files stand in the order of their paths', async () => {
  const files = {
    'main.ts': "import { walk } from './b';\n█\n",
    'a.ts': 'export function walkAll(): void {}\nexport function stop(): void {}\n',
    'b.ts': 'export function walk(): void {}\nexport function walkAll(): void {}\n',
  };
  const { snippets, sent } = await gathered(files, 'main.ts', { open: ['b.ts', 'a.ts'] });
  expect(sent.match(/walkAll/g)?.length).toBe(1);
  expect(snippets.map(({ path }) => path)).toEqual(['a.ts', 'b.ts']);
});

test('the current file is never its own neighbour', async () => {
  const files = { 'main.ts': "import './main';\nexport function own(): void {}\n█\n" };
  expect((await gathered(files, 'main.ts', { open: ['main.ts'] })).sent).toBe('');
});

test('while a line is typed, what is sent before the members stays byte for byte', async () => {
  const lib =
    "export class Cart { total(): number { return 0; } owner = ''; }\nexport function openCart(): Cart {}\n";
  const typed = ['█', 'c█', 'cart█', 'cart.█', 'cart.to█'];
  const sent: string[] = [];
  for (const part of typed) {
    const files = {
      'main.ts': `import { Cart } from './lib';\nconst cart = new Cart();\n${part}\n`,
      'lib.ts': lib,
    };
    sent.push((await gathered(files, 'main.ts')).sent);
  }
  const steady = sent[0] ?? '';
  expect(steady).not.toBe('');
  for (const one of sent) expect(one.startsWith(steady)).toBe(true);
});

test('a folder that cannot be read and a file that is gone leave the rest, with a line in the log', async () => {
  const files = {
    'src/main.py': 'from .gone import a\nfrom shop import b\n█\n',
    'src/open.py': 'def kept(): pass\n',
  };
  const workspace = workspaceOf(files, ['src/open.py']);
  const { sent, log } = await gathered(files, 'src/main.py', {
    workspace: {
      ...workspace,
      list: async (folder) => {
        if (folder === 'src') return ['gone.py', 'main.py', 'open.py'];
        throw new Error('EACCES');
      },
      read: async (path) => {
        if (path === 'src/gone.py') throw new Error('ENOENT');
        return sourceOf(files, path);
      },
    },
  });
  expect(sent).toContain('kept');
  expect(log.some((line) => line.startsWith('src/gone.py cannot be read'))).toBe(true);
});

test('a folder that contains itself, as a link does, ends the search', async () => {
  const files = {
    'main.py': 'from a.a.a.lib import kept\nfrom a.a.a import gone\n█\n',
    'lib.py': 'def kept(): pass\n',
  };
  const workspace: Workspace = {
    open: () => [],
    list: async () => ['a/', 'lib.py', 'main.py', '__init__.py'],
    read: async (path) => sourceOf(files, path.replace(/^(?:a\/)+/, '')),
  };
  const { sent, log } = await gathered(files, 'main.py', { workspace });
  expect(sent).toContain('def kept()');
  expect(log).toEqual([]);
});

test('a path that cannot be read is told once, however often it is asked for', async () => {
  let now = 0;
  const files = { 'main.py': 'from gone import a\n█\n' };
  const workspace: Workspace = {
    open: () => [],
    list: async () => ['gone.py', 'main.py'],
    read: () => Promise.reject(new Error('EACCES')),
  };
  const clock: Clock = { ...stillClock(), now: () => (now += 60_000) };
  const { log } = await gathered(files, 'main.py', {
    workspace,
    clock,
    before: (context) =>
      void context.prepare(sourceOf(files, 'main.py') as SourceText, new AbortController().signal),
  });
  expect(log).toEqual(['gone.py cannot be read and is left out of the context: EACCES']);
});

test('files that import each other in a circle end the search', async () => {
  const files = {
    'a.ts': "import './b';\n█\n",
    'b.ts': "import './c';\nexport const bee = 1;\n",
    'c.ts': "import './b';\nimport './a';\n",
  };
  expect((await gathered(files, 'a.ts')).sent).toContain('bee');
});

test('a source from outside that fails is logged, and the others count', async () => {
  const { sent, log } = await gathered({ 'main.ts': '█\n' }, 'main.ts', {
    extraSources: [
      { name: 'broken', gather: () => Promise.reject(new Error('no')) },
      {
        name: 'server',
        gather: async () => [{ source: 'server', path: 'x.ts', text: 'declare const x: number', weight: 1 }],
      },
    ],
  });
  expect(sent).toContain('declare const x: number');
  expect(log).toEqual(['The context source broken failed. Error: no']);
});

test('a source that is too late is left out, and its signal ends', async () => {
  let ended = false;
  let ring = () => {};
  const { sent } = await gathered({ 'main.ts': '█\n' }, 'main.ts', {
    clock: {
      now: () => 0,
      date: () => 0,
      sleep: (ms) => (ms === 0 ? Promise.resolve() : new Promise((resolve) => (ring = resolve))),
    },
    extraSources: [
      {
        name: 'slow',
        gather: (_, signal) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              ended = true;
              resolve([{ source: 'slow', path: 'x.ts', text: 'too late', weight: 1 }]);
            });
            queueMicrotask(() => ring());
          }),
      },
    ],
  });
  expect(sent).not.toContain('too late');
  expect(ended).toBe(true);
});

test('a language without a grammar is told by similar lines of open files', async () => {
  const like = 'set total to price of cart\nset tax to total times rate\nsend total to customer\n';
  const files = {
    'main.applescript': 'set total to price of basket\nset tax to total times rate\n█\n',
    'other.applescript': `${'beep\n'.repeat(40)}${like}${'beep\n'.repeat(40)}`,
  };
  const { snippets, log } = await gathered(files, 'main.applescript', { open: ['other.applescript'] });
  expect(snippets.map(({ text }) => text).join('\n')).toContain('send total to customer');
  expect(log).toEqual([]);
});

test('a question that is withdrawn is answered with nothing, and nothing is logged', async () => {
  const files = { 'main.ts': "import './lib';\n█\n", 'lib.ts': 'export const a = 1;\n' };
  const { log } = await gathered(files, 'main.ts', { signal: AbortSignal.abort() });
  expect(log).toEqual([]);
});

test('any text in any file is borne', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ maxLength: 200 }),
      async (a, b) => {
        const files = {
          'main.ts': `import x from './b';\n${a.replaceAll('█', '')}█\n`,
          'b.ts': b,
          'c.py': a,
        };
        const { log, sent } = await gathered(files, 'main.ts', { open: ['b.ts', 'c.py'], maxChars: 500 });
        expect(log).toEqual([]);
        expect(sent.length).toBeLessThanOrEqual(500);
      },
    ),
    { numRuns: 25, seed: 3 },
  );
}, 60_000);
