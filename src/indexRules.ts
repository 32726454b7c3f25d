import type { CrawlRules } from './builtin/crawl.ts';
import type { Shelf } from './builtin/shelf.ts';
import { type FolderRules, folderRules, ignoredBy, patternMatcher } from './privacy/ignoreRules.ts';
import { ignoreFileNames, secretFile } from './privacy/policy.ts';

/** What the built-in predictor leaves alone, as far as the user or the file's name say so. */
export interface IndexRules extends CrawlRules {
  /** Replaces the patterns, as in .gitignore, that hold besides the ignore files. */
  exclude(patterns: readonly string[]): void;
}

/** Ignore files are rarely longer, bytes; longer ones are read in more goes. */
const usualLength = 4096;

/** Ignore files are read from the shelf when their folder is entered, and again each time that it is. */
export function createIndexRules(shelf: Pick<Shelf, 'text'>): IndexRules {
  /** By path of the ignore file. */
  const read = new Map<string, FolderRules>();
  let excluded = patternMatcher([]);
  return {
    exclude(patterns) {
      excluded = patternMatcher(patterns);
    },
    async entered(folder, names) {
      for (const name of ignoreFileNames) {
        const path = within(folder, name);
        const found = names.includes(name) ? await shelf.text(path, usualLength) : undefined;
        if (found === undefined) read.delete(path);
        else read.set(path, folderRules(found));
      }
    },
    skips: (path) =>
      secretFile(path) !== undefined ||
      excluded.ignores(path) ||
      ignoreFileNames.some(
        (name) => ignoredBy(path, (folder) => read.get(within(folder, name))) !== undefined,
      ),
  };
}

function within(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
