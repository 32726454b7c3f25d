import { expect, test } from 'vitest';
import { BackendError, type BackendErrorKind } from '../../../src/core/errors.ts';
import { createPause } from '../../../src/editor/pause.ts';
import { menuOf, pauseChoices } from '../../../src/editor/statusMenu.ts';
import { type StatusFacts, statusCommands, statusOf } from '../../../src/editor/statusModel.ts';
import { english } from '../../../src/editor/words.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const ready: StatusFacts = {
  backend: 'cloud',
  answering: 'cloud',
  model: 'gpt-4o-mini',
  failure: undefined,
  pausedUntil: undefined,
  language: { name: 'typescript', on: true },
  documentReason: undefined,
  thinking: false,
  indexing: undefined,
  ghostTextOn: true,
  trusted: true,
  accepted: { accepted: 38, acceptedCharacters: 1204 },
  spent: {
    today: 0.0123,
    month: 1.5,
    tokens: { promptTokens: 9000, cachedTokens: 4000, completionTokens: 300, wastedTokens: 120 },
  },
};

function shown(change: Partial<StatusFacts>): string {
  const { text, severity, command } = statusOf({ ...ready, ...change }, english);
  return `${text} | ${severity} | ${command}`;
}

function failing(kind: BackendErrorKind, change: Partial<StatusFacts> = {}): string {
  return shown({ failure: new BackendError(kind, 'x'), answering: undefined, ...change });
}

test('every state says in two or three words what it is, and does the useful thing', () => {
  const menu = 'foretype.showMenu';
  expect(shown({})).toBe(`$(edit-sparkle) Foretype | normal | ${menu}`);
  expect(shown({ thinking: true })).toBe(`$(loading~spin) Foretype | normal | ${menu}`);
  expect(shown({ indexing: 0.4 })).toBe(`$(sync~spin) Foretype | normal | ${menu}`);
  expect(shown({ pausedUntil: Number.POSITIVE_INFINITY })).toBe(
    `$(debug-pause) Foretype: paused | normal | ${menu}`,
  );
  expect(shown({ language: { name: 'go', on: false } })).toBe(
    `$(circle-slash) Foretype: off for go | normal | ${menu}`,
  );
  expect(shown({ documentReason: 'excluded' })).toBe(
    `$(circle-slash) Foretype: not in this file | normal | ${menu}`,
  );
  expect(shown({ ghostTextOn: false })).toBe(
    '$(circle-slash) Foretype: ghost text is off | warning | foretype.turnOnGhostText',
  );
  expect(failing('no-key')).toBe('$(warning) Foretype: no API key | error | foretype.setApiKey');
  expect(failing('denied')).toBe('$(warning) Foretype: key refused | error | foretype.setApiKey');
  expect(failing('no-credit')).toBe('$(warning) Foretype: no credit | error | foretype.switchBackend');
  expect(failing('over-budget')).toBe('$(warning) Foretype: over budget | warning | foretype.openSettings');
  expect(failing('rate-limited')).toBe(
    '$(warning) Foretype: rate limited | warning | foretype.switchBackend',
  );
  expect(failing('unreachable')).toBe(
    '$(debug-disconnect) Foretype: offline | warning | foretype.openSettings',
  );
  expect(failing('no-model')).toBe('$(warning) Foretype: unknown model | error | foretype.openSettings');
  expect(failing('server')).toBe('$(warning) Foretype: server error | warning | foretype.showLog');
});

test('what keeps suggestions away is said before what is being done', () => {
  const all = { thinking: true, indexing: 0.5, failure: new BackendError('server', 'x') };
  expect(statusOf({ ...ready, ...all }, english).state).toBe('server');
  expect(statusOf({ ...ready, ...all, pausedUntil: 1 }, english).state).toBe('paused');
  expect(statusOf({ ...ready, ...all, pausedUntil: 1, ghostTextOn: false }, english).state).toBe(
    'ghost-text-off',
  );
});

test('while another backend steps in, it says which, and is no longer an error', () => {
  const status = statusOf(
    { ...ready, failure: new BackendError('denied', 'x'), answering: 'builtin' },
    english,
  );
  expect(status.severity).toBe('warning');
  expect(status.label).toContain('Meanwhile the Built-in backend answers.');
});

test('the label is for listening: words without icons', () => {
  expect(statusOf({ ...ready, thinking: true }, english).label).toBe('Foretype, The model is writing.');
  expect(statusOf({ ...ready, indexing: 0.41 }, english).label).toBe(
    'Foretype, Your code is being read: 41 %.',
  );
});

const nothing = {
  today: 0,
  month: 0,
  tokens: { promptTokens: 0, cachedTokens: 0, completionTokens: 0, wastedTokens: 0 },
};

test('the tooltip says who answers, what today brought and what it cost', () => {
  const { tooltipMarkdown } = statusOf(ready, english);
  expect(tooltipMarkdown).toContain('Backend: Cloud · gpt\\-4o\\-mini');
  expect(tooltipMarkdown).toContain(
    '1204 characters accepted in 38 suggestions, \\$0\\.012'.replace('\\.', '.'),
  );
  expect(tooltipMarkdown).toContain('Tokens: 9000 read, 4000 of them cached; 300 written; 120 of all wasted');
  expect(tooltipMarkdown).toContain('This month: \\$1.50');
  expect(statusOf({ ...ready, spent: nothing }, english).tooltipMarkdown).not.toMatch(/Tokens|This month/);
  expect(
    statusOf({ ...ready, spent: nothing, accepted: { accepted: 0, acceptedCharacters: 0 } }, english)
      .tooltipMarkdown,
  ).toContain('Today: nothing accepted yet');
  expect(
    statusOf({ ...ready, spent: nothing, accepted: { accepted: 1, acceptedCharacters: 8 } }, english)
      .tooltipMarkdown,
  ).toContain('Today: 8 characters accepted in one suggestion');
});

test('the tooltip links to our own commands alone, whatever a model or language is called', () => {
  const evil = '](command:workbench.action.terminal.new) <img src=x> [x](https://evil.test)';
  const { tooltipMarkdown } = statusOf(
    { ...ready, model: evil, language: { name: evil, on: false } },
    english,
  );
  const links = [...tooltipMarkdown.matchAll(/(?<!\\)\]\(([^)]*)\)/g)].map((match) =>
    match[1]?.replace('command:', ''),
  );
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !statusCommands.some((command) => command === link))).toEqual([]);
  expect(tooltipMarkdown).not.toMatch(/(?<!\\)</);
});

test('the menu begins with the way out of a failure', () => {
  const failed = { ...ready, failure: new BackendError('no-key', 'x'), answering: undefined };
  expect(menuOf(failed, english)[0]).toMatchObject({
    label: '$(warning) Set API Key',
    command: 'foretype.setApiKey',
  });
});

test('the menu offers what the state allows', () => {
  const labels = (facts: Partial<StatusFacts>) =>
    menuOf({ ...ready, ...facts }, english).map(({ label }) => label);
  expect(labels({})).toContain('$(debug-pause) Pause…');
  expect(labels({ pausedUntil: 5 })).toContain('$(play) Resume');
  expect(labels({})).toContain('$(circle-slash) Turn Off for typescript');
  expect(labels({ language: { name: 'go', on: false } })).toContain('$(check) Turn On for go');
  expect(labels({ language: undefined }).join()).not.toContain('Turn O');
  expect(labels({ ghostTextOn: false })).toContain('$(eye) Turn On Ghost Text');
});

test('a pause ends by itself, by resuming, or never', async () => {
  const clock = new VirtualClock();
  let changes = 0;
  const pause = createPause(clock, () => {
    changes += 1;
  });
  pause.start(60_000);
  expect(pause.until()).toBe(clock.date() + 60_000);
  await clock.advance(60_000);
  expect([pause.until(), changes]).toEqual([undefined, 2]);
  pause.start(60_000);
  pause.start(Number.POSITIVE_INFINITY);
  await clock.advance(1_000_000);
  expect(pause.until()).toBe(Number.POSITIVE_INFINITY);
  pause.resume();
  expect([pause.until(), clock.pending]).toEqual([undefined, 0]);
  expect(pauseChoices(english).at(-1)?.ms).toBe(Number.POSITIVE_INFINITY);
});
