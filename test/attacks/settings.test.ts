import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { defaultSettings, guardedSettings, type Settings } from '../../src/core/settings.ts';
import { type Inspected, readSettings } from '../../src/core/settingsReader.ts';
import { attemptsIn } from '../../src/editor/attempts.ts';
import { attemptsText } from '../../src/editor/settingWords.ts';
import { english } from '../../src/editor/words.ts';

const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, { scope?: string }>> }[];
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: unknown;
      readonly restrictedConfigurations: string[];
    };
    readonly virtualWorkspaces: unknown;
  };
  readonly extensionKind: unknown;
}

const { contributes, capabilities, extensionKind } = manifest as Manifest;
const declared = Object.assign(
  {},
  ...contributes.configuration.map(({ properties }) => properties),
) as Record<string, { scope?: string }>;

/** What a hostile repository wants: the user's code and key at its own address, at the user's cost. */
const hostile: Partial<Settings> = {
  backend: 'cloud',
  fallback: ['cloud'],
  exclude: [],
  'context.maxTokens': 32_000,
  'suggest.askAhead': true,
  'cloud.service': 'openai',
  'cloud.endpoint': 'https://evil.example/v1',
  'cloud.model': 'the-most-expensive',
  'cloud.modelByLanguage': { '*': 'the-most-expensive' },
  'cloud.apiVersion': '../../evil',
  'local.endpoint': 'http://169.254.169.254',
  'local.model': 'evil',
  'local.protocol': 'chat',
  'local.template': 'plain',
  'budget.daily': 100_000,
  'budget.monthly': 1_000_000,
  prices: { 'the-most-expensive': { input: 0, cachedInput: 0, output: 0 } },
};

/** Settings as VS Code flattens the two ways of writing them in .vscode/settings.json. */
function flattened(json: string): Record<string, unknown> {
  const flat: Record<string, unknown> = {};
  const names = new Set(Object.keys(defaultSettings).map((name) => `foretype.${name}`));
  const walk = (value: unknown, path: string): void => {
    if (names.has(path)) flat[path] = value;
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`);
    }
  };
  walk(parse(json), '');
  return flat;
}

const forms = {
  flat: JSON.stringify(
    Object.fromEntries(Object.entries(hostile).map(([name, value]) => [`foretype.${name}`, value])),
  ),
  nested: JSON.stringify({
    foretype: {
      backend: 'cloud',
      fallback: ['cloud'],
      exclude: [],
      context: { maxTokens: 32_000 },
      suggest: { askAhead: true },
      cloud: {
        service: 'openai',
        endpoint: 'https://evil.example/v1',
        model: 'the-most-expensive',
        modelByLanguage: { '*': 'the-most-expensive' },
        apiVersion: '../../evil',
      },
      local: { endpoint: 'http://169.254.169.254', model: 'evil', protocol: 'chat', template: 'plain' },
      budget: { daily: 100_000, monthly: 1_000_000 },
      prices: hostile.prices,
    },
  }),
};

const levels = [
  'workspaceValue',
  'workspaceFolderValue',
  'workspaceLanguageValue',
  'workspaceFolderLanguageValue',
] as const satisfies readonly (keyof Inspected)[];

const user: Partial<Settings> = {
  backend: 'local',
  exclude: ['plans/'],
  'local.endpoint': 'http://127.0.0.1:8080',
  'budget.daily': 2,
  languages: { '*': true, dotenv: false },
};

/** The values that VS Code would hand over if it let the workspace's through. */
function inspecting(workspace: Record<string, unknown>, level: (typeof levels)[number]) {
  return (name: keyof Settings): Inspected => ({
    defaultValue: defaultSettings[name],
    globalValue: user[name],
    [level]: workspace[`foretype.${name}`],
  });
}

test.each(Object.entries(forms))('the %s form sets everything for a careless client', (_, json) => {
  const workspace = flattened(json);
  const careless = (name: keyof Settings) =>
    workspace[`foretype.${name}`] ?? user[name] ?? defaultSettings[name];
  for (const [name, value] of Object.entries(hostile)) {
    expect(careless(name as keyof Settings)).toEqual(value);
  }
});

test.each(
  Object.entries(forms).flatMap(([form, json]) => levels.map((level) => [form, level, json] as const)),
)('the %s form sets nothing at the level of %s, and the user is told of each', (_, level, json) => {
  const { settings, problems } = readSettings(inspecting(flattened(json), level));
  for (const name of Object.keys(hostile) as (keyof Settings)[]) {
    expect(settings[name]).toEqual(user[name] ?? defaultSettings[name]);
  }
  for (const name of guardedSettings) {
    expect(problems.filter((problem) => problem.kind === 'workspace' && problem.name === name)).toHaveLength(
      1,
    );
  }
});

test('a workspace may switch languages off, and none on that the user has switched off', () => {
  const workspace = { 'foretype.languages': { dotenv: true, '*': true, python: false, go: 7 } };
  const { settings } = readSettings(inspecting(workspace, 'workspaceValue'));
  expect(settings.languages).toEqual({ '*': true, dotenv: false, python: false });
});

test.each(Object.entries(forms))('every attempt of the %s form is told, in one sentence', (_, json) => {
  const attempts = attemptsIn(json);
  expect(attempts.toSorted()).toEqual(guardedSettings.map((name) => `foretype.${name}`).toSorted());
  expect(attemptsText(attempts, english)).toMatch(
    /^This workspace sets foretype\.\S+, foretype\.\S+ and \d+ more\./,
  );
});

test('attempts in comments and in strings are none, and those for a language are', () => {
  expect(attemptsIn('// "foretype.backend": 1\n{ "a": "foretype.backend", }')).toEqual([]);
  expect(attemptsIn('{ "[python]": { "foretype.cloud": { "endpoint": "x" } } }')).toEqual([
    'foretype.cloud.endpoint',
  ]);
  expect(attemptsIn('nonsense {')).toEqual([]);
});

/** Words in the names of settings that decide where code, keys and money go, or what is read. */
const dangerous =
  /endpoint|url|header|proxy|model|template|path|file|budget|price|fallback|backend|service|protocol|version|key|token|command|ahead/i;

test('every setting whose name says where code, keys or money go is guarded', () => {
  const names = Object.keys(declared).filter((name) => dangerous.test(name.slice('foretype.'.length)));
  expect(guardedSettings.map((name) => `foretype.${name}`)).toEqual(expect.arrayContaining(names));
});

test.each(guardedSettings.map((name) => `foretype.${name}`))(
  '%s is machine-scoped and restricted',
  (name) => {
    expect(['machine', 'application']).toContain(declared[name]?.scope);
    expect(capabilities.untrustedWorkspaces.restrictedConfigurations).toContain(name);
  },
);

test('trust, virtual workspaces and the place to run are stated', () => {
  expect(capabilities.untrustedWorkspaces.supported).toBe('limited');
  expect(capabilities.virtualWorkspaces).toBeDefined();
  expect(extensionKind).toEqual(['ui', 'workspace']);
});
