/** The folder of a path; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The path's last part without what follows its first dot. */
export function stemOf(path: string): string {
  return /([^/.]+)[^/]*$/.exec(path)?.[1] ?? '';
}

/** Joins folder and relative path and takes out `.` and `..`; undefined where it leaves the workspace. */
export function joined(folder: string, relative: string): string | undefined {
  const result = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') result.push(part);
    else if (result.pop() === undefined) return undefined;
  }
  return result.join('/');
}

/** A folder and all above it, the nearest first, the root ('') last. */
export function upwards(folder: string): string[] {
  const result = [folder];
  let at = folder;
  while (at !== '') {
    at = folderOf(at);
    result.push(at);
  }
  return result;
}

/** A name in a folder; the folder itself for an empty name. */
export function within(folder: string, name: string): string {
  if (name === '') return folder;
  return folder === '' ? name : `${folder}/${name}`;
}
