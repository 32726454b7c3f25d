/** A path as the policy compares it. */
export type PlacedPath =
  | { readonly kind: 'inside'; readonly path: string }
  /** Outside of every workspace folder; `path` is whole as far as it is known. */
  | { readonly kind: 'outside'; readonly path: string };

/**
 * Puts a path into one form: forward slashes, no `.` and `..`, and none of the endings that Windows ignores (`x.env.`, `x.env `,
 * `x.env::$DATA`), since they name the same file. A path that climbs out of its root, or is absolute, is outside.
 */
export function placePath(path: string): PlacedPath {
  const slashed = path.replaceAll('\\', '/');
  const absolute = /^(?:\/|~|[A-Za-z]:|[A-Za-z][\w+.-]+:\/\/)/.test(slashed);
  const parts: string[] = [];
  let climbed = false;
  for (const raw of slashed.split('/')) {
    const part = plainName(raw);
    if (raw === '..') climbed = parts.pop() === undefined || climbed;
    else if (raw !== '.' && part !== '') parts.push(part);
  }
  return { kind: absolute || climbed ? 'outside' : 'inside', path: parts.join('/') };
}

/** Deeper paths are nobody's source code, and the time to judge a path grows with its depth. */
const deepest = 64;

/** Whether a placed path has more folders than any project needs. */
export function isTooDeep(path: string): boolean {
  return path.split('/').length > deepest;
}

/** The folders above a path, outermost first: `a/b/c.ts` has ``, `a` and `a/b`. */
export function foldersOf(path: string): string[] {
  const folders = [''];
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    folders.push(path.slice(0, slash));
  }
  return folders;
}

function plainName(part: string): string {
  return (
    part
      .replace(/:.*$/s, '')
      // A control character in a name has no honest use and could split a pattern's view of it.
      .replace(/\p{Cc}/gu, '')
      .replace(/(?<=[^.])[. ]+$/, '')
  );
}
