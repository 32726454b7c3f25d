import { defaultSettings, guardedSettings, type Settings } from './settings.ts';

/** The values of one setting at the levels at which VS Code keeps them. */
export interface Inspected {
  readonly defaultValue?: unknown;
  readonly globalValue?: unknown;
  readonly globalLanguageValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceLanguageValue?: unknown;
  readonly workspaceFolderValue?: unknown;
  readonly workspaceFolderLanguageValue?: unknown;
}

/** A check of a value: the value in use, or what is wrong with it as the end of a sentence. */
type Check = (value: unknown) => { readonly use: unknown } | { readonly wrong: string };

const text: Check = (value) =>
  typeof value === 'string' ? { use: value.trim() } : { wrong: 'must be a text' };
const flag: Check = (value) =>
  typeof value === 'boolean' ? { use: value } : { wrong: 'must be true or false' };
const between =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most
      ? { use: value }
      : { wrong: `must be a number from ${least} to ${most}` };
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string) ? { use: value } : { wrong: `must be one of ${words.join(', ')}` };
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((entry) => 'use' in check(entry))
      ? { use: value }
      : { wrong: 'must be a list of valid entries' };
const tableOf =
  (check: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value).every((entry) => 'use' in check(entry))
      ? { use: value }
      : { wrong: 'must be a table of valid entries' };
const price: Check = (value) =>
  isRecord(value) &&
  ['input', 'cachedInput', 'output'].every((name) => typeof value[name] === 'number' && value[name] >= 0)
    ? { use: value }
    : { wrong: 'must hold input, cachedInput and output in dollars per million tokens' };

/** The bounds repeat what package.json tells VS Code, which only warns. */
const checks: { readonly [Name in keyof Settings]: Check } = {
  backend: oneOf('builtin', 'cloud', 'local'),
  fallback: listOf(oneOf('builtin', 'cloud', 'local')),
  languages: tableOf(flag),
  'suggest.delay': between(0, 5000),
  'suggest.showDelay': between(0, 5000),
  'suggest.maxLines': between(1, 40),
  'suggest.askAhead': flag,
  instant: flag,
  'context.maxTokens': between(200, 32_000),
  exclude: listOf(text),
  'cloud.service': text,
  'cloud.endpoint': text,
  'cloud.model': text,
  'cloud.modelByLanguage': tableOf(text),
  'cloud.apiVersion': text,
  'local.endpoint': text,
  'local.model': text,
  'local.protocol': oneOf('auto', 'chat', 'completions', 'infill', 'ollama'),
  'local.template': text,
  'budget.daily': between(0, 100_000),
  'budget.monthly': between(0, 1_000_000),
  prices: tableOf(price),
};

/**
 * Reads every setting once. A value that cannot be used gives way to the default and is reported in a sentence; so is a
 * workspace's value of a guarded setting, which is ignored even where VS Code would let it through.
 */
export function readSettings(inspect: (name: keyof Settings) => Inspected): {
  readonly settings: Settings;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const name of Object.keys(checks) as (keyof Settings)[]) {
    const inspected = inspect(name);
    const guarded = guardedSettings.includes(name);
    if (guarded && fromWorkspace(inspected) !== undefined) {
      problems.push(`This workspace sets foretype.${name}; only your user settings may, so it is ignored.`);
    }
    const own = inspected.globalLanguageValue ?? inspected.globalValue ?? defaultSettings[name];
    const workspace = guarded ? undefined : fromWorkspace(inspected);
    const value = name === 'languages' ? languagesOf(own, workspace) : (workspace ?? own);
    const checked = checks[name](value);
    if ('wrong' in checked) problems.push(`foretype.${name} ${checked.wrong}; the default is used.`);
    settings[name] = 'use' in checked ? checked.use : defaultSettings[name];
  }
  return { settings: Object.freeze(settings) as unknown as Settings, problems };
}

/** A workspace may switch languages off, and none on that its user has switched off. */
function languagesOf(own: unknown, workspace: unknown): unknown {
  if (!isRecord(own) || !isRecord(workspace)) return own;
  const switched = Object.entries(workspace).filter(([, on]) => typeof on === 'boolean');
  const switchedOff = Object.entries(own).filter(([, on]) => on === false);
  return { ...own, ...Object.fromEntries([...switched, ...switchedOff]) };
}

function fromWorkspace(inspected: Inspected): unknown {
  return (
    inspected.workspaceFolderLanguageValue ??
    inspected.workspaceFolderValue ??
    inspected.workspaceLanguageValue ??
    inspected.workspaceValue
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
