import { expect, test } from 'vitest';
import { createExplainShelf } from '../../../src/core/explainShelf.ts';
import { imageOf, largestImage, largestSelection, subjectOf } from '../../../src/core/explainSubject.ts';
import type { Survey } from '../../../src/core/ports.ts';
import type { Span } from '../../../src/core/site.ts';

function snapshotOf(text: string, caret = 0) {
  return {
    uri: 'file:///a.ts',
    path: 'a.ts',
    languageId: 'typescript',
    version: 1,
    text,
    caret,
    indentUnit: '  ',
  };
}

function surveyOf(scopes: readonly Span[]): Survey {
  return (snapshot) => ({ snapshot, zone: 'code', extent: 'block', scopes, nextLine: '' });
}

/** What is explained with the caret at █ and nothing selected; each of `pieces` is a scope, innermost first. */
function explained(marked: string, ...pieces: readonly string[]): string {
  const caret = marked.indexOf('█');
  const text = marked.replace('█', '');
  const scopes = pieces.map((piece) => ({
    start: text.indexOf(piece),
    end: text.indexOf(piece) + piece.length,
  }));
  const subject = subjectOf(snapshotOf(text, caret), { start: caret, end: caret }, surveyOf(scopes));
  if (typeof subject === 'string') return subject;
  return subject.kind === 'code' ? text.slice(subject.span.start, subject.span.end) : 'image';
}

test('with nothing selected, the function around the caret is explained, not the block inside of it', () => {
  const loop = 'for (const a of b) {\n    go();\n  }';
  const whole = `function run() {\n  ${loop}\n}`;
  expect(explained(`const x = 1;\n\n${whole.replace('go', 'g█o')}\n`, loop, whole)).toBe(whole);
});

test('a function that is an expression is explained with its name', () => {
  const arrow = '() => {\n  go();\n}';
  expect(explained('\nconst run = () => {\n  g█o();\n};\n', arrow)).toBe(`const run = ${arrow};`);
});

test('without a grammar, the paragraph around the caret is explained', () => {
  expect(explained('a = 1\n\nb = 2\nc =█ 3\nd = 4\n\ne = 5\n')).toBe('b = 2\nc = 3\nd = 4');
});

test('where there is no code, there is nothing to explain', () => {
  expect(explained('█')).toBe('nothing-here');
  expect(explained('a\n\n\n  █\n\n\nb')).toBe('nothing-here');
});

test('a selection is explained without the white space around it', () => {
  const subject = subjectOf(snapshotOf('a\n  b()\n\n'), { start: 1, end: 9 }, surveyOf([]));
  expect(subject).toMatchObject({ kind: 'code', span: { start: 4, end: 7 } });
});

test('a selection of two megabytes and a binary file are refused', () => {
  const huge = 'x'.repeat(2_000_000);
  expect(subjectOf(snapshotOf(huge), { start: 0, end: huge.length }, surveyOf([]))).toBe('too-large');
  expect(
    subjectOf(
      snapshotOf('x'.repeat(largestSelection + 1)),
      { start: 0, end: largestSelection + 1 },
      surveyOf([]),
    ),
  ).toBe('too-large');
  expect(subjectOf(snapshotOf('PK\0\0'), { start: 0, end: 4 }, surveyOf([]))).toBe('binary');
});

test('a picture is taken by what it is and its size, its bytes in base64', () => {
  const bytes = Uint8Array.from({ length: 50_000 }, (_, at) => at % 256);
  bytes.set([0x89, 0x50, 0x4e, 0x47]);
  const subject = imageOf('a/b.PNG', bytes);
  const url = typeof subject === 'object' && subject.kind === 'image' ? subject.image.dataUrl : '';
  expect(url).toBe(`data:image/png;base64,${Buffer.from(bytes).toString('base64')}`);
  expect(imageOf('a.svg', bytes)).toBe('not-an-image');
  expect(imageOf('png', bytes)).toBe('not-an-image');
  expect(imageOf('a.png', new Uint8Array(0))).toBe('not-an-image');
  expect(imageOf('a.png', new TextEncoder().encode('version https://git-lfs'))).toBe('not-an-image');
  expect(imageOf('a.png', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toMatchObject({
    image: { dataUrl: expect.stringMatching(/^data:image\/jpeg;/) },
  });
  expect(imageOf('a.png', new Uint8Array(largestImage + 1))).toBe('image-too-large');
});

test('an explanation is kept while its code moves, and forgotten when the code around it changes', () => {
  const text = 'function run() {\n  go();\n}';
  const scopeIn = (of: string): Span => ({ start: of.indexOf('function'), end: of.lastIndexOf('}') + 1 });
  const shelf = createExplainShelf((snapshot) => surveyOf([scopeIn(snapshot.text)])(snapshot));
  const turns = [{ question: '', text: 'It goes.', state: { kind: 'done' }, usage: undefined }] as const;
  const at = (of: string) => {
    const start = of.indexOf('go');
    return { kind: 'code', snapshot: snapshotOf(of), span: { start, end: start + 5 } } as const;
  };
  shelf.keep(at(text), turns);
  // The answers speak of lines as they were numbered then.
  expect(shelf.find(at(`// above\n\n${text}`))).toEqual({ subject: at(text), turns });
  expect(shelf.find(at(text.replace('run', 'walk')))).toBeUndefined();
  expect(shelf.find(at(text))).toEqual({ subject: at(text), turns });
});

test('turns that brought nothing are not kept', () => {
  const shelf = createExplainShelf(surveyOf([]));
  const subject = { kind: 'image', image: { path: 'a.png', dataUrl: 'data:' } } as const;
  shelf.keep(subject, [{ question: '', text: '', state: { kind: 'stopped' }, usage: undefined }]);
  expect(shelf.find(subject)).toBeUndefined();
});
