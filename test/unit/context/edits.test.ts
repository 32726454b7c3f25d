import { expect, test } from 'vitest';
import { createEdits } from '../../../src/context/edits.ts';
import { gatherExamples, undented } from '../../../src/context/examples.ts';
import { withoutRepetition } from '../../../src/context/unique.ts';
import { emptyOutline } from '../../../src/core/outline.ts';
import { snapshotAt, stillClock } from '../syntax/support.ts';
import { gathered } from './support.ts';

function edited(marked: string, path = 'a.ts') {
  const start = marked.indexOf('├');
  const end = marked.indexOf('┤') - 1;
  const text = marked.replace('├', '').replace('┤', '');
  return [
    { uri: path, path, languageId: 'typescript', version: 1, text },
    { start, end },
  ] as const;
}

test('an edit is told by its lines, other files first', () => {
  const edits = createEdits(stillClock());
  edits.edited(...edited('one();\n  two(├1┤);\nthree();\n', 'own.ts'));
  edits.edited(...edited('one();\n  four(├1,\n  2┤);\nthree();\n', 'other.ts'));
  edits.edited(...edited('├five();┤\n', 'own.ts'));
  expect(edits.snippets('own.ts', 5000, 1000).map(({ path, text }) => `${path}: ${text}`)).toEqual([
    'other.ts: four(1,\n2);',
    'own.ts: five();',
  ]);
});

test('edits near each other are one', () => {
  const edits = createEdits(stillClock());
  edits.edited(...edited('a├b┤();\nc();\n'));
  edits.edited(...edited('ab();\nc├d┤();\n'));
  expect(edits.snippets('z.ts', 0, 1000).map(({ text }) => text)).toEqual(['ab();\ncd();']);
});

test('what was edited in sight of the caret is not told again', () => {
  const edits = createEdits(stillClock());
  edits.edited(...edited('a├b┤();\n'));
  expect(edits.snippets('a.ts', 3, 1000)).toEqual([]);
});

test('recent edits of other files are sent', async () => {
  const files = { 'main.ts': '█\n', 'other.ts': 'const renamed = 1;\n' };
  const { snippets } = await gathered(files, 'main.ts', {
    before: (context) => context.edited(...edited('const ├renamed┤ = 1;\n', 'other.ts')),
  });
  expect(snippets.find(({ source }) => source === 'edits')?.text).toBe('const renamed = 1;');
});

test('an example shows the lines around the place, each place once', () => {
  const text = Array.from({ length: 20 }, (_, i) => `    line${i}();`).join('\n');
  const source = { uri: 'b', path: 'b.ts', languageId: 'typescript', version: 1, text };
  const neighbour = { source, outline: emptyOutline, relation: 'open', isOpen: true } as const;
  const places = [10, 11, 17].map((line) => ({ neighbour, line, likeness: 0.8 }));
  expect(gatherExamples(places, 1000).map((one) => one.text.split('\n').length)).toEqual([6, 5]);
  expect(gatherExamples([{ neighbour, line: 3, likeness: 0.1 }], 1000)).toEqual([]);
});

test('lines lose the indentation that all share and blank lines at the ends', () => {
  expect(undented(['', '  a', '', '    b  ', ''])).toBe('a\n\n  b');
});

test('what stands around the caret or in an earlier snippet is not sent', () => {
  const snapshot = snapshotAt(`function total(items: Item[], tax: number): number;\n█`, 'typescript');
  const site = { snapshot, zone: 'code', extent: 'block', scopes: [], nextLine: '' } as const;
  const snippetOf = (text: string) => ({ source: 's', path: 'p.ts', text, weight: 1 });
  const kept = withoutRepetition(
    [
      snippetOf('function total(items: Item[], tax: number): number;'),
      snippetOf('const a = 1;\nconst b = 2;'),
      snippetOf('const b = 2;'),
    ],
    site,
    1000,
  );
  expect(kept.map(({ text }) => text)).toEqual(['const a = 1;\nconst b = 2;']);
});
