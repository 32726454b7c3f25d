import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { silentReasons } from '../../../src/core/outcome.ts';

const root = new URL('../../../', import.meta.url);
const languages = ['de', 'zh-cn'];

function json(path: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(path, root), 'utf8'));
}

/** Every message that the code gives to the editor to translate. */
function messages(): readonly string[] {
  const folder = new URL('src/editor/', root);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => new URL(name, folder));
  const found = [...files, new URL('src/privacy/sentReport.ts', root)].flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return [...text.matchAll(/\bt\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1/g)].map((match) => match[2] ?? '');
  });
  return [...new Set([...found, ...Object.values(silentReasons)])].sort();
}

function placeholders(text: string | undefined): readonly string[] {
  return [...(text ?? '').matchAll(/\{\d\}|`[^`]+`|\(command:[^)]+\)/g)].map(String).sort();
}

for (const language of languages) {
  test(`every message of the code is translated to ${language}, and no other`, () => {
    expect(Object.keys(json(`l10n/bundle.l10n.${language}.json`)).sort()).toEqual(messages());
  });

  test(`every title, setting and step is translated to ${language}, and no other`, () => {
    expect(Object.keys(json(`package.nls.${language}.json`))).toEqual(Object.keys(json('package.nls.json')));
  });

  test(`the translations to ${language} keep values, code and links`, () => {
    const english = json('package.nls.json');
    const pairs = [
      ...Object.entries(json(`l10n/bundle.l10n.${language}.json`)),
      ...Object.entries(json(`package.nls.${language}.json`)).map(
        ([key, text]) => [english[key], text] as const,
      ),
    ];
    for (const [from, to] of pairs) {
      expect(placeholders(to), to).toEqual(placeholders(from));
      expect(to.trim()).not.toBe('');
    }
  });
}

test('the manifest names every title and setting that there are words for, and no other', () => {
  const manifest = readFileSync(new URL('package.json', root), 'utf8');
  const named = [...manifest.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]);
  expect([...new Set(named)].sort()).toEqual(Object.keys(json('package.nls.json')).sort());
});
