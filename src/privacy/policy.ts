import type { Log } from '../core/ports.ts';
import { type FolderRules, folderRules, ignoredBy, patternMatcher } from './ignoreRules.ts';
import { foldersOf, placePath } from './paths.ts';
import { sensitivePaths } from './sensitivePaths.ts';

/** Why a file's text stays on the machine. */
export interface Refusal {
  readonly rule:
    | 'secret-file'
    | 'exclude-setting'
    | 'gitignore'
    | 'foretypeignore'
    | 'outside-workspace'
    | 'not-read-yet';
  /** A whole sentence for the user. */
  readonly reason: string;
}

/** What is known of a file besides its path. */
export interface PathFacts {
  /** The user opened it in an editor: then it may lie outside of the workspace. */
  readonly openedByUser?: boolean;
  /** The path after following symbolic links, in the same form as the path; judged as well where it differs. */
  readonly realPath?: string;
  /** The setting `foretype.exclude`. */
  readonly exclude?: readonly string[];
}

/** Decides which files' text may leave the machine, for all backends but the built-in one and for the index as well. */
export interface Policy {
  /** Reads the ignore files that matter to the path, once; call it when a document is opened. Never rejects but by abort. */
  prepare(path: string, signal: AbortSignal): Promise<void>;
  /** Undefined when the text may leave. Without `prepare` before it, the answer for a workspace file is 'not-read-yet'. */
  mayLeave(path: string, facts?: PathFacts): Refusal | undefined;
  /** `prepare`, then `mayLeave`: what the Workspace port asks before it hands out a text. */
  ask(path: string, facts: PathFacts, signal: AbortSignal): Promise<Refusal | undefined>;
  /** An ignore file was made, changed or deleted. */
  changed(path: string): void;
}

/** What the policy needs: the text of a file by workspace path, or undefined if there is none. It is used for ignore files only. */
export type ReadIgnoreFile = (path: string, signal: AbortSignal) => Promise<string | undefined>;

const ignoreFiles = [
  { name: '.gitignore', rule: 'gitignore' },
  { name: '.foretypeignore', rule: 'foretypeignore' },
] as const;

/** How many ignore files' rules are kept; a monorepo has some hundreds. */
const mostFolders = 5_000;

const secretFiles = sensitivePaths.map((group) => ({ ...group, matcher: patternMatcher(group.patterns) }));

/** Makes the policy of one window. */
export function createPolicy(options: { read: ReadIgnoreFile; log: Log }): Policy {
  const rules = new Map<string, Promise<void> | FolderRules | undefined>();
  const excluded = new Map<string, ReturnType<typeof patternMatcher>>();

  function load(file: string, signal: AbortSignal): Promise<void> | undefined {
    const known = rules.get(file);
    if (known instanceof Promise) return known;
    if (rules.has(file)) return undefined;
    if (rules.size >= mostFolders) rules.clear();
    const reading: Promise<void> = Promise.resolve()
      .then(() => options.read(file, signal))
      .then(
        (text) => settle(text === undefined ? undefined : folderRules(text)),
        (error: unknown) => {
          // Unread rules might exclude anything, so the path stays shut until the next try.
          if (rules.get(file) === reading) rules.delete(file);
          if (!signal.aborted) options.log.warn(`${file} could not be read: ${String(error)}`);
        },
      );
    function settle(found: FolderRules | undefined): void {
      // Not when `changed` was told meanwhile: then this text may be the old one.
      if (rules.get(file) === reading) rules.set(file, found);
    }
    rules.set(file, reading);
    return reading;
  }

  async function prepare(path: string, signal: AbortSignal): Promise<void> {
    const placed = placePath(path);
    if (placed.kind === 'outside') return;
    const files = foldersOf(placed.path).flatMap((folder) =>
      ignoreFiles.map(({ name }) => inFolder(folder, name)),
    );
    await Promise.all(files.map((file) => load(file, signal)));
  }

  function byIgnoreFiles(path: string): Refusal | undefined {
    for (const { name, rule } of ignoreFiles) {
      const known = foldersOf(path).map((folder) => [folder, rules.get(inFolder(folder, name))] as const);
      const unread = known.find(
        ([folder, found]) => found instanceof Promise || !rules.has(inFolder(folder, name)),
      );
      if (unread !== undefined) {
        return {
          rule: 'not-read-yet',
          reason: `The rules of ${inFolder(unread[0], name)} have not been read yet.`,
        };
      }
      const byFolder = new Map(known);
      const hit = ignoredBy(path, (folder) => {
        const found = byFolder.get(folder);
        return found instanceof Promise ? undefined : found;
      });
      if (hit !== undefined) {
        return { rule, reason: `${inFolder(hit.folder, name)} excludes it: ${shown(hit.pattern)}.` };
      }
    }
    return undefined;
  }

  function bySetting(path: string, patterns: readonly string[]): Refusal | undefined {
    if (patterns.length === 0) return undefined;
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

  function judge(path: string, facts: PathFacts): Refusal | undefined {
    const placed = placePath(path);
    if (placed.path === '') return undefined;
    const secret = secretFiles.find((group) => group.matcher.ignores(placed.path));
    if (secret !== undefined) return { rule: 'secret-file', reason: `This file is ${secret.reason}.` };
    const set = bySetting(placed.path, facts.exclude ?? []);
    if (set !== undefined) return set;
    if (placed.kind === 'inside') return byIgnoreFiles(placed.path);
    if (facts.openedByUser === true) return undefined;
    return {
      rule: 'outside-workspace',
      reason: 'This file is outside of the workspace, and you have not opened it.',
    };
  }

  function mayLeave(path: string, facts: PathFacts = {}): Refusal | undefined {
    const real = facts.realPath;
    return judge(path, facts) ?? (real === undefined || real === path ? undefined : judge(real, facts));
  }

  return {
    prepare,
    mayLeave,
    ask: async (path, facts, signal) => {
      await prepare(path, signal);
      if (facts.realPath !== undefined) await prepare(facts.realPath, signal);
      return mayLeave(path, facts);
    },
    changed: (path) => {
      rules.delete(placePath(path).path);
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
