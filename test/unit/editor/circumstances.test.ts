import { expect, test, vi } from 'vitest';
import { placedIn, window, workspace } from '../../support/plainDocument.ts';

vi.mock('vscode', () => import('../../support/plainDocument.ts'));

const { circumstancesOf } = await import('../../../src/editor/circumstances.ts');
const { isTextFile } = await import('../../../src/editor/workspace.ts');

/** What VS Code tells about a document whose editor has these selections. */
function seen(marked: string, entry?: { readonly text: string }, selections = [{ isEmpty: true }]) {
  const { document, position, popup } = placedIn(marked, entry);
  window.activeTextEditor = { document, selections };
  return circumstancesOf(document, position, popup, false, false);
}

test.each([
  ['file', true],
  ['untitled', true],
  ['vscode-remote', true],
  ['vscode-vfs', true],
  ['vscode-notebook-cell', true],
  ['output', false],
  ['vscode-scm', false],
  ['search-editor', false],
  ['git', false],
  ['vscode-interactive-input', false],
  ['comment', false],
  ['debug', false],
])('a document of the scheme %s is one for suggestions: %s', (scheme, is) => {
  expect(isTextFile({ scheme } as Parameters<typeof isTextFile>[0])).toBe(is);
});

test('a file of a file system that cannot be written to gets no suggestions', () => {
  expect(seen('a█').unsuitable).toBe(false);
  workspace.fs.isWritableFileSystem = () => false;
  expect(seen('a█').unsuitable).toBe(true);
  workspace.fs.isWritableFileSystem = () => undefined;
  expect(seen('a█').unsuitable).toBe(false);
});

test('selected text and the number of cursors are those of the editor in front', () => {
  expect(seen('a█')).toMatchObject({ selecting: false, cursors: 1 });
  expect(seen('a█', undefined, [{ isEmpty: true }, { isEmpty: false }])).toMatchObject({
    selecting: true,
    cursors: 2,
  });
});

test('an entry of the list agrees where it goes on from what is typed, as it is written', () => {
  expect(seen('con█', { text: 'console' }).popupDisagrees).toBe(false);
  expect(seen('cns█', { text: 'console' }).popupDisagrees).toBe(true);
  expect(seen('Con█', { text: 'console' }).popupDisagrees).toBe(true);
  expect(seen('con█').popupDisagrees).toBe(false);
});
