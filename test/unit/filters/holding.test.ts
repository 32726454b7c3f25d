import { describe, expect, test } from 'vitest';
import { createRefine } from '../../../src/filters/index.ts';
import { siteAt } from './siteAt.ts';

const refine = createRefine({ maxLines: 8 });

/** What is shown of the beginning of an answer, at █ in a document. */
function shownOf(languageId: string, document: string, begun: string): string {
  const caret = document.indexOf('█');
  const site = siteAt(document.replace('█', ''), caret, { languageId });
  const verdict = refine({ text: begun, ended: false, tokens: [] }, site);
  return verdict.kind === 'drop' ? '' : verdict.text;
}

describe('what code begins with is shown before its line is whole', () => {
  test.each([
    ['a string in a list', 'typescript', 'const a = [\n  "one",\n  █\n];\n', '"tw'],
    ['a string after a colon', 'python', 'a = {\n    "name": █\n}\n', '"tw'],
    ['a name as programs have them', 'typescript', 'const a = {\n  █\n};\n', 'PoolCreatedEvent'],
    ['a constant', 'c', 'int a = █;\n', 'SORT_ORDER'],
    ['a word that is also a title', 'python', 'def f():\n    █\n', 'result'],
    ['a type after a colon', 'typescript', 'function f(a█\n', ': num'],
    ['the rest of a comment', 'java', '// See the █\nint a;\n', 'License for the specific language'],
    ['the next line, begun with a word', 'typescript', 'function f() {█\n}\n', '\n  return'],
    [
      'a line that begins like one farther above',
      'go',
      'func f() {\n\tif a {\n\t\tb()\n\t}\n\tc()█\n}\n',
      '\n\tif',
    ],
    ['code after words that lead in', 'java', 'class A {\n    █\n}\n', 'Here is the code:\nIntegerList'],
  ])('%s', (_, language, document, begun) => {
    expect(shownOf(language, document, begun)).toBe(begun.slice(begun.indexOf('code:\n') < 0 ? 0 : 18));
  });
});

describe('what may still go is not shown', () => {
  test.each([
    ['a sentence', 'typescript', 'function f() {\n  █\n}\n', 'The function'],
    ['a line from right above', 'typescript', 'const a = 1;\n█\n', 'const'],
    ['a title', 'python', 'def f():\n    █\n', 'Result'],
    ['an object that may hold the code', 'java', 'class A {\n    █\n}\n', '{"compl'],
  ])('%s', (_, language, document, begun) => {
    expect(shownOf(language, document, begun)).toBe('');
  });
});
