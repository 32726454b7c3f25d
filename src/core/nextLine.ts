import type { Suggestion } from './outcome.ts';
import type { Site } from './site.ts';
import { linePrefixOf, lineStartAt, lineSuffixOf } from './snapshot.ts';
import { closers } from './unclosed.ts';

/** A line of a documentation comment after which editors begin the next one with a star. */
const inDocumentation = /^[ \t]*(?:\/\*\*|\*(?: |$))(?!.*\*\/)/;

/**
 * Whether ghost text that begins on a next line would leave the screen, or change, when Enter is typed, though that agrees with it. VS Code keeps it
 * through blank lines, deeper lines and lines that step back. It does not between two brackets, which the editor moves apart, and not where a
 * documentation comment ends, which the editor goes on with; and a line that is to stand less deep than the editor begins it, without stepping back,
 * goes along with the editor.
 */
export function breaksAtEnter({ text, replace }: Pick<Suggestion, 'text' | 'replace'>, site: Site): boolean {
  const [, blankLines, indent] = /^[ \t]*((?:\r?\n[ \t]*)*)\r?\n([ \t]*)(?=\S)/.exec(text) ?? [];
  if (indent === undefined) return false;
  const prefix = linePrefixOf(site.snapshot);
  const opener = prefix.trimEnd().at(-1) ?? '';
  const closer = closers[opener];
  if (closer !== undefined && lineSuffixOf(site.snapshot).startsWith(closer))
    return replace === 0 || !text.trimEnd().includes(`\n${blanksOf(prefix)}${closer}`);
  if (inDocumentation.test(prefix)) return !/^\*[ \t]+[^\s/]/.test(text.trimStart());
  // The editor takes the blanks of a line away that is left empty.
  if (prefix.trim() === '') return lineSuffixOf(site.snapshot).trim() !== '';
  if (blankLines !== '') return false;
  const expected = blanksOf(prefix) + (closer === undefined ? '' : site.snapshot.indentUnit);
  return !indent.startsWith(expected) && !isBack(indent, prefix);
}

/**
 * How many blanks before the caret are too many for what a draft goes on with: a line that stays empty holds none, and the editor may have indented
 * a line like the one above, from which the draft steps back.
 *
 * @param shift what the line is indented by in addition to the draft's own
 * @param shared how much of that the draft's lines above it have as well
 */
export function outdentAt({ snapshot }: Site, text: string, shift: string, shared: string): number {
  const prefix = linePrefixOf(snapshot);
  if (prefix.trim() !== '') return 0;
  if (/^\r?\n/.test(text)) return lineSuffixOf(snapshot).trim() === '' ? prefix.length : 0;
  const added = shift.length - shared.length;
  const above = snapshot.text.slice(0, lineStartAt(snapshot.text, snapshot.caret)).trimEnd();
  if (added <= 0 || closers[above.at(-1) ?? ''] !== undefined) return 0;
  const own = prefix.slice(0, prefix.length - added);
  return isBack(own, above.slice(lineStartAt(above, above.length))) ? added : 0;
}

function isBack(indent: string, above: string): boolean {
  return indent.length < blanksOf(above).length;
}

function blanksOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
