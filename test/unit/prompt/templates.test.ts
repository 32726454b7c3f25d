import { expect, test } from 'vitest';
import type { Snippet } from '../../../src/core/prompt.ts';
import { localTemplates } from '../../../src/core/settings.ts';
import { composeText } from '../../../src/prompt/fill.ts';
import { type Template, templateForModel, templates } from '../../../src/prompt/templates.ts';

import { siteAt } from '../filters/siteAt.ts';

/** The model name that a server would give, and the family that must be found. */
const names: readonly (readonly [string, string | undefined])[] = [
  ['qwen2.5-coder:7b-base', 'qwen'],
  ['Qwen/Qwen3-Coder-30B-A3B-Instruct', 'qwen'],
  ['qwen2.5.1-coder-7b-instruct', 'qwen'],
  ['codeqwen:7b-code', 'starcoder'],
  ['bigcode/starcoder2-3b', 'starcoder2'],
  ['starcoder:1b', 'starcoder'],
  ['stable-code:3b-code', 'starcoder'],
  ['bigcode/santacoder', 'santacoder'],
  ['codellama:7b-code', 'codellama'],
  ['codellama/CodeLlama-70b-hf', 'codellama'],
  ['codellama:34b-code', undefined],
  ['codellama:7b-python', undefined],
  ['deepseek-coder-v2:16b-lite-base-q4_0', 'deepseek'],
  ['deepseek-ai/deepseek-coder-7b-base-v1.5', undefined],
  ['codegemma:2b-code', 'codegemma'],
  ['codestral:22b', 'codestral'],
  ['mistralai/Mamba-Codestral-7B-v0.1', undefined],
  ['granite-code:3b', 'granite'],
  ['granite3.3:8b', 'granite'],
  ['granite3.2:8b', undefined],
  ['ibm-granite/granite-4.0-h-tiny', 'granite4'],
  ['JetBrains/Mellum-4b-base', 'mellum'],
  ['JetBrains/Mellum2-12B-A2.5B-Base', undefined],
  ['ByteDance-Seed/Seed-Coder-8B-Base', 'seed-coder'],
  ['gpt-4o-mini', undefined],
  ['mistral-7b-instruct', undefined],
  ['llama3.1:8b', undefined],
];

test.each(names)('%s is asked in the form of %s', (name, id) => {
  expect(templateForModel(name)?.id).toBe(id);
});

const bar = '\uff5c';
const low = '\u2581';

/** The control tokens of each family, as its tokenizer lists them: first those with which it ends what it fills in, then the others. */
const tokens: Readonly<Record<string, readonly [ends: string, others: string]>> = {
  qwen: [
    '<|endoftext|> <|file_sep|> <|fim_pad|> <|im_end|>',
    '<|fim_prefix|> <|fim_middle|> <|fim_suffix|> <|repo_name|>',
  ],
  starcoder2: ['<|endoftext|> <file_sep>', '<fim_prefix> <fim_middle> <fim_suffix> <fim_pad> <repo_name>'],
  starcoder: ['<|endoftext|>', '<fim_prefix> <fim_middle> <fim_suffix> <fim_pad>'],
  santacoder: ['<|endoftext|>', '<fim-prefix> <fim-middle> <fim-suffix> <fim-pad>'],
  codellama: ['<EOT>', '</s> <PRE> <SUF> <MID>'],
  deepseek: [
    `<${bar}end${low}of${low}sentence${bar}>`,
    `<${bar}fim${low}begin${bar}> <${bar}fim${low}hole${bar}> <${bar}fim${low}end${bar}>`,
  ],
  codegemma: ['<|file_separator|> <eos> <end_of_turn>', '<|fim_prefix|> <|fim_middle|> <|fim_suffix|>'],
  codestral: ['</s>', '[PREFIX] [MIDDLE] [SUFFIX]'],
  granite: ['<|endoftext|> <|end_of_text|>', '<fim_prefix> <fim_middle> <fim_suffix> <fim_pad>'],
  granite4: ['<|end_of_text|>', '<|fim_prefix|> <|fim_middle|> <|fim_suffix|> <|fim_pad|>'],
  mellum: ['<|endoftext|> <filename>', '<fim_prefix> <fim_middle> <fim_suffix> <fim_pad>'],
  'seed-coder': [`<[end${low}of${low}sentence]>`, '<[fim-prefix]> <[fim-middle]> <[fim-suffix]>'],
  plain: ['', ''],
};

/** What is wrong with the tokens of a row, in words. */
function faultsOf({ id, form, file, among, stop }: Template): string[] {
  const [ends, others] = (tokens[id] ?? ['', '']).map((list) => list.split(' ').filter(Boolean));
  const known = [...(ends ?? []), ...(others ?? [])];
  const parts = [form, file, among.head, among.form];
  const faults = stop.filter((text) => !known.includes(text)).map((text) => `stops at ${text}`);
  for (const text of ends ?? []) if (!stop.includes(text)) faults.push(`goes on behind ${text}`);
  for (const part of parts) {
    // Whatever looks like a token, is one: no code and no other space is left beside what is filled in.
    const rest = known.reduce((left, token) => left.replaceAll(token, ''), part);
    if (!/^[#\n ]*(?:(?:\{(?:prefix|suffix|path|text)\}|project)[\n ]*)*$/.test(rest))
      faults.push(`holds ${rest}`);
  }
  // A model is not stopped by what it begins its answer with, but by what begins the next file.
  for (const text of stop) if (form.endsWith(text)) faults.push(`stops at its own ${text}`);
  const next = known.find((token) => file.includes(token));
  if (next !== undefined && !stop.includes(next)) faults.push(`goes on into the next file by ${next}`);
  if (stop.length > 4) faults.push('has more stops than are sent');
  return faults;
}

test.each(templates)(
  "the stops of $id are its family's own, end what it fills in, and fit its form",
  (row) => {
    expect(faultsOf(row)).toEqual([]);
  },
);

test('a stop or a form with a character that is off is found', () => {
  const off = (id: string, change: (row: Template) => Partial<Template>) =>
    templates.filter((row) => row.id === id).flatMap((row) => faultsOf({ ...row, ...change(row) }));
  expect(off('deepseek', () => ({ stop: ['<｜end of sentence｜>'] }))).toHaveLength(2);
  expect(off('deepseek', ({ stop }) => ({ stop: [...stop, '//'] }))).toEqual(['stops at //']);
  expect(off('starcoder2', () => ({ stop: ['<|endoftext|>'] }))).toContain('goes on behind <file_sep>');
  expect(off('starcoder2', ({ form }) => ({ form: form.replaceAll('fim_', 'fim-') }))).toHaveLength(1);
  expect(off('qwen', ({ stop }) => ({ stop: [...stop.slice(1), '<|fim_middle|>'] }))).toHaveLength(2);
});

test('every template that can be set has a row, and every row its tokens written down here', () => {
  const ids = templates.map(({ id }) => id);
  expect(['auto', ...ids]).toEqual(localTemplates);
  expect(Object.keys(tokens).sort()).toEqual(ids.sort());
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
  expect(asked('starcoder2')).toBe(
    '<repo_name>project<file_sep>src/b.ts\nexport const b = 1;\n<file_sep><fim_prefix>src/a.ts\nconst a = <fim_suffix>;\n<fim_middle>',
  );
  expect(asked('deepseek')).toBe(
    '<｜fim▁begin｜>#src/b.ts\nexport const b = 1;\n\n#src/a.ts\nconst a = <｜fim▁hole｜>;\n<｜fim▁end｜>',
  );
  expect(asked('codegemma')).toBe(
    'src/b.ts\nexport const b = 1;\n<|file_separator|>src/a.ts\n<|fim_prefix|>const a = <|fim_suffix|>;\n<|fim_middle|>',
  );
  expect(asked('codellama')).toBe('<PRE> const a =  <SUF>;\n <MID>');
  expect(asked('codestral')).toBe('[SUFFIX];\n[PREFIX]const a = ');
  expect(asked('seed-coder')).toBe('<[fim-suffix]>;\n<[fim-prefix]>const a = <[fim-middle]>');
  expect(asked('starcoder')).toBe('<fim_prefix>const a = <fim_suffix>;\n<fim_middle>');
  expect(asked('mellum')).toBe(
    '<filename>src/b.ts\nexport const b = 1;\n<filename>src/a.ts\n<fim_suffix>;\n<fim_prefix>const a = <fim_middle>',
  );
});
