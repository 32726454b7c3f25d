import { isStatement, type Place } from './place.ts';

/**
 * What no sentence before the code begins with, where nothing has led in yet: a string, a parenthesis, a number, a bullet, and a name
 * as programs have them. Much code does, and it would not be shown before it is told from a sentence.
 */
export function beginsAsCode(line: string, place: Place): boolean {
  const { language, site } = place;
  const start = line.trimStart();
  if (/^["'(•]|^- /.test(start)) return true;
  // Sentences are numbered where a statement may begin.
  if (/^\d/.test(start)) return !isStatement(place) || !/^\d\d?(?:[.)](?:\s.*)?)?$/.test(start);
  const word = /^[A-Za-z_$][\w$]*/.exec(start)?.[0] ?? '';
  if (!/^[A-Z]{4}|[_$\d]|[a-z][A-Z]|^[A-Z]{2,}[a-z]{2}/.test(word)) return false;
  return ![site.snapshot.languageId, ...(language.names ?? [])].includes(word.toLowerCase());
}

/** In a comment of several lines, a star begins the next one. */
export function goesOnComment(line: string, { inside }: Place): boolean {
  return inside === '*/' && /^\s*\*[^*]/.test(line);
}
