import { expect, test } from 'vitest';
import { parseFromDashboardPage, parseToDashboardPage } from '../../../src/webview/dashboardMessages.ts';
import { parseFromExplainPage, parseToExplainPage } from '../../../src/webview/explainMessages.ts';
import { createFormats } from '../../../src/webview/formats.ts';
import { dashboards, doneTurn, explainStates } from './samples.ts';

const nonsense = [
  undefined,
  null,
  1,
  'ready',
  [],
  {},
  { kind: 'run' },
  { kind: 'toString' },
  { kind: '__proto__' },
];

test('what a page cannot have sent is not heard', () => {
  const wrong = [
    ...nonsense,
    { kind: 'copy', index: -1 },
    { kind: 'copy', index: '0' },
    { kind: 'ask', text: '   ' },
    { kind: 'ask', text: 'x'.repeat(8_001) },
    { kind: 'reveal', start: 5, end: 3 },
    { kind: 'reveal', start: 0, end: 3 },
    { kind: 'reveal', start: 1.5, end: 3 },
    { kind: 'act', action: 'workbench.action.terminal.new' },
    { kind: 'theme', name: 7 },
  ];
  expect(wrong.map(parseFromExplainPage).filter((message) => message !== undefined)).toEqual([]);
  expect(
    [...nonsense, { kind: 'range', days: 8 }]
      .map(parseFromDashboardPage)
      .filter((message) => message !== undefined),
  ).toEqual([]);
});

test('what is heard holds nothing but what the message is made of', () => {
  expect(parseFromExplainPage({ kind: 'stop', command: 'evil' })).toEqual({ kind: 'stop' });
  expect(parseFromExplainPage({ kind: 'act', action: 'setKey', argument: 'evil' })).toEqual({
    kind: 'act',
    action: 'setKey',
  });
});

test('everything that the extension sends is understood by the page', () => {
  for (const view of Object.values(explainStates)) {
    expect(parseToExplainPage({ kind: 'show', view })).toEqual({ kind: 'show', view });
  }
  expect(parseToExplainPage({ kind: 'turn', index: 0, turn: doneTurn })).toEqual({
    kind: 'turn',
    index: 0,
    turn: doneTurn,
  });
  for (const view of Object.values(dashboards)) {
    expect(parseToDashboardPage({ kind: 'show', view })).toEqual({ kind: 'show', view });
  }
});

test('a colour is a colour and nothing that a style could load', () => {
  expect(parseToExplainPage({ kind: 'colors', colors: { keyword: '#ff00aa' } })).toBeDefined();
  expect(
    parseToExplainPage({ kind: 'colors', colors: { keyword: 'url(https://evil.test)' } }),
  ).toBeUndefined();
  expect(parseToExplainPage({ kind: 'colors', colors: { 'x; background': '#fff' } })).toBeUndefined();
});

test('figures are written in the language of the editor, small sums with digits that tell something', () => {
  const english = createFormats('en');
  expect(english.money(0.0004)).toBe('$0.0004');
  expect(english.money(1.2345)).toBe('$1.23');
  expect(english.money(0)).toBe('$0.00');
  expect(english.percent(1, 0)).toBe('–');
  expect(english.time(412.3)).toBe('412 ms');
  expect(english.time(1540)).toBe('1.54 s');
  expect(english.bytes(10_080_000)).toBe('10.1 MB');
  expect(createFormats('de').count(1234.4)).toBe('1.234');
  expect(createFormats('no such language!').count(1234)).toBe('1,234');
});
