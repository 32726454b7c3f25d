import { expect, test } from 'vitest';
import { lineReferences } from '../../../src/webview/lineReferences.ts';

/** The references of a sentence, as `text → start-end`. */
function found(sentence: string, lineCount = 100): readonly string[] {
  return lineReferences(sentence, lineCount).map(
    ({ at, length, start, end }) => `${sentence.slice(at, at + length)} → ${start}-${end}`,
  );
}

test('lines are found in the words of English, German and Chinese', () => {
  expect(found('See line 3, lines 4–6 and Lines 7 to 9.')).toEqual([
    'line 3 → 3-3',
    'lines 4–6 → 4-6',
    'Lines 7 to 9 → 7-9',
  ]);
  expect(found('In Zeile 3 und den Zeilen 4 bis 6')).toEqual(['Zeile 3 → 3-3', 'Zeilen 4 bis 6 → 4-6']);
  expect(found('第 12 行和第3-5行')).toEqual(['第 12 行 → 12-12', '第3-5行 → 3-5']);
  expect(found('(L12-L15)')).toEqual(['L12-L15 → 12-15']);
});

test('a line that the document does not have is no reference', () => {
  expect(found('line 101, line 0, lines 9-3, lines 99-101')).toEqual([]);
});

test('words and numbers that only look alike are no references', () => {
  expect(found('HTML5, XL10, deadline 5, line 5th, outline 3, 3 lines')).toEqual([]);
});
