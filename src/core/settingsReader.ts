import {
  cloudServices,
  defaultSettings,
  guardedSettings,
  localTemplates,
  type Settings,
} from './settings.ts';

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

/** What a value must be; the words are the editor's. */
export type Demand =
  | { readonly kind: 'text' | 'flag' | 'list' | 'table' | 'price' | 'address' }
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'word'; readonly words: readonly string[] };

/** A value that cannot be used as it was set. */
export type SettingProblem =
  /** A workspace's value of a setting that is the user's alone; it is ignored. */
  | { readonly kind: 'workspace'; readonly name: keyof Settings }
  /** The default is used. */
  | { readonly kind: 'wrong'; readonly name: keyof Settings; readonly must: Demand }
  /** It stays as it is, for the default would send code where the user never wanted it; the backend refuses to work with it. */
  | { readonly kind: 'refused'; readonly name: keyof Settings; readonly must: Demand };

/** A check of a value: the value in use, and what it would have to be if it is not. */
type Check = (
  value: unknown,
) => { readonly use: unknown; readonly must?: Demand } | { readonly must: Demand };

const text: Check = (value) =>
  typeof value === 'string' ? { use: value.trim() } : { must: { kind: 'text' } };
const flag: Check = (value) => (typeof value === 'boolean' ? { use: value } : { must: { kind: 'flag' } });
const between =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most
      ? { use: value }
      : { must: { kind: 'number', least, most } };
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string) ? { use: value } : { must: { kind: 'word', words } };
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((entry) => 'use' in check(entry))
      ? { use: value }
      : { must: { kind: 'list' } };
const tableOf =
  (check: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value).every((entry) => 'use' in check(entry))
      ? { use: value }
      : { must: { kind: 'table' } };
const price: Check = (value) =>
  isRecord(value) &&
  ['input', 'cachedInput', 'output'].every((name) => typeof value[name] === 'number' && value[name] >= 0)
    ? { use: value }
    : { must: { kind: 'price' } };
const prices: Check = (value) =>
  'use' in tableOf(price)(value) ? { use: value } : { must: { kind: 'price' } };

/** Where code is sent is never guessed: a text that names no service or address is handed on, and refused there. */
const service: Check = (value) => {
  const checked = text(value);
  if (!('use' in checked)) return checked;
  return cloudServices.some((name) => name === checked.use)
    ? checked
    : { ...checked, must: { kind: 'word', words: cloudServices } };
};
const address: Check = (value) => {
  const checked = text(value);
  if (!('use' in checked)) return checked;
  const written = String(checked.use);
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `http://${written}`;
  const fits = written === '' || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol));
  return fits ? checked : { ...checked, must: { kind: 'address' } };
};

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
  'cloud.service': service,
  'cloud.endpoint': address,
  'cloud.model': text,
  'cloud.modelByLanguage': tableOf(text),
  'cloud.apiVersion': text,
  'local.endpoint': address,
  'local.model': text,
  'local.protocol': oneOf('auto', 'chat', 'completions', 'infill', 'ollama'),
  'local.template': oneOf(...localTemplates),
  'budget.daily': between(0, 100_000),
  'budget.monthly': between(0, 1_000_000),
  prices,
};

/**
 * Reads every setting once. A value that cannot be used gives way to the default and is reported; so is a workspace's value of a
 * guarded setting, which is ignored even where VS Code would let it through.
 */
export function readSettings(inspect: (name: keyof Settings) => Inspected): {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
} {
  const problems: SettingProblem[] = [];
  const settings: Record<string, unknown> = {};
  for (const name of Object.keys(checks) as (keyof Settings)[]) {
    const inspected = inspect(name);
    const guarded = guardedSettings.includes(name);
    if (guarded && fromWorkspace(inspected) !== undefined) problems.push({ kind: 'workspace', name });
    const own = inspected.globalLanguageValue ?? inspected.globalValue ?? defaultSettings[name];
    const workspace = guarded ? undefined : fromWorkspace(inspected);
    const value = name === 'languages' ? languagesOf(own, workspace) : (workspace ?? own);
    const checked = checks[name](value);
    const kind = 'use' in checked ? 'refused' : 'wrong';
    if (checked.must !== undefined) problems.push({ kind, name, must: checked.must });
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
