import { getNodeValue, parseTree } from 'jsonc-parser';
import { guardedSettings } from '../core/settings.ts';

/**
 * The guarded settings that a workspace's settings file tries to set, in the flat form (`"foretype.cloud.endpoint"`) and in all nested ones.
 * VS Code ignores them without a word, as they are machine-scoped; the user should know what a repository wanted.
 */
export function attemptsIn(settingsJson: string): string[] {
  const root = parseTree(settingsJson);
  const value: unknown = root === undefined ? undefined : getNodeValue(root);
  const found = new Set<string>();
  const names = new Set<string>(guardedSettings.map((name) => `foretype.${name}`));
  const walk = (at: unknown, path: string): void => {
    if (names.has(path)) found.add(path);
    if (typeof at !== 'object' || at === null || Array.isArray(at)) return;
    for (const [key, inner] of Object.entries(at)) {
      // `"[python]": { … }` holds settings for one language.
      const next = /^\[.*\]$/.test(key) && path === '' ? '' : path === '' ? key : `${path}.${key}`;
      if (next === '' || [...names].some((name) => name === next || name.startsWith(`${next}.`)))
        walk(inner, next);
    }
  };
  walk(value, '');
  return [...found];
}
