import { expect, test } from 'vitest';
import { createRefine } from '../../../src/filters/index.ts';
import { siteAt } from './siteAt.ts';

const document = 'function area() {\n  \n}\n';
const site = siteAt(document, 'function area() {\n  '.length, { languageId: 'typescript' });

/** Says that every line with `wrong` in it is an error. */
const refine = createRefine({
  maxLines: 8,
  errorsAdded: (_, text) => text.split('\n').filter((line) => line.includes('wrong')).length,
});

function shown(text: string) {
  return refine({ text, ended: true, tokens: [] }, site);
}

test('an answer is cut back to the last line with which the document is right', () => {
  expect(shown('one();\n  two();\n  wrong three(;')).toEqual({
    kind: 'finish',
    text: 'one();\n  two();',
    replace: 0,
  });
});

test('an answer that only adds errors is not shown', () => {
  expect(shown('wrong one(;')).toEqual({ kind: 'drop', reason: 'breaks-syntax' });
});

test('where syntax cannot be told, the answer stays', () => {
  const unsure = createRefine({ maxLines: 8, errorsAdded: () => undefined });
  expect(unsure({ text: 'wrong one(;', ended: true, tokens: [] }, site)).toEqual({
    kind: 'finish',
    text: 'wrong one(;',
    replace: 0,
  });
});

test('the lines of a macro stay, whatever a grammar makes of them', () => {
  const macro = '#define AREA(w) \\\n  \n';
  const inside = siteAt(macro, macro.length - 1, { languageId: 'c' });
  expect(refine({ text: 'wrong (w)', ended: true, tokens: [] }, inside)).toEqual({
    kind: 'finish',
    text: 'wrong (w)',
    replace: 0,
  });
});

test.each([
  ['a loop that a macro makes', 'int f() {\n  █\n}\n', 'FOREACH(item, list) {\n    wrong(item);\n  }'],
  ['a macro below', 'int f() {\n  check█\n  END_OF_TEST\n}\n', '(wrong);'],
  ['an attribute behind a name', 'int f(int a█)\n{\n}\n', ' UNUSED_HERE, int wrong'],
  [
    'a loop of a macro in small letters',
    'int f() {\n  █\n}\n',
    'for_each_item(list, item) {\n    wrong(item);\n  }',
  ],
  ['an operator in the place of a value', 'int f() {\n  █\n}\n', 'EXPECT(==, wrong, 2);'],
  ['a calling convention', 'static int █\n{\n}\n', 'CALLBACK wrong(int a)'],
  ['a directive', '#if█\n#endif\n', 'def wrong'],
])('what stands beside macros stays, whatever a grammar makes of it: %s', (_, document, text) => {
  const caret = document.indexOf('█');
  const beside = siteAt(document.replace('█', ''), caret, { languageId: 'c' });
  expect(refine({ text, ended: true, tokens: [] }, beside)).toEqual({ kind: 'finish', text, replace: 0 });
});
