import { expect, test } from 'vitest';
import { templateForModel, templates } from '../../../src/prompt/templates.ts';

/** The model name that a server would give, and the family that must be found. */
const names: readonly (readonly [string, string | undefined])[] = [
  ['qwen2.5-coder:7b-base', 'qwen'],
  ['Qwen/Qwen3-Coder-30B-A3B-Instruct', 'qwen'],
  ['bigcode/starcoder2-3b', 'starcoder'],
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
