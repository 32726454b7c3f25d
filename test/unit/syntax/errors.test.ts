import { expect, test } from 'vitest';
import { realSyntax, snapshotAt } from './support.ts';

async function added(
  marked: string,
  text: string,
  replace = 0,
  languageId = 'typescript',
): Promise<number | undefined> {
  const syntax = realSyntax();
  await syntax.ready(languageId);
  const result = syntax.errorsAdded(snapshotAt(marked, languageId), text, replace);
  syntax.dispose();
  return result;
}

test('a text that fits adds no error', async () => {
  expect(await added('function a() {\n  █\n}\n', 'return 1;')).toBe(0);
});

test('a text that closes a bracket too many adds errors', async () => {
  expect(await added('function a() {\n  █\n}\n', 'return 1; }}')).toBeGreaterThan(0);
});

test('a text that finishes what was half typed takes errors away', async () => {
  expect(await added('const a = foo(█\nconst b = 1;\n', '1);')).toBeLessThan(0);
});

test('what the text takes the place of does not count', async () => {
  expect(await added('foo(█);\n', 'bar(1));', 2)).toBe(0);
});

test('a language without a grammar has no verdict', async () => {
  expect(await added('a█', 'b', 0, 'plaintext')).toBeUndefined();
});

test('a text that is broken before and after is not blamed on the suggestion', async () => {
  expect(await added('class {{{ (\n\nfunction a() {\n  █\n}\n', 'walk(1);')).toBeLessThanOrEqual(0);
});
