import type { Resolve } from './importer.ts';
import { resolveDotted } from './resolveDotted.ts';
import { resolveEcmascript } from './resolveEcmascript.ts';
import { resolveGo } from './resolveGo.ts';
import { resolvePath } from './resolvePath.ts';
import { resolvePython } from './resolvePython.ts';
import { resolveRust } from './resolveRust.ts';

const resolvers: Readonly<Record<string, Resolve>> = {
  typescript: resolveEcmascript,
  typescriptreact: resolveEcmascript,
  javascript: resolveEcmascript,
  javascriptreact: resolveEcmascript,
  python: resolvePython,
  go: resolveGo,
  rust: resolveRust,
  java: resolveDotted,
  kotlin: resolveDotted,
  scala: resolveDotted,
  csharp: resolveDotted,
  php: resolveDotted,
  lua: resolveDotted,
  c: resolvePath,
  cpp: resolvePath,
  ruby: resolvePath,
  shellscript: resolvePath,
};

/** How the language of the file finds what it imports. */
export function resolverOf(languageId: string): Resolve {
  return resolvers[languageId] ?? (async () => []);
}
