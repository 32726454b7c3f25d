import ignore, { type Ignore } from 'ignore';
import { foldersOf } from './paths.ts';

/** The rules of one ignore file, for paths relative to its folder. */
export type FolderRules =
  | { readonly kind: 'rules'; readonly matcher: Ignore }
  | { readonly kind: 'too-large' };

/** What an ignore file says of a path. */
export interface IgnoreHit {
  readonly pattern: string;
  /** The folder of the ignore file, '' for the root. */
  readonly folder: string;
}

/**
 * Past this, in characters, an ignore file is not read but believed to exclude its whole folder: a regular expression per line costs
 * time at every new path. The largest of GitHub's collection of .gitignore files have some 10,000.
 */
const largestIgnoreFile = 64_000;

/**
 * Each `**` between folders multiplies the time of a look-up by the depth of the path: with ten of them one line of a stranger's repository
 * stops the editor. Patterns of real projects hold one or two.
 */
const mostDeepStars = 2;

/** Makes the rules of an ignore file's text. Never throws. */
export function folderRules(text: string): FolderRules {
  if (text.length > largestIgnoreFile) return { kind: 'too-large' };
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return {
    kind: 'rules',
    matcher: ignore({ ignorecase: true, allowRelativePaths: true }).add(lines.flatMap(tamed)),
  };
}

/** A matcher for patterns that are not from a file: the settings' and the built-in ones. */
export function patternMatcher(patterns: readonly string[]): Ignore {
  return ignore({ ignorecase: true, allowRelativePaths: true }).add(patterns.flatMap(tamed));
}

/**
 * As git does it: a folder that is excluded takes everything below along; nearer ignore files win over farther ones.
 * `rulesOf` gives the rules of a folder, undefined where it has no ignore file.
 */
export function ignoredBy(
  path: string,
  rulesOf: (folder: string) => FolderRules | undefined,
): IgnoreHit | undefined {
  const folders = foldersOf(path);
  for (const target of [...folders.slice(1).map((folder) => `${folder}/`), path]) {
    let hit: IgnoreHit | undefined;
    for (const folder of folders) {
      if (folder !== '' && !target.startsWith(`${folder}/`)) break;
      const relative = folder === '' ? target : target.slice(folder.length + 1);
      if (relative === '') break;
      const rules = rulesOf(folder);
      if (rules === undefined) continue;
      if (rules.kind === 'too-large')
        return { pattern: 'the whole file, which is too large to be read', folder };
      const result = rules.matcher.test(relative);
      if (result.ignored) hit = { pattern: result.rule?.pattern ?? '*', folder };
      else if (result.unignored) hit = undefined;
    }
    if (hit !== undefined) return hit;
  }
  return undefined;
}

/** A pattern with too many `**` is cut to a coarser one, which excludes more; one that would re-include is left out. */
function tamed(line: string): string[] {
  const stars = [...line.matchAll(/\*\*\//g)];
  const last = stars[mostDeepStars - 1];
  if (stars.length <= mostDeepStars || last === undefined || line.startsWith('#')) return [line];
  return line.startsWith('!') ? [] : [line.slice(0, last.index + 2)];
}
