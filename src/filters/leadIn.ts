import { isBlank } from './piece.ts';
import { isStatement, type Place } from './place.ts';

/** Whether sentences have led in: the last one may go on, or it ends with a colon or its paragraph, and code is next. */
export type Led = 'not yet' | 'on' | 'to code';

/**
 * What no sentence before the code begins with, unless in the middle of others: a string, a parenthesis, and a name as programs have them;
 * at the very beginning a number and a bullet too. Much code does, and it would not be shown before it is told from a sentence.
 */
export function beginsAsCode(line: string, led: Led, place: Place): boolean {
  if (led === 'on') return false;
  const { language, site } = place;
  const start = line.trimStart();
  if (/^["'(]/.test(start)) return true;
  if (led === 'not yet' && /^•|^- /.test(start)) return true;
  // Sentences are numbered where a statement may begin.
  if (led === 'not yet' && /^\d/.test(start))
    return !isStatement(place) || !/^\d\d?(?:[.)](?:\s.*)?)?$/.test(start);
  if (start.startsWith('`') && language.longQuotes.includes('`') && !isStatement(place)) return true;
  // A member and its value, and columns.
  if (/^\w+: *["'`\d[&{(*-]|^\w[\w ]*\w:? {2,}\S/.test(start)) return true;
  const word = /^[A-Za-z_$][\w$]*/.exec(start)?.[0] ?? '';
  if (!/^[A-Z]{4}|[_$\d]|[a-z][A-Z]|^[A-Z]{2,}[a-z]{2}/.test(word)) return false;
  return ![site.snapshot.languageId, ...(language.names ?? [])].includes(word.toLowerCase());
}

/** What a sentence, or a blank line after it, leaves open. */
export function ledBy(line: string, led: Led): Led {
  if (isBlank(line)) return led === 'on' ? 'to code' : led;
  return /:\s*$/.test(line) ? 'to code' : 'on';
}

/** True if one of the lines begins as code does, where sentences stand before it. */
export function reachCode(lines: readonly string[], place: Place): boolean {
  let led: Led = 'not yet';
  for (const line of lines) {
    if (!isBlank(line) && beginsAsCode(line, led, place)) return true;
    led = ledBy(line, led);
  }
  return false;
}

/** In a comment of several lines, a star begins the next one. */
export function goesOnComment(line: string, { inside }: Place): boolean {
  return inside === '*/' && /^\s*\*[^*]/.test(line);
}
