import { expect, test } from 'vitest';
import type { Ask, Circumstances } from '../../../src/core/ask.ts';
import { gateAtSite, gateBeforeSurvey } from '../../../src/core/gate.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import { calm } from '../../support/calm.ts';
import { at, siteOf } from '../../support/caret.ts';

const { signal } = new AbortController();

function ask(
  trigger: Ask['trigger'],
  circumstances: Partial<Circumstances> = {},
  languages: Readonly<Record<string, boolean>> = {},
): Ask {
  return {
    snapshot: at('const a = █'),
    trigger,
    circumstances: { ...calm, ...circumstances },
    settings: { ...defaultSettings, languages },
    signal,
  };
}

test.each([
  [{ paused: true }, 'paused', 'paused'],
  [{ unsuitable: true }, 'document-kind', 'document-kind'],
  [{ tooLarge: true }, 'document-size', 'document-size'],
  [{ selecting: true }, 'text-selected', 'text-selected'],
  [{ popupDisagrees: true }, 'popup-disagrees', 'popup-disagrees'],
  [{ cursors: 2 }, 'several-cursors', undefined],
  [{ caretMoved: true }, 'caret-moved', undefined],
  [{}, undefined, undefined],
] as const)('with %o typing gets the answer %s, asking by hand %s', (circumstances, typing, invoked) => {
  expect(gateBeforeSurvey(ask('typing', circumstances))).toBe(typing);
  expect(gateBeforeSurvey(ask('invoked', circumstances))).toBe(invoked);
});

test('a language is off by its own name, or by the star unless its own name says otherwise', () => {
  const { languageId } = at('█');
  const reason = (languages: Readonly<Record<string, boolean>>) =>
    gateBeforeSurvey(ask('typing', {}, languages));
  expect(reason({ [languageId]: false })).toBe('language-off');
  expect(reason({ '*': false })).toBe('language-off');
  expect(reason({ '*': false, [languageId]: true })).toBeUndefined();
  expect(reason({ other: false })).toBeUndefined();
});

test.each([
  ['const a█b = 1', 'inside-word'],
  ['call(█ + 1)', 'rest-of-line'],
  ['call(█);', undefined],
  ['if (█) {', undefined],
] as const)('at %s typing gets %s', (marked, reason) => {
  const site = siteOf(at(marked));
  expect(gateAtSite(ask('typing'), site)).toBe(reason);
  expect(gateAtSite(ask('invoked'), site)).toBeUndefined();
});
