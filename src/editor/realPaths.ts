import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** A workspace folder on disk. */
export interface Root {
  /** What workspace paths of the folder begin with: its name where there are several folders, else empty. */
  readonly prefix: string;
  readonly folder: string;
}

/**
 * Makes the function that says where a workspace path leads after all symbolic links: a workspace path again if it stays in a folder of
 * the workspace, also where the folder itself is reached by a link, else an absolute path with forward slashes. A path of nothing on
 * disk stays as it is.
 */
export function createRealPath(roots: () => readonly Root[]): (file: string) => Promise<string> {
  return async (file) => {
    const onDisk = onDiskOf(file, roots());
    const real = onDisk === undefined ? undefined : await realOf(onDisk);
    if (real === undefined) return file;
    for (const { prefix, folder } of roots()) {
      const inside = path.relative((await realOf(folder)) ?? folder, real);
      if (inside === '' || inside.startsWith('..') || path.isAbsolute(inside)) continue;
      const parts = inside.split(path.sep);
      return (prefix === '' ? parts : [prefix, ...parts]).join('/');
    }
    return real.split(path.sep).join('/');
  };
}

function onDiskOf(file: string, roots: readonly Root[]): string | undefined {
  if (path.isAbsolute(file)) return file;
  for (const { prefix, folder } of roots) {
    if (prefix === '') return path.join(folder, file);
    if (file.startsWith(`${prefix}/`)) return path.join(folder, file.slice(prefix.length + 1));
  }
  return undefined;
}

async function realOf(onDisk: string): Promise<string | undefined> {
  try {
    return await realpath(onDisk);
  } catch (error) {
    // Not saved yet, or deleted a moment ago. A loop of links or a lack of rights is the caller's to judge.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
