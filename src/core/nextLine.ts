import type { Suggestion } from './outcome.ts';
import type { Site } from './site.ts';
import { linePrefixOf, lineStartAt, lineSuffixOf } from './snapshot.ts';
import { closers } from './unclosed.ts';

/**
 * Whether ghost text that begins on a next line would leave the screen when Enter is typed, though that agrees with it: VS Code keeps it only where the
 * line that the editor then begins is the one that the text begins with. It is not where blank lines come first (the editor takes the blanks of an
 * empty line away), where the text is indented less than the editor indents, and between two brackets, which the editor moves apart.
 */
export function breaksAtEnter({ text, replace }: Pick<Suggestion, 'text' | 'replace'>, site: Site): boolean {
  const [, blankLines, indent] = /^[ \t]*((?:\r?\n[ \t]*)*)\r?\n([ \t]*)(?=\S)/.exec(text) ?? [];
  if (indent === undefined) return false;
  const prefix = linePrefixOf(site.snapshot);
  if (blankLines !== '' || prefix.trim() === '') return true;
  const opener = prefix.trimEnd().at(-1) ?? '';
  const closer = closers[opener];
  const expected = blanksOf(prefix) + (closer === undefined ? '' : site.snapshot.indentUnit);
  if (!indent.startsWith(expected)) return true;
  const isBetween = closer !== undefined && lineSuffixOf(site.snapshot).startsWith(closer);
  return isBetween && (replace === 0 || !text.trimEnd().includes(`\n${blanksOf(prefix)}${closer}`));
}

/**
 * How many blanks before the caret are too many for the line that a draft goes on with, because the editor has indented it like the line above, from
 * which the draft steps back.
 *
 * @param shift what the line is indented by in addition to the draft's own
 * @param shared how much of that the draft's lines above it have as well
 */
export function outdentAt({ snapshot }: Site, shift: string, shared: string): number {
  const prefix = linePrefixOf(snapshot);
  const added = shift.length - shared.length;
  if (added <= 0 || prefix.trim() !== '') return 0;
  const above = snapshot.text.slice(0, lineStartAt(snapshot.text, snapshot.caret)).trimEnd();
  const isBack = prefix.length - added < blanksOf(above.slice(lineStartAt(above, above.length))).length;
  return isBack ? added : 0;
}

function blanksOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
