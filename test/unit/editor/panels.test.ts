import { expect, test } from 'vitest';
import { BackendError } from '../../../src/core/errors.ts';
import type { ExplainTurn } from '../../../src/core/explain.ts';
import type { LineRun } from '../../../src/core/lineMap.ts';
import { dollarsText, noticeView, placeView, turnView } from '../../../src/editor/panels/explainView.ts';
import { pageOf } from '../../../src/editor/panels/page.ts';
import { tokenColors } from '../../../src/editor/panels/tokenColors.ts';
import { english } from '../../../src/editor/words.ts';

const usage = { promptTokens: 1840, cachedTokens: 1024, completionTokens: 322 };
const turn: ExplainTurn = { question: '', text: 'It goes.', state: { kind: 'done' }, usage };

test('the foot of an answer says tokens and cost where they are known', () => {
  const foot = (change: Partial<ExplainTurn>, cost: number | undefined) =>
    turnView({ ...turn, ...change }, () => cost, english).foot;
  expect(foot({}, 0.00043)).toBe('1840 tokens read, 322 written · $0.00043');
  expect(foot({}, 0)).toBe('1840 tokens read, 322 written');
  expect(foot({ usage: undefined }, 1)).toBe('');
  expect(foot({ state: { kind: 'stopped' } }, undefined)).toBe('Stopped · 1840 tokens read, 322 written');
});

test('sums of money have the digits that tell something', () => {
  expect([0, 0.00003, 0.00043, 0.012, 0.5, 12.345].map(dollarsText)).toEqual([
    '$0.00',
    '<$0.0001',
    '$0.00043',
    '$0.012',
    '$0.50',
    '$12.35',
  ]);
});

test('a failure is a sentence with the one thing to do', () => {
  const failed = {
    ...turn,
    state: { kind: 'failed', error: new BackendError('rate-limited', 'x', { retryAfterMs: 1_200 }) },
  } as const;
  expect(turnView(failed, () => 0, english)).toMatchObject({
    problem:
      'The answer broke off here. The service asks to wait before the next request. Try again in 2 seconds.',
    action: { action: 'switchBackend', label: 'Switch Backend' },
  });
});

/** Nothing has moved. */
const still: readonly LineRun[] = [{ first: 1, last: 4, by: 0 }];

test('a place names its lines, one or several, as they are numbered now', () => {
  const at = (start: number, end: number, runs: readonly LineRun[] = still) => {
    const text = 'a\nb\nc\n';
    const snapshot = { uri: 'x', path: 'a.ts', languageId: 'x', version: 1, text, caret: 0, indentUnit: '' };
    return placeView({ kind: 'code', snapshot, span: { start, end } }, runs, english);
  };
  expect(at(2, 3)).toEqual({
    place: 'a.ts, line 2',
    lines: { start: 2, end: 2 },
    lineCount: 4,
    runs: still,
  });
  expect(at(0, 5).place).toBe('a.ts, lines 1–3');
  expect(at(0, 5, [{ first: 1, last: 4, by: 7 }])).toMatchObject({
    place: 'a.ts, lines 8–10',
    lines: { start: 1, end: 3 },
  });
});

test('a notice has no way to ask or insert', () => {
  expect(noticeView('Sorry.', ['switchBackend'], english)).toMatchObject({
    turns: [],
    canInsert: false,
    lines: null,
  });
});

test('a page allows its own script and styles and nothing else, whatever its words', () => {
  const html = pageOf({
    nonce: 'n',
    cspSource: 'https://own.test',
    script: 'https://own.test/a.js',
    styles: ['https://own.test/a.css'],
    title: '"><script>alert(1)</script>',
    language: '"><x',
    words: { a: `'"><script>alert(1)</script>` },
  });
  expect(html).toContain(
    `content="default-src 'none'; base-uri 'none'; form-action 'none'; style-src https://own.test; script-src 'nonce-n'"`,
  );
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).not.toContain('unsafe');
});

test('the colours of a theme are those of its most telling rule, the later theme file winning', () => {
  const base = {
    tokenColors: [
      { scope: ['string', 'comment'], settings: { foreground: '#111111' } },
      { scope: 'keyword', settings: { foreground: '#222222' } },
      { settings: { foreground: '#000000' } },
    ],
  };
  const own = {
    include: './base.json',
    tokenColors: [
      { scope: 'comment, keyword.control', settings: { foreground: '#333333' } },
      { scope: 'keyword.control.flow', settings: { foreground: '#444444' } },
      { scope: 'string', settings: { foreground: 'url(https://evil.test)' } },
    ],
  };
  expect(tokenColors([base, own])).toEqual({
    string: '#111111',
    comment: '#333333',
    keyword: '#333333',
    meta: '#333333',
  });
});

test('what is no theme has no colours', () => {
  expect(tokenColors([null, 7, { tokenColors: 'x' }, { tokenColors: [null, { scope: 7 }] }])).toEqual({});
});
