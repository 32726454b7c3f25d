import { expect, test } from 'vitest';
import { docComment } from '../../../src/core/docComment.ts';
import { docStyles } from '../../../src/core/docStyles.ts';

/** The text after the first paragraph of `markdown` was inserted for the code between ├ and ┤. */
function documented(
  languageId: string,
  marked: string,
  markdown: string,
  indentUnit = '  ',
): string | undefined {
  const start = marked.indexOf('├');
  const text = marked.replace('├', '').replace('┤', '');
  const span = { start, end: marked.indexOf('┤') - 1 };
  const snapshot = { uri: 'x', path: 'x', languageId, version: 1, text, caret: start, indentUnit };
  const insertion = docComment(snapshot, span, markdown);
  return insertion && text.slice(0, insertion.at) + insertion.text + text.slice(insertion.at);
}

const answer = '## Overview\n\nAdds **two** numbers, see `sum` and [docs](https://a.test).\n\n- more';

test('the first paragraph becomes a comment above the code, with its indentation', () => {
  expect(documented('typescript', 'class A {\n    ├add() {}┤\n}\n', answer)).toBe(
    'class A {\n    /**\n     * Adds two numbers, see sum and docs.\n     */\n    add() {}\n}\n',
  );
});

test('each language has its own form', () => {
  expect(documented('rust', '├fn a() {}┤', answer)).toBe(
    '/// Adds two numbers, see sum and docs.\nfn a() {}',
  );
  expect(documented('go', '├func a() {}┤', answer)).toBe(
    '// Adds two numbers, see sum and docs.\nfunc a() {}',
  );
  expect(documented('ruby', '├def a; end┤', answer)).toBe(
    '# Adds two numbers, see sum and docs.\ndef a; end',
  );
  expect(documented('csharp', '├void A() {}┤', 'Gets a List<int>.')).toBe(
    '/// <summary>\n/// Gets a List&lt;int&gt;.\n/// </summary>\nvoid A() {}',
  );
});

test('Python gets a docstring as the first statement, at the indentation of the body', () => {
  expect(documented('python', '@cache\n├def a(\n    x: int,\n) -> int:\n        return 1\n┤', answer)).toBe(
    '@cache\ndef a(\n    x: int,\n) -> int:\n        """Adds two numbers, see sum and docs."""\n        return 1\n',
  );
  expect(documented('python', '  ├def a():\n┤', answer, '    ')).toBe(
    '  def a():\n      """Adds two numbers, see sum and docs."""\n',
  );
});

test('Python code that is no function gets a comment', () => {
  expect(documented('python', '├x = 1┤', answer)).toBe('# Adds two numbers, see sum and docs.\nx = 1');
});

test('a long paragraph is wrapped', () => {
  const lines = documented('typescript', '├a();┤', 'word '.repeat(60))?.split('\n') ?? [];
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(lines).toHaveLength(7);
});

test('line breaks are those of the file', () => {
  expect(documented('typescript', '├a();\r\nb();┤', 'One.')).toBe('/**\r\n * One.\r\n */\r\na();\r\nb();');
});

test('whatever the answer holds stays inside the comment', () => {
  expect(documented('typescript', '├a();┤', 'x */ alert(1)')).toBe('/**\n * x * / alert(1)\n */\na();');
  expect(documented('java', '├a();┤', 'x \\u002a\\u002f y')).toBe('/**\n * x \\ u002a\\ u002f y\n */\na();');
  expect(documented('python', '├def a():\n  pass┤', 'x """ + 1 \\N{x} "end"')).toBe(
    `def a():\n  """x ''' + 1 \\\\N{x} "end'"""\n  pass`,
  );
  expect(documented('html', '├<p>┤', 'x --> <script>')).toBe('<!--\n  x - -> <script>\n-->\n<p>');
  expect(documented('rust', '├a();┤', 'x\u2028alert(1)\u202ey\rz\u0000')).toBe('/// x alert(1) y z\na();');
  expect(documented('powershell', '├a┤', 'x #> evil')).toBe('<#\nx # > evil\n#>\na');
});

test('an answer without a paragraph, and a language without a form, get no comment', () => {
  expect(documented('typescript', '├a();┤', '```ts\nx\n```\n\n- a\n- b')).toBeUndefined();
  expect(documented('plaintext', '├a┤', answer)).toBeUndefined();
  expect(documented('constructor', '├a┤', answer)).toBeUndefined();
});

test('no form can be left by the marks of any other', () => {
  const marks = '*/ --> #> """ \u2028 \\u002a\\u002f';
  for (const languageId of Object.keys(docStyles)) {
    const text = documented(languageId, '├def a():\n  pass┤', marks) ?? '';
    const { close } = docStyles[languageId] ?? { close: '' };
    if (close !== '') expect(text.split(close.trim()).length, languageId).toBe(2);
  }
});
