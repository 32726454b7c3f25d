import type { Settings } from '../core/settings.ts';

/**
 * Settings that decide where code and keys go, what it costs and which files are read: a stranger's repository must not set them. Each is
 * `machine`-scoped and restricted in package.json; a test compares.
 */
export const guardedSettings = [
  'backend',
  'fallback',
  'exclude',
  'context.maxTokens',
  'suggest.askAhead',
  'cloud.service',
  'cloud.endpoint',
  'cloud.model',
  'cloud.modelByLanguage',
  'cloud.apiVersion',
  'local.endpoint',
  'local.model',
  'local.protocol',
  'local.template',
  'budget.daily',
  'budget.monthly',
  'prices',
] as const satisfies readonly (keyof Settings)[];

/** The name of a guarded setting. */
export type GuardedSetting = (typeof guardedSettings)[number];

/** The values of one setting in all places, as VS Code's `inspect` gives them. */
export interface Inspected {
  readonly defaultValue?: unknown;
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
  readonly globalLanguageValue?: unknown;
  readonly workspaceLanguageValue?: unknown;
  readonly workspaceFolderLanguageValue?: unknown;
}

/** The values that hold, and the names of those that a workspace tried to set. */
export interface Trusted {
  readonly values: Readonly<Record<string, unknown>>;
  readonly ignored: readonly GuardedSetting[];
}

/** Takes the user's own value of every guarded setting, else the default, and never a workspace's, even where VS Code lets it through. */
export function trusted(inspect: (name: GuardedSetting) => Inspected | undefined): Trusted {
  const values: Record<string, unknown> = {};
  const ignored: GuardedSetting[] = [];
  for (const name of guardedSettings) {
    const found = inspect(name);
    if (found === undefined) continue;
    values[name] = found.globalValue ?? found.defaultValue;
    const fromWorkspace = [
      found.workspaceValue,
      found.workspaceFolderValue,
      found.workspaceLanguageValue,
      found.workspaceFolderLanguageValue,
    ];
    if (fromWorkspace.some((value) => value !== undefined)) ignored.push(name);
  }
  return { values, ignored };
}
