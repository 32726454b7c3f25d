import { isDirective } from './lineKinds.ts';
import { onceAPlace } from './once.ts';
import { indentOf, isBlank } from './piece.ts';
import type { Place } from './place.ts';
import { scan } from './scan.ts';

/**
 * Which of the lines are indented with spaces though tabs are the document's way: in C, those that go on at the margin between
 * parentheses, four spaces in where the document does so or below what follows the parenthesis, and those that go on with a directive.
 */
export function continued(lines: readonly string[], first: string, place: Place): Set<number> {
  const found = new Set<number>();
  if (!place.language.preprocessor) return found;
  const all = [`${place.linePrefix}${first}`, ...lines];
  let column = parenthesisColumn(place);
  for (const [index, line] of lines.entries()) {
    const above = all[index] ?? '';
    const { open, surplus } = scan(above, place.language);
    const last = open.at(-1);
    if (last !== undefined)
      column = last.bracket === '(' && indentOf(above) === '' ? behind(above, last.offset) : undefined;
    else if (surplus.length > 0) column = undefined;
    const width = /^ +(?=\S)/.exec(line)?.[0].length ?? 0;
    if (column !== undefined && (width === column || (width === 4 && continuesWithSpaces(place))))
      found.add(index);
    if (isDirective(above, place) && above.trimEnd().endsWith('\\')) found.add(index);
  }
  return found;
}

/** The column of what follows the parenthesis around the caret that was opened at the margin. */
function parenthesisColumn({ enclosing, above, linePrefix }: Place): number | undefined {
  const around = enclosing.at(-1);
  if (around?.bracket !== '(' || around.column > 0) return undefined;
  const text = [...above, linePrefix].join('\n');
  const start = text.lastIndexOf('\n', around.offset) + 1;
  return behind(text.slice(start).split('\n')[0] ?? '', around.offset - start);
}

/** The column behind a bracket, where something follows it on its line; else 0. */
function behind(line: string, offset: number): number {
  return isBlank(line.slice(offset + 1)) ? 0 : offset + 1;
}

/** Heads of functions and calls go on four spaces in more often than a tab. */
const continuesWithSpaces = onceAPlace((place): boolean => {
  let spaces = 0;
  let tabs = 0;
  let last = '';
  for (const line of [...place.above, '', ...place.below]) {
    const indent = indentOf(last);
    const deeper = line.startsWith(indent) ? line.slice(indent.length) : '';
    if (/[,(&|=+]$/.test(last) && /^ {4}["&(*\w]/.test(deeper)) spaces++;
    else if (/\([^)]*,$/.test(last) && deeper.startsWith('\t')) tabs++;
    last = line;
  }
  return spaces > tabs;
});
