import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import {
  cloudServices,
  defaultSettings,
  guardedSettings,
  localTemplates,
} from '../../../src/core/settings.ts';
import { readSettings } from '../../../src/core/settingsReader.ts';

const root = resolve(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));

interface Declared {
  readonly default: unknown;
  readonly scope?: string;
  readonly enum?: readonly unknown[];
  readonly items?: { readonly enum?: readonly unknown[] };
  readonly type: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly markdownDescription: string;
}

const declared: Readonly<Record<string, Declared>> = Object.assign(
  {},
  ...manifest.contributes.configuration.map(({ properties }: { properties: object }) => properties),
);

test('the manifest declares every setting of the code, with the same default, and no other', () => {
  const defaults = Object.entries(declared).map(([name, row]) => [
    name.replace('foretype.', ''),
    row.default,
  ]);
  expect(Object.fromEntries(defaults)).toEqual(defaultSettings);
});

test('there are at most 28 settings, each described in one place', () => {
  expect(Object.keys(declared).length).toBeLessThanOrEqual(28);
  for (const [name, { markdownDescription }] of Object.entries(declared)) {
    expect(texts[markdownDescription.replaceAll('%', '')], name).toMatch(/\.$/);
  }
});

/** What the code says of a value; undefined if it takes it. */
function demanded(name: string, value: unknown) {
  const { problems } = readSettings((asked) => (asked === name ? { globalValue: value } : {}));
  return problems[0]?.kind === 'workspace' ? undefined : problems[0]?.must;
}

test('the manifest allows what the code takes: the same words and the same bounds', () => {
  for (const [setting, { enum: words, items, minimum: least, maximum: most }] of Object.entries(declared)) {
    const name = setting.replace('foretype.', '');
    if (words) expect(demanded(name, 'nonsense'), name).toEqual({ kind: 'word', words });
    for (const word of items?.enum ?? []) expect(demanded(name, [word]), name).toBeUndefined();
    if (least === undefined || most === undefined) continue;
    for (const value of [least, most]) expect(demanded(name, value), name).toBeUndefined();
    for (const value of [least - 1, most + 1, '5']) {
      expect(demanded(name, value), name).toEqual({ kind: 'number', least, most });
    }
  }
  expect(declared['foretype.cloud.service']?.enum).toEqual(cloudServices);
  expect(declared['foretype.local.template']?.enum).toEqual(localTemplates);
});

test('README’s table lists every setting with its default', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| `foretype\.([^`]+)` \| `([^`]*)` \|/gm)].map(
    ([, name = '', value = '']) => [
      name,
      JSON.parse(value.startsWith('"') || /^[[{\d]|true|false/.test(value) ? value : `"${value}"`),
    ],
  );
  expect(Object.fromEntries(rows)).toEqual(defaultSettings);
});

test('exactly the guarded settings are the user’s alone', () => {
  const scoped = Object.entries(declared).filter(([, { scope }]) => scope === 'application');
  expect(scoped.map(([name]) => name.replace('foretype.', '')).sort()).toEqual([...guardedSettings].sort());
  expect([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort()).toEqual(
    guardedSettings.map((name) => `foretype.${name}`).sort(),
  );
});
