import type { Log } from '../core/ports.ts';
import { folderRules, ignoredBy, patternMatcher } from './ignoreRules.ts';
import { foldersOf, isTooDeep, placePath } from './paths.ts';
import { remembering } from './remembering.ts';
import { sensitivePaths } from './sensitivePaths.ts';

/** Why a file's text stays on the machine. */
export interface Refusal {
  readonly rule:
    | 'secret-file'
    | 'exclude-setting'
    | 'gitignore'
    | 'foretypeignore'
    | 'outside-workspace'
    | 'too-deep'
    | 'not-read-yet';
  /** A whole sentence for the user. */
  readonly reason: string;
}

/** Decides which files' text may leave the machine; for the index of the built-in predictor as well. */
export interface Policy {
  /** Reads what matters to the path: ignore files once, where it leads each time. Call it when a document is opened. */
  prepare(path: string, signal: AbortSignal): Promise<void>;
  /**
   * Undefined when the text may leave. Without `prepare` before it, the answer for a workspace file is 'not-read-yet'.
   * `exclude` is the setting.
   */
  judge(path: string, exclude: readonly string[]): Refusal | undefined;
  /** `prepare`, then `judge`: what the Workspace port asks before it hands out a text. Rejects only by abort. */
  ask(path: string, exclude: readonly string[], signal: AbortSignal): Promise<Refusal | undefined>;
  /** A file was made, changed or deleted: what was read of it is read again at the next `prepare`. */
  changed(path: string): void;
}

/** What the policy needs to know of the world. Paths are workspace paths, absolute outside of the workspace. */
export interface PolicyPorts {
  /** The text of an ignore file; undefined if there is none. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** Where a path leads after all symbolic links; the same path where there are none. */
  readonly realPath: (path: string) => Promise<string>;
  /** Whether the user has the file in a tab: then it may lie outside of the workspace. */
  readonly openedByUser: (path: string) => boolean;
  readonly log: Log;
}

const ignoreFiles = [
  { name: '.gitignore', rule: 'gitignore' },
  { name: '.foretypeignore', rule: 'foretypeignore' },
] as const;

/** The names of ignore files. */
export const ignoreFileNames = ignoreFiles.map(({ name }) => name);

const secretFiles = sensitivePaths.map((group) => ({ ...group, matcher: patternMatcher(group.patterns) }));

/** Why a file of this path is nobody's reading whatever its content, as the end of "This file is …"; undefined for all others. */
export function secretFile(placedPath: string): string | undefined {
  return secretFiles.find((group) => placedPath !== '' && group.matcher.ignores(placedPath))?.reason;
}

/** Makes the policy of one window. */
export function createPolicy(ports: PolicyPorts): Policy {
  const rules = remembering(async (file) => {
    const text = await ports.read(file);
    return text === undefined ? undefined : folderRules(text);
  }, ports.log);
  const realPaths = remembering((path) => ports.realPath(path), ports.log);
  const excluded = new Map<string, ReturnType<typeof patternMatcher>>();

  async function prepare(path: string, signal: AbortSignal): Promise<void> {
    // Links are not watched: a repository may put one in the place of a file at any time.
    await Promise.all([prepareRules(path), realPaths.renew(path)]);
    const real = realPaths.get(path);
    if (real?.found !== undefined && real.found !== path) await prepareRules(real.found);
    signal.throwIfAborted();
  }

  async function prepareRules(path: string): Promise<void> {
    const placed = placePath(path);
    if (placed.kind === 'outside' || isTooDeep(placed.path)) return;
    const files = foldersOf(placed.path).flatMap((folder) =>
      ignoreFiles.map(({ name }) => inFolder(folder, name)),
    );
    await Promise.all(files.map((file) => rules.learn(file)));
  }

  function byIgnoreFiles(path: string): Refusal | undefined {
    const folders = foldersOf(path);
    for (const { name, rule } of ignoreFiles) {
      const unread = folders.find((folder) => rules.get(inFolder(folder, name)) === undefined);
      if (unread !== undefined) {
        return {
          rule: 'not-read-yet',
          reason: `The rules of ${inFolder(unread, name)} have not been read yet.`,
        };
      }
      const hit = ignoredBy(path, (folder) => rules.get(inFolder(folder, name))?.found);
      if (hit !== undefined) {
        return { rule, reason: `${inFolder(hit.folder, name)} excludes it: ${shown(hit.pattern)}.` };
      }
    }
    return undefined;
  }

  function bySetting(path: string, patterns: readonly string[]): Refusal | undefined {
    if (patterns.length === 0 || path === '') return undefined;
    const key = patterns.join('\n');
    const matcher = excluded.get(key) ?? patternMatcher(patterns);
    if (excluded.size > 20) excluded.clear();
    excluded.set(key, matcher);
    const found = matcher.test(path);
    if (!found.ignored) return undefined;
    return {
      rule: 'exclude-setting',
      reason: `The setting foretype.exclude excludes it: ${shown(found.rule?.pattern ?? '*')}.`,
    };
  }

  function judgeOne(path: string, exclude: readonly string[], opened: boolean): Refusal | undefined {
    const placed = placePath(path);
    if (isTooDeep(placed.path)) {
      return { rule: 'too-deep', reason: 'This file lies in more folders than the rules are checked for.' };
    }
    const secret = secretFile(placed.path);
    if (secret !== undefined) return { rule: 'secret-file', reason: `This file is ${secret}.` };
    const set = bySetting(placed.path, exclude);
    if (set !== undefined) return set;
    if (placed.kind === 'inside') return byIgnoreFiles(placed.path);
    if (opened) return undefined;
    return {
      rule: 'outside-workspace',
      reason: 'This file is outside of the workspace, and you have not opened it.',
    };
  }

  function judge(path: string, exclude: readonly string[]): Refusal | undefined {
    const real = realPaths.get(path);
    if (real?.found === undefined) {
      return { rule: 'not-read-yet', reason: 'Where this path leads has not been looked up yet.' };
    }
    const opened = ports.openedByUser(path);
    const refusal = judgeOne(path, exclude, opened);
    // A link may lead anywhere; that the user opened its name does not open what another repository put behind it.
    return refusal ?? (real.found === path ? undefined : judgeOne(real.found, exclude, opened));
  }

  return {
    prepare,
    judge,
    ask: async (path, exclude, signal) => {
      await prepare(path, signal);
      return judge(path, exclude);
    },
    changed: (path) => {
      rules.forget(placePath(path).path);
      realPaths.forget(path);
    },
  };
}

function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** A pattern as it may stand in a sentence: it is a stranger's text. */
function shown(pattern: string): string {
  return `“${pattern.slice(0, 80).replace(/[^\x20-\x7e]/g, '?')}”`;
}
