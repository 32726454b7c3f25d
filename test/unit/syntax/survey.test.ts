import { expect, test } from 'vitest';
import { keepingLog, realSyntax, snapshotAt, stillClock } from './support.ts';

const signal = new AbortController().signal;

test('before its grammar is loaded a place is read from the indentation', () => {
  const syntax = realSyntax();
  const snapshot = snapshotAt('class A:\n    def b(self):\n        return 1\n        █\n', 'python');
  const site = syntax.survey(snapshot);
  const heads = site.scopes.map(({ start }) => snapshot.text.slice(start).split('\n')[0]);
  expect(heads).toEqual(['def b(self):', 'class A:']);
  expect(site.zone).toBe('code');
  syntax.dispose();
});

test('a language without a grammar is read from the indentation, and nothing is logged', async () => {
  const log = keepingLog();
  const syntax = realSyntax(log);
  await syntax.ready('nim');
  const snapshot = snapshotAt('proc a() =\n  if b:\n    █\n  c()\n', 'nim');
  expect(
    syntax.survey(snapshot).scopes.map(({ start, end }) => snapshot.text.slice(start, end).split('\n')[0]),
  ).toEqual(['if b:', 'proc a() =']);
  expect(log.lines).toEqual([]);
  syntax.dispose();
});

test('a grammar that does not load is logged once', async () => {
  const log = keepingLog();
  const { createSyntax } = await import('../../../src/syntax/index.ts');
  const syntax = createSyntax({
    runtime: () => Promise.reject(new Error('gone')),
    grammar: () => Promise.reject(new Error('gone')),
    query: async () => '; grammar: a.wasm\n',
    clock: stillClock(),
    log,
  });
  for (let i = 0; i < 3; i++) {
    await syntax.ready('a');
    expect(syntax.survey(snapshotAt('b█', 'a')).zone).toBe('code');
  }
  expect(log.lines.length).toBe(1);
  expect(log.lines[0]).toContain('indentation is used instead');
});

test('the next line is the next one with anything on it', async () => {
  const syntax = realSyntax();
  expect(syntax.survey(snapshotAt('a\n█\n\n   \r\n\tb()  \r\nc', 'plaintext')).nextLine).toBe('\tb()  ');
  expect(syntax.survey(snapshotAt('a█', 'plaintext')).nextLine).toBe('');
  syntax.dispose();
});

const strange: readonly (readonly [what: string, text: string])[] = [
  ['an empty document', '█'],
  ['a document of line breaks', '\r\n\r\n█\r\n'],
  ['a byte-order mark', '\uFEFFconst a = 1;█\n'],
  ['emoji and combining characters', 'const 👩‍👩‍👧 = "e\u0301█";\n'],
  ['half of a surrogate pair', 'const a = "\uD83D█";\n'],
  ['binary', `\0\u0001\u0002█\uFFFD\0{([${'\0'.repeat(1000)}`],
  ['brackets that never close', `${'({['.repeat(2000)}█`],
  ['brackets that never opened', `${'}])'.repeat(2000)}█`],
  ['deep nesting', `${'if (a) {\n'.repeat(1500)}█`],
  ['a line without end', `const a = "${'x'.repeat(300_000)}█";`],
];

for (const [what, text] of strange) {
  for (const languageId of ['typescript', 'python', 'c', 'plaintext']) {
    test(`${what} in ${languageId} gives a site and an outline, and no error`, async () => {
      const log = keepingLog();
      const syntax = realSyntax(log);
      await syntax.ready(languageId);
      const snapshot = snapshotAt(text, languageId);
      const site = syntax.survey(snapshot);
      expect(site.snapshot).toBe(snapshot);
      for (const { start, end } of site.scopes)
        expect(start <= snapshot.caret && snapshot.caret <= end).toBe(true);
      expect((await syntax.outline(snapshot, signal)).definitions).toBeInstanceOf(Array);
      expect(log.lines).toEqual([]);
      syntax.dispose();
    });
  }
}

test('five megabytes on one line are not parsed, and the log says so once', async () => {
  const log = keepingLog();
  const syntax = realSyntax(log);
  await syntax.ready('javascript');
  const snapshot = snapshotAt(`${'a(b);'.repeat(1_000_000)}█`, 'javascript');
  expect(syntax.survey(snapshot).zone).toBe('code');
  for (const version of [1, 2])
    expect((await syntax.outline({ ...snapshot, version }, signal)).definitions).toEqual([]);
  expect(log.lines).toEqual([`${snapshot.path} is too long to be parsed; its text alone is used.`]);
  syntax.dispose();
});

test('a long file that nobody types in is parsed in slices, and its outline is whole', async () => {
  let slices = 0;
  const { sleep, ...time } = stillClock(1);
  const clock = {
    ...time,
    sleep: (ms: number, until: AbortSignal) => {
      slices++;
      return sleep(ms, until);
    },
  };
  const syntax = realSyntax(keepingLog(), clock);
  await syntax.ready('javascript');
  const text = Array.from({ length: 400 }, (_, i) => `function f${i}() { return a + b; }`).join('\n');
  const { definitions } = await syntax.outline(snapshotAt(`${text}█`, 'javascript'), signal);
  expect(definitions.map(({ name }) => name)).toEqual(Array.from({ length: 400 }, (_, i) => `f${i}`));
  expect(slices).toBeGreaterThan(1);
  syntax.dispose();
});
