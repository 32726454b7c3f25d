import { expect, test } from 'vitest';
import type { ExplainQuestion } from '../../../src/core/explain.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import { createComposeExplain } from '../../../src/prompt/explain.ts';

/** What the model is told about the code in `target`, with `scopes` as pieces of the text, innermost first. */
function told(
  text: string,
  target: string,
  scopes: readonly string[],
  change: Partial<ExplainQuestion> = {},
) {
  const spanOf = (piece: string) => ({ start: text.indexOf(piece), end: text.indexOf(piece) + piece.length });
  const span = spanOf(target);
  const snapshot = {
    uri: 'file:///a.ts',
    path: 'src/a.ts',
    languageId: 'typescript',
    version: 1,
    text,
    caret: span.start,
    indentUnit: '  ',
  };
  const site = { snapshot, zone: 'code', extent: 'block', scopes: scopes.map(spanOf), nextLine: '' } as const;
  const compose = createComposeExplain(() => 'x1');
  const question = { kind: 'code', site, span, snippets: [], turns: [], language: 'de', ...change } as const;
  const prompt = compose(question as ExplainQuestion, defaultSettings);
  if (prompt.kind !== 'chat') throw new Error('An explanation is a chat.');
  return prompt.messages.map(({ content }) => content);
}

test('the lines to explain have their numbers, and what is around them is there as well', () => {
  const text = 'const a = 1;\nrun(a);\nrun(2);\nend();\n';
  const [, asked] = told(text, 'run(a);\nrun(2);', []);
  expect(asked).toContain('<code-x1>\n2: run(a);\n3: run(2);\n</code-x1>');
  expect(asked).toContain('Before it in src/a.ts:\n<code-x1>\nconst a = 1;');
  expect(asked).toContain('After it:\n<code-x1>\n\nend();');
  expect(asked).not.toContain('It is inside of');
});

test('scopes that begin too far above to be shown are named by their first line', () => {
  const filler = '    step();\n'.repeat(600);
  const method = `run(): void {\n${filler}    last();\n  }`;
  const whole = `class Long {\n  ${method}\n}`;
  const [, asked] = told(`\nexport ${whole}\n`, 'last();', [method, whole]);
  expect(asked).toContain(
    'It is inside of:\n<code-x1>\n2: export class Long {\n3:   run(): void {\n</code-x1>',
  );
});

test('the answer is to be in the language of the editor, and other files come first', () => {
  const snippets = [{ source: 'open', path: 'b.ts', text: 'export const b = 1;\n', weight: 1 }];
  const [manner, asked] = told('run();\n', 'run();', [], { snippets });
  expect(manner).toContain('Answer in this language: de.');
  expect(asked?.startsWith('From other files:\n<code-x1>\nb.ts\nexport const b = 1;')).toBe(true);
});
