import { expect, test } from 'vitest';
import type { Snippet } from '../../../src/core/prompt.ts';
import { composeText } from '../../../src/prompt/fill.ts';
import { templateForModel, templates } from '../../../src/prompt/templates.ts';

import { siteAt } from '../filters/siteAt.ts';

/** The model name that a server would give, and the family that must be found. */
const names: readonly (readonly [string, string | undefined])[] = [
  ['qwen2.5-coder:7b-base', 'qwen'],
  ['Qwen/Qwen3-Coder-30B-A3B-Instruct', 'qwen'],
  ['bigcode/starcoder2-3b', 'starcoder'],
  ['starcoder:1b', 'starcoder1'],
  ['stable-code:3b-code', 'starcoder1'],
  ['bigcode/santacoder', 'santacoder'],
  ['codellama:7b-code', 'codellama'],
  ['deepseek-coder-v2:16b-lite-base-q4_0', 'deepseek'],
  ['codegemma:2b-code', 'codegemma'],
  ['codestral:22b', 'codestral'],
  ['granite-code:3b', 'granite'],
  ['ibm-granite/granite-4.0-h-tiny', 'granite4'],
  ['JetBrains/Mellum-4b-base', 'mellum'],
  ['gpt-4o-mini', undefined],
  ['mistral-7b-instruct', undefined],
  ['llama3.1:8b', undefined],
];

test.each(names)('%s is asked in the form of %s', (name, id) => {
  expect(templateForModel(name)?.id).toBe(id);
});

test('no stop sequence of a template is part of its form before the answer begins, and none is code', () => {
  for (const { stop, form, id } of templates) {
    for (const text of stop) {
      expect(text, id).toMatch(/^[<[].*[>\]]$/);
      expect(form.endsWith(text), `${id} ${text}`).toBe(false);
    }
    expect(stop.length).toBeLessThanOrEqual(4);
  }
});

test('a model that goes on with a next file, or begins the form anew, is stopped', () => {
  for (const { stop, form, file, id } of templates) {
    const next = /<[^>]*>/.exec(file)?.[0];
    if (next !== undefined) expect(stop, id).toContain(next);
    // Every control token that begins a part is spelled in the stops as it is in the form.
    const tokens: readonly string[] = form.match(/<[^>]*>|\[[A-Z]+\]/g) ?? [];
    for (const text of stop.filter((part) => /fim/.test(part) && !/pad/.test(part))) {
      expect(tokens, `${id} ${text}`).toContain(text);
    }
  }
});

/** What a family is asked with one file of context. */
function asked(id: string): string {
  const site = siteAt('const a = ;\n', 'const a = '.length, { languageId: 'typescript', path: 'src/a.ts' });
  const snippet = { source: 'test', path: 'src/b.ts', text: 'export const b = 1;', weight: 1 } as Snippet;
  const prompt = composeText(
    site,
    [snippet],
    id,
    { maxTokens: 500, answerTokens: 64 },
    (text) => text.length / 4,
  );
  return prompt.kind === 'text' ? prompt.text : '';
}

test('files of context and the current file are put together as each family was taught', () => {
  expect(asked('qwen')).toBe(
    '<|repo_name|>project\n<|file_sep|>src/b.ts\nexport const b = 1;\n<|file_sep|>src/a.ts\n<|fim_prefix|>const a = <|fim_suffix|>;\n<|fim_middle|>',
  );
  expect(asked('starcoder')).toBe(
    '<repo_name>project<file_sep>src/b.ts\nexport const b = 1;\n<file_sep><fim_prefix>src/a.ts\nconst a = <fim_suffix>;\n<fim_middle>',
  );
  expect(asked('starcoder1')).toBe('<fim_prefix>const a = <fim_suffix>;\n<fim_middle>');
  expect(asked('mellum')).toBe(
    '<filename>src/b.ts\nexport const b = 1;\n<filename>src/a.ts\n<fim_suffix>;\n<fim_prefix>const a = <fim_middle>',
  );
});
