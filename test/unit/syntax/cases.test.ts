import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Definition, Outline } from '../../../src/core/outline.ts';
import { keepingLog, realSyntax, snapshotAt } from './support.ts';

// A case is a file in test/cases/syntax/<languageId>: parts that start with a line `=== <title>`. A part named `outline` holds
// code, a line `---` and its outline; any other part code with the caret █, a line `---` and what the survey says of the place.
const folder = join(import.meta.dirname, '../../cases/syntax');
const languages = readdirSync(folder);

function partsOf(text: string): { title: string; code: string; expected: string }[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const newline = part.indexOf('\n');
      const [code = '', expected = ''] = part.slice(newline + 1).split(/^---\n/m);
      return { title: part.slice(0, newline).trim(), code, expected: expected.trim() };
    });
}

function depthOf(definition: Definition, outline: Outline): number {
  const container = outline.definitions[definition.container];
  return container === undefined ? 0 : 1 + depthOf(container, outline);
}

function shown(outline: Outline): string {
  const definitions = outline.definitions.map(
    (definition) =>
      `${'  '.repeat(depthOf(definition, outline))}${definition.kind} ${definition.name}` +
      `${definition.reach === 'everywhere' ? '' : ` (${definition.reach})`}${definition.local ? ' (local)' : ''}: ${definition.signature}`,
  );
  const imports = outline.imports.map(({ path, names }) => `import ${path}: ${names.join(' ')}`.trim());
  const parents = [...outline.parents].map(([heir, list]) => `${heir} extends ${list.join(' ')}`);
  const own = outline.packageName === '' ? [] : [`package ${outline.packageName}`];
  return [...own, ...imports, ...definitions, ...parents].join('\n');
}

for (const languageId of languages) {
  for (const file of readdirSync(join(folder, languageId))) {
    for (const { title, code, expected } of partsOf(readFileSync(join(folder, languageId, file), 'utf8'))) {
      test(`${languageId}: ${title}`, async () => {
        const log = keepingLog();
        const syntax = realSyntax(log);
        await syntax.ready(languageId);
        try {
          if (title.startsWith('outline')) {
            const source = { ...snapshotAt(`█${code}`, languageId), text: code };
            expect(shown(await syntax.outline(source, new AbortController().signal))).toBe(expected);
          } else {
            const snapshot = snapshotAt(code, languageId);
            const site = syntax.survey(snapshot);
            const heads = site.scopes.map((scope) => snapshot.text.slice(scope.start).split('\n')[0]?.trim());
            const lines = [`${site.zone}, ${site.extent}`, ...heads];
            expect(lines.join('\n')).toBe(expected);
          }
          expect(log.lines).toEqual([]);
        } finally {
          syntax.dispose();
        }
      });
    }
  }
}
