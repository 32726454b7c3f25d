/** A file or folder as the disk lists it. */
export interface DiskEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
}

/** The disk, by workspace paths. Answers nothing for what is not there (any more) or may not be read. */
export interface Disk {
  list(folder: string): Promise<readonly DiskEntry[]>;
}

/** Says what is left out. `entered` is awaited before anything of a folder is asked for, so that its ignore file can be read. */
export interface CrawlRules {
  entered(folder: string, names: readonly string[]): Promise<void>;
  /** Folders end in a slash. */
  skips(path: string): boolean;
}

/** Folders whose content is other people's, or made by a machine, whatever ignore files say. */
const foreign = new Set(
  (
    'node_modules bower_components dist build out target vendor third_party .git .hg .svn .venv venv __pycache__ ' +
    '.tox .mypy_cache .pytest_cache .next .nuxt .cache .gradle .idea .vscode-test coverage site-packages Pods'
  ).split(' '),
);

/** Folders below each other, so that a link that leads in a circle ends. */
const maxDepth = 40;
/** Folders, and names of files and folders, looked at in all. */
const maxFolders = 100_000;
const maxNames = 1_000_000;

/** Whether a path (of a folder with a slash at its end) lies in a folder of other people's or a machine's files. */
export function isForeign(path: string): boolean {
  return path
    .split('/')
    .slice(0, -1)
    .some((folder) => foreign.has(folder));
}

/** The files below the roots, nearer ones first; the caller takes as many as it wants. */
export async function* crawl(
  disk: Disk,
  roots: readonly string[],
  rules: CrawlRules,
): AsyncGenerator<string, void> {
  const queue = [...roots];
  let seen = 0;
  for (let at = 0; at < queue.length && at < maxFolders && seen < maxNames; at++) {
    const folder = queue[at] ?? '';
    const entries = [...(await disk.list(folder))].sort((a, b) => (a.name < b.name ? -1 : 1));
    seen += entries.length;
    await rules.entered(
      folder,
      entries.map(({ name }) => name),
    );
    for (const { name, kind } of entries) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'folder') {
        if (path.split('/').length <= maxDepth && !rules.skips(`${path}/`)) queue.push(path);
      } else if (kind === 'file' && !rules.skips(path)) yield path;
    }
  }
}
