import { expect, test, vi } from 'vitest';
import { placedIn } from '../../support/plainDocument.ts';

vi.mock('vscode', () => import('../../support/plainDocument.ts'));

const { itemOf, offsetIn, slotOf, snapshotOf } = await import('../../../src/editor/convert.ts');

const suggestion = { text: 'log(a);', replace: 0, outdent: 0, draft: 1 };
const command = { title: '', command: 'taken' };

/** The document as it is once the item has been taken. */
function taken(marked: string, entry?: { readonly text: string }, outdent = 0) {
  const { document, position, popup } = placedIn(marked, entry);
  const { insertText, range } = itemOf(
    { ...suggestion, outdent },
    slotOf(document, position, popup),
    command,
  );
  const text = document.getText();
  const start = range ? document.offsetAt(range.start) : 0;
  const end = range ? document.offsetAt(range.end) : 0;
  return { insertText, text: text.slice(0, start) + String(insertText) + text.slice(end) };
}

test('an item begins at the first visible character of its line', () => {
  expect(taken('{\n  console.█\n}')).toEqual({
    insertText: 'console.log(a);',
    text: '{\n  console.log(a);\n}',
  });
});

test('an item on a line of blanks begins at its start: a closing bracket typed there has VS Code indent it anew', () => {
  expect(taken('{\n  █\n}')).toEqual({ insertText: '  log(a);', text: '{\n  log(a);\n}' });
});

test('an item takes away what its line is indented too much', () => {
  expect(taken('{\n    █\n}', undefined, 2)).toEqual({ insertText: '  log(a);', text: '{\n  log(a);\n}' });
});

test('an item goes on from the entry that is selected in the list', () => {
  expect(taken('  con█', { text: 'console.' })).toEqual({
    insertText: 'console.log(a);',
    text: '  console.log(a);',
  });
});

test('an entry of several lines is the beginning of the item as well', () => {
  expect(taken('  con█', { text: 'const c = {\n  };\n  c.' }).insertText).toBe(
    'const c = {\n  };\n  c.log(a);',
  );
});

test('an entry that takes the place of text after the caret does so in the item and in what the model sees', () => {
  const { document, position, popup } = placedIn('  con█sole┤;', { text: 'console.' });
  const { text, caret } = snapshotOf(document, position, popup);
  expect(`${text.slice(0, caret)}█${text.slice(caret)}`).toBe('  console.█;');
  expect(taken('  con█sole┤;', { text: 'console.' }).text).toBe('  console.log(a);;');
});

test('in a notebook the cells above come first for the model, and what is taken is followed in its own cell', () => {
  const { document, position } = placedIn('a.█', undefined, ['import a\n', 'b = 1']);
  const { text, caret } = snapshotOf(document, position, undefined);
  expect(text).toBe('import a\n\nb = 1\na.');
  expect(caret).toBe(text.length);
  expect(slotOf(document, position, undefined).offset).toBe(2);
  expect(offsetIn(document, caret)).toBe(2);
});
