import { describe, expect, test } from 'vitest';
import { breaksAtEnter, outdentAt } from '../../../src/core/nextLine.ts';
import { at, siteOf } from '../../support/caret.ts';

const breaks = (marked: string, text: string, replace = 0) =>
  breaksAtEnter({ text, replace }, siteOf(at(marked)));

describe('what begins on the next line stays on the screen when Enter is typed', () => {
  test.each([
    ['  a();█', '\n  b();'],
    ['  a();█', '\n  b();\n\n  c();'],
    ['  f(█', '\n    b,'],
    ['if (a) {█', '\n  b();\n}'],
    ['if (a) {█}', '\n  b();\n}', 1],
    ['  a =█', '\n    b;'],
    ['  total█', ' = 1;\n\n  b();'],
    ['  a();█', '\n\n  b();'],
    ['a();\n  █', '\n  b();'],
    ['    a();█', '\n  }'],
    ['  /** a█', '\n   * b'],
    ['  /** a */█', '\n  b'],
    ['  *p = 1;█', '\n  b'],
  ])('%j and %j', (marked, text, replace?: number) => expect(breaks(marked, text, replace)).toBe(false));
});

describe('and does not', () => {
  test.each([
    ['on a line of blanks that does not stay empty', 'a();\n  █)', '\n  b();'],
    ['in a documentation comment, where no blank follows the star', '   * a█', '\n   *b'],
    ['in a documentation comment, where a line holds nothing', '   * a█', '\n   *\n   * b'],
    ['where a documentation comment ends', '   * a█', '\n   */'],
    ['where the editor indents more', '  f(█', '\n  b'],
    ['between brackets, one of which it leaves where it is', 'if (a) {█}', '\n  b();'],
    ['between brackets, before it has grown to the second', 'if (a) {█}', '\n  b();\n  c();', 1],
  ])('%s', (_, marked, text, replace?: number) => expect(breaks(marked, text, replace)).toBe(true));
});

describe('a line begins too deep', () => {
  const outdent = (marked: string, shift: string, shared = '', text = '}') =>
    outdentAt(siteOf(at(marked)), text, shift, shared);

  test('where the editor has indented it like the line above and the model steps back', () => {
    expect(outdent('if (a) {\n    b();\n    █', '    ')).toBe(4);
    expect(outdent('if (a) {\n        b();\n        █', '        ', '    ')).toBe(4);
  });

  test('where it is to stay empty', () => {
    expect(outdent('a();\n  █', '', '', '\n  b();')).toBe(2);
  });

  test('not where the editor only indents by more than the model does', () => {
    expect(outdent('if (a) {\n    █', '  ')).toBe(0);
    expect(outdent('if (a) {\n    b();\n    █', '  ', '  ')).toBe(0);
    expect(outdent('    if (a) {\n      █', '    ')).toBe(0);
  });

  test('not where somebody has begun it there', () => {
    expect(outdent('if (a) {\n    b();\n    re█', '    ')).toBe(0);
  });
});
