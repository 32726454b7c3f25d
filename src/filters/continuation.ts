import { isComment } from './english.ts';
import { onceAPlace } from './once.ts';
import { indentOf, isBlank } from './piece.ts';
import { columnOf, type Place } from './place.ts';
import { scan } from './scan.ts';

/** The line without a comment behind its code. */
export function withoutComment(line: string, { language }: Place): string {
  for (const mark of language.lineComments) {
    const at = line.indexOf(`  ${mark} `) < 0 ? line.indexOf(` ${mark} `) : line.indexOf(`  ${mark} `);
    if (at > 0 && scan(line.slice(0, at), language).inside === undefined) return line.slice(0, at);
  }
  return line;
}

/** The statement of the line goes on below it: it ends with a sign, or a word, that something has to follow. */
export function isUnfinished(line: string, place: Place): boolean {
  const code = withoutComment(line, place).trimEnd();
  if (isComment(code.trimStart(), place.language)) return false;
  return /(?:[^-+*/=<>!]|[=!<>]=)[-+*/%&|?=<.\\]$|&&$|\|\|$|=>$|\s(?:return|extends|implements|and|or|in|is|not)$/.test(
    code,
  );
}

/** The line goes on with the statement above it: it begins with a sign that stands between two things. */
export function isOnward(line: string): boolean {
  return /^\s*(?:\.[\w$]|\?\.|\?\? |&&|\|\||[?:+|&*%<] |[|](?=[A-Z])|- |(?:and|or) )/.test(line);
}

/** How much deeper than its first line the document goes on with a statement: most often one level, or two. */
export const continuationWidth = onceAPlace((place): number => {
  const counts = new Map<number, number>();
  let last = '';
  for (const line of [...place.above, ...place.below]) {
    if (isBlank(line) || isComment(line.trimStart(), place.language)) continue;
    const step = columnOf(indentOf(line), place.tabWidth) - columnOf(indentOf(last), place.tabWidth);
    if (step > 0 && step <= 8 && !isOnward(last) && (isOnward(line) || isUnfinished(last, place)))
      counts.set(step, (counts.get(step) ?? 0) + 1);
    last = line;
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? place.unitWidth;
});
