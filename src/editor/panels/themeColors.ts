import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import type { Log } from '../../core/ports.ts';
import { type TokenColors, tokenColors } from './tokenColors.ts';

/** A chain of themes that include each other is no longer than this in any theme; a circle ends here. */
const longestChain = 8;

/**
 * The colours of code in a theme, read from the theme's own files, as a page is not told them. `name` is the theme's as the
 * page knows it. Empty where the theme is not installed on this side of a remote connection: the page then uses its defaults.
 */
export async function themeColors(name: string, log: Log): Promise<TokenColors> {
  const uri = themeUri(name);
  if (uri === undefined) return {};
  try {
    return tokenColors(await chain(uri, longestChain));
  } catch (error) {
    log.warn(`The colour theme could not be read: ${error instanceof Error ? error.message : 'unknown'}`);
    return {};
  }
}

async function chain(uri: vscode.Uri, depth: number): Promise<readonly unknown[]> {
  const bytes = await vscode.workspace.fs.readFile(uri);
  const theme: unknown = parse(new TextDecoder().decode(bytes));
  const include: unknown =
    typeof theme === 'object' && theme !== null ? Reflect.get(theme, 'include') : undefined;
  if (typeof include !== 'string' || depth === 0) return [theme];
  return [...(await chain(vscode.Uri.joinPath(uri, '..', include), depth - 1)), theme];
}

function themeUri(name: string): vscode.Uri | undefined {
  for (const { extensionUri, packageJSON } of vscode.extensions.all) {
    const contributes: unknown = Reflect.get(Object(packageJSON), 'contributes');
    const themes: unknown = Reflect.get(Object(contributes), 'themes');
    if (!Array.isArray(themes)) continue;
    for (const theme of themes) {
      const [id, label, path]: unknown[] = ['id', 'label', 'path'].map((key) =>
        Reflect.get(Object(theme), key),
      );
      if ((id === name || label === name) && typeof path === 'string') {
        return vscode.Uri.joinPath(extensionUri, path);
      }
    }
  }
  return undefined;
}
