import { isStatement, type Place } from './place.ts';

/**
 * What no sentence before the code begins with, where the one before it, if any, ends with a colon: a string, a parenthesis, and a name as
 * programs have them; at the very beginning a number and a bullet too. Much code does, and it would not be shown before it is told from a
 * sentence.
 */
export function beginsAsCode(line: string, before: string | undefined, place: Place): boolean {
  if (before !== undefined && !/:\s*$/.test(before)) return false;
  const { language, site } = place;
  const start = line.trimStart();
  if (/^["'(]/.test(start)) return true;
  if (before === undefined && /^•|^- /.test(start)) return true;
  // Sentences are numbered where a statement may begin.
  if (/^\d/.test(start) && before === undefined)
    return !isStatement(place) || !/^\d\d?(?:[.)](?:\s.*)?)?$/.test(start);
  const word = /^[A-Za-z_$][\w$]*/.exec(start)?.[0] ?? '';
  if (!/^[A-Z]{4}|[_$\d]|[a-z][A-Z]|^[A-Z]{2,}[a-z]{2}/.test(word)) return false;
  return ![site.snapshot.languageId, ...(language.names ?? [])].includes(word.toLowerCase());
}

/** In a comment of several lines, a star begins the next one. */
export function goesOnComment(line: string, { inside }: Place): boolean {
  return inside === '*/' && /^\s*\*[^*]/.test(line);
}
