import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Verdict } from '../../../src/core/answer.ts';
import type { Site } from '../../../src/core/site.ts';
import { createRefine } from '../../../src/filters/index.ts';
import '../../support/sameCases.ts';
import { siteAt } from './siteAt.ts';

const refine = createRefine({ maxLines: 8 });

const documents = [
  'function area(width: number, height: number) {\n  const rounded = Math.round(█width);\n  return rounded * height;\n}\n',
  'def area(width, height):\n    rounded = round(width)\n    █\n    return rounded * height\n\n\ndef volume():\n    pass\n',
  'func area(w, h int) int {\n\tif w < 0 {█\n\t}\n\treturn w * h\n}\n',
  'class A {\n    // the area of █\n    int area(int w) { return w; }\n}\n',
  '█\nstatic int area(int w)\r\n{\r\n  return w;\r\n}\r\n',
  'const text = `\n  one █\n  two\n`;\n',
  'import a from "a";█\n\narea(a);\n',
  'class A:\n    def f(self):\n        return 1\n\n█\n\n    def g(self):\n        pass\n',
  'area(width, █)\n',
  '/**\n * The area █\n */\nint area;\n',
  'function area() {█\n}\n',
  '',
];
const languages = ['typescript', 'python', 'go', 'java', 'c', 'markdown', 'unknown'];

const place = fc
  .record({
    document: fc.oneof(fc.constantFrom(...documents), fc.string({ unit: 'binary', maxLength: 80 })),
    languageId: fc.constantFrom(...languages),
    zone: fc.constantFrom<Site['zone']>('code', 'comment', 'string'),
  })
  .map(({ document, languageId, zone }) => {
    const caret = Math.max(0, document.indexOf('█'));
    return siteAt(document.replace('█', ''), caret, { languageId, zone });
  });

/** Beginnings, ends and middles of what the filters know; a few of them in a row are a loop. */
const parts = [
  ...['Here', ' is', 'the', ' code', 'Note', ' that', 'I', "'ve", '1', '. ', '2) ', '12: ', '- ', '* ', '**'],
  ...[
    '`',
    '~',
    '#',
    '## ',
    ';',
    '.',
    ',',
    ':',
    '"',
    "'",
    '/',
    '*',
    '//',
    '<',
    '</',
    '|',
    '>',
    '[',
    '@@',
    '+',
  ],
  ...['{', '}', '(', ')', ']', '};', '"}', '\\', '=>', 'case 1:', 'default:', 'else', 'import', 'func', 'if'],
  ...['\\n', '\\_', '\\"', '“', '”', '’', '...', '// ', 'rest of the code', '[CURSOR]', '█', '---', 'or'],
  ...['Filled in:', '- `', '1. `', 'It is `', '<|fim_prefix|>', '<|fim_middle|>', '   ```', '\n\n', ', '],
  ...['im_end', 'INST', 'answer', 'assistant', '&lt;', '\u200d', '\u0639', '\r', '\n', '\t', '    ', 'width'],
];
const separator = fc.constantFrom('', ' ', ', ', '\n');

/** What answers are made of: code, wrapping, talk, repetition, and anything at all. */
const fragment = fc.oneof(
  fc.constantFrom(
    ...[
      'return rounded * height;',
      'width',
      ');',
      '}',
      '  ',
      '\n',
      '\n\n',
      '\r\n',
      '\t',
      '"',
      "'",
      '`',
      '{',
      '(',
    ],
    ...[
      '```',
      '```ts\n',
      '\n```\n',
      '~~~\n',
      '<think>',
      '</think>',
      '<COMPLETION>',
      '</COMPLETION>',
      '<|im_end|>',
    ],
    ...[
      'Here is the code:\n',
      'This returns the area.\n',
      'Sure! ',
      'const rounded = Math.round(',
      'if x:\n        y = 1',
    ],
    ...[
      '\n  return rounded * height;\n}',
      '\n    return rounded * height',
      '// ',
      '/*',
      '*/',
      '# ',
      'round(width)',
    ],
  ),
  fc
    .record({ part: fc.constantFrom(...parts), times: fc.integer({ min: 1, max: 8 }), between: separator })
    .map(({ part, times, between }) => Array<string>(times).fill(part).join(between)),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const answer = fc.oneof(
  fc.array(fragment, { maxLength: 14 }).map((parts) => parts.join('')),
  fc
    .array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 })
    .map((bytes) => Buffer.from(bytes).toString('utf8')),
);

function whole(text: string, site: Site): Verdict {
  return refine({ text, ended: true, tokens: [] }, site);
}

test('whatever a model writes, wherever the caret is, nothing is shown that it did not write', () => {
  fc.assert(
    fc.property(answer, place, (text, site) => {
      const verdict = whole(text, site);
      if (verdict.kind === 'drop') return;
      let at = 0;
      for (const line of verdict.text.split(/\r?\n/)) {
        const visible = line.trim();
        if (visible === '') continue;
        const part = bare(decoded(visible));
        const found = bare(decoded(text)).indexOf(part, at);
        expect(found, `${JSON.stringify(visible)} of ${JSON.stringify(text)}`).toBeGreaterThanOrEqual(0);
        at = found + part.length;
      }
    }),
    { numRuns: 2000 },
  );
});

/** What an answer says that was written for a web page, as a string, in Markdown or with curly quotes. */
function decoded(text: string): string {
  const once = text
    .replace(/\\[nt]/g, ' ')
    .replace(/\\/g, '')
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  return once === text ? text : decoded(once);
}

/** Without white space and hidden characters, which filters may change. */
function bare(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffc]/gu, '');
}

test('however the answer is cut into chunks, what is shown only grows, into what the whole answer gives', () => {
  fc.assert(
    fc.property(answer, place, fc.array(fc.integer({ min: 1, max: 9 })), (text, site, steps) => {
      const last = whole(text, site);
      const end = last.kind === 'drop' ? '' : last.text;
      let shown = '';
      let length = 0;
      for (let i = 0; length < text.length; i++) {
        length = Math.min(text.length, length + (steps[i % Math.max(1, steps.length)] ?? 1));
        const verdict = refine({ text: text.slice(0, length), ended: false, tokens: [] }, site);
        const now = verdict.kind === 'drop' ? '' : verdict.text;
        expect(now.startsWith(shown), `${JSON.stringify(shown)} became ${JSON.stringify(now)}`).toBe(true);
        expect(end.startsWith(now), `${JSON.stringify(now)} ended as ${JSON.stringify(end)}`).toBe(true);
        shown = now;
        if (verdict.kind !== 'keep') {
          expect(verdict).toEqual(last);
          return;
        }
      }
    }),
    { numRuns: 2000 },
  );
});

test('an answer of many lines at a place without structure is looked at in time that grows with its length', () => {
  const site = siteAt('█'.slice(1), 0, { languageId: 'typescript' });
  const text = 'value = compute(value);\n'.repeat(2000) + '('.repeat(5000) + ' a'.repeat(5000);
  expect(() => whole(text, site)).not.toThrow();
});
