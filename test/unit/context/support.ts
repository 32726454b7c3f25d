import { type Context, createContext } from '../../../src/context/index.ts';
import { languageOf } from '../../../src/core/languages.ts';
import type { Clock, ContextSource, Workspace } from '../../../src/core/ports.ts';
import type { Snippet } from '../../../src/core/prompt.ts';
import type { SourceText } from '../../../src/core/snapshot.ts';
import { keepingLog, realSyntax, snapshotAt, stillClock } from '../syntax/support.ts';

const syntaxLog = keepingLog();
/** One for all tests of a file: the grammars are loaded once. */
export const syntax = realSyntax(syntaxLog);
let questions = 0;

/** The text of files by path. */
export type Tree = Readonly<Record<string, string>>;

/** A file of a tree as a document. */
export function sourceOf(files: Tree, path: string, home = `file:///${questions}/`): SourceText | undefined {
  const text = files[path];
  if (text === undefined) return undefined;
  return { uri: `${home}${path}`, path, languageId: languageOf(path) ?? 'plaintext', version: 1, text };
}

/** A workspace of files; those in `open` are open. */
export function workspaceOf(files: Tree, open: readonly string[] = []): Workspace {
  return {
    open: () => open.map((path) => sourceOf(files, path)).filter((source) => source !== undefined),
    read: async (path) => sourceOf(files, path),
    async list(folder) {
      const start = folder === '' ? '' : `${folder}/`;
      const inside = Object.keys(files).filter((path) => path.startsWith(start));
      return [...new Set(inside.map((path) => path.slice(start.length).replace(/\/.*$/, '/')))];
    },
  };
}

/** What a test may set. */
export interface Setting {
  readonly open?: readonly string[];
  readonly maxChars?: number;
  readonly workspace?: Workspace;
  readonly extraSources?: readonly ContextSource[];
  readonly clock?: Clock;
  /** Called before gathering. */
  readonly before?: (context: Context) => void;
  readonly signal?: AbortSignal;
}

/** Gathers at the █ of one file of a tree. */
export async function gathered(
  files: Tree,
  path: string,
  setting: Setting = {},
): Promise<{ snippets: readonly Snippet[]; log: readonly string[]; sent: string }> {
  const lines = syntaxLog.lines.length;
  const log = keepingLog();
  // Every question has its own documents, as the syntax part remembers them by name and version.
  const home = `file:///${++questions}/`;
  const languageId = languageOf(path) ?? 'plaintext';
  await syntax.ready(languageId);
  const snapshot = { ...snapshotAt(files[path] ?? '', languageId, `${home}${path}`), path };
  const context = createContext({
    outline: syntax.outline,
    typeOf: syntax.typeOf,
    workspace: setting.workspace ?? workspaceOf(files, setting.open),
    clock: setting.clock ?? stillClock(),
    log,
    budgetMs: 50,
    extraSources: setting.extraSources ?? [],
  });
  setting.before?.(context);
  const signal = setting.signal ?? new AbortController().signal;
  const snippets = await context.gather(syntax.survey(snapshot), setting.maxChars ?? 6000, signal);
  context.dispose();
  syntax.close(snapshot.uri);
  return {
    snippets,
    log: [...syntaxLog.lines.slice(lines), ...log.lines],
    sent: snippets.map((one) => `${one.path}\n${one.text}\n`).join(''),
  };
}
