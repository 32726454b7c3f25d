import { isComment } from './english.ts';
import { onceAPlace } from './once.ts';
import { type Filter, isBlank } from './piece.ts';
import type { Place } from './place.ts';
import { scan } from './scan.ts';

/** Takes away white space at the end, but for the line break that text right of the caret stands on. */
export const trailing: Filter = {
  name: 'trailing',
  reason: 'nothing-answered',
  apply(piece, place) {
    const end = withStarSpace(piece.text.trimEnd(), piece.text, place);
    if (!piece.closed || piece.replace !== undefined || end === '') return { ...piece, text: end };
    const space = piece.text.slice(end.length);
    if (isBlank(place.lineSuffix))
      return { ...piece, text: !piece.cut && keepsLineBreak(piece.text, space, place) ? `${end}\n` : end };
    if (space.includes('\n') && (isBlank(place.linePrefix) || (!piece.cut && end.includes('\n')))) {
      return { ...piece, text: `${end}\n${before(space.slice(space.lastIndexOf('\n') + 1), place)}` };
    }
    // Whole lines before a line that begins right of the caret.
    if (place.linePrefix === '' && (/^\s/.test(place.lineSuffix) || end.includes('\n')))
      return { ...piece, text: `${end}\n` };
    // A line that something else follows was written with its end.
    const written = space.includes('\n') ? space.slice(0, space.indexOf('\n')) : piece.cut ? '' : space;
    if (written === ' ' && belongs(end, place)) return { ...piece, text: `${end} ` };
    const { inside } = scan(end, place.language, place.inside);
    return {
      ...piece,
      text:
        inside === undefined || /(?<!\\)\w {2,}$/.test(piece.text) ? end : end + (space.split('\n')[0] ?? ''),
    };
  },
};

/** The end of the text, with the space behind a star alone in its line, where the document writes one. */
function withStarSpace(end: string, text: string, place: Place): string {
  return text.startsWith(' ', end.length) && /(?:^|\n)[ \t]*\*$/.test(end) && hasStarSpaces(place)
    ? `${end} `
    : end;
}

const hasStarSpaces = onceAPlace(({ above, below }) =>
  [...above, ...below].some((line) => /^[ \t]*\* $/.test(line)),
);

/** The white space before what stands right of the caret: at least what stands before the caret, and none at the margin. */
function before(space: string, { linePrefix }: Place): string {
  return linePrefix !== '' && (!isBlank(linePrefix) || space.startsWith(linePrefix)) ? space : linePrefix;
}

/** A space after a comma, before a brace that opens a block, or before one whose other half is followed by one. */
function belongs(text: string, place: Place): boolean {
  if (/[,:=]$/.test(text) || (/^\{/.test(place.lineSuffix) && /[\w)\]>+-]$/.test(text))) return true;
  if (/^["'`\w(]/.test(place.lineSuffix) && /[\w)\]"'`] [-+*/%<>&|?]{1,2}$/.test(text)) return true;
  const opening = place.linePrefix.includes('{') ? '' : (place.above.at(-1) ?? '');
  return /^[}]/.test(place.lineSuffix) && /\{ /.test(opening + place.linePrefix + text);
}

/** At the margin of a blank line, whole lines with their line break may stand before a blank line that belongs there. */
function keepsLineBreak(text: string, space: string, place: Place): boolean {
  if (space !== '\n' || place.linePrefix !== '') return false;
  const next = place.below.find((line) => !isBlank(line)) ?? '';
  const end = text.trimEnd();
  const stars = /\n[ \t]*\*[^\n]*$/.test(`\n${end}`) || /^\s*\*/.test(next);
  // No blank line comes after what lists something, or in a comment whose lines carry marks.
  if (stars && scan(end, place.language, place.inside).inside === '*/') return false;
  const comment = isComment(end.slice(end.lastIndexOf('\n') + 1).trimStart(), place.language);
  if (place.inside === undefined && !comment && /[([,:.=]$|=>$/.test(end))
    return /\},$/.test(end) && hasGaps(place);
  // At the top of a file the line break makes the blank line between what is not of one kind.
  return /^[ \t]/.test(text)
    ? !/^\s*[)\]}]/.test(next)
    : next === place.below[0] || (next === place.below[1] && isDoubleSpaced(place));
}

/** Blank lines stand between elements of a list more often than not. */
function hasGaps({ above, below }: Place): boolean {
  let apart = 0;
  let together = 0;
  for (const lines of [above, below])
    for (const [index, line] of lines.entries()) {
      const next = lines[index + 1];
      if (next === undefined || !/^\s.*\},$/.test(line)) continue;
      if (isBlank(next)) apart++;
      else together++;
    }
  return apart > together;
}

/** Between functions stand two blank lines, as is the custom in Python. */
function isDoubleSpaced({ above, below, site }: Place): boolean {
  const blanks = (lines: readonly string[], count: number) =>
    lines.filter(
      (line, index) =>
        /^[}#/\w]/.test(line) &&
        lines.slice(index - count, index).every(isBlank) &&
        !isBlank(lines[index - count - 1] ?? ''),
    ).length;
  const two = blanks(below, 2) + blanks(above, 2);
  const one = blanks(below, 1) + blanks(above, 1);
  const next = below.find((line) => !isBlank(line)) ?? '';
  if (site.snapshot.languageId === 'python' && /^(?:async def|def|class|@)/.test(next)) return two >= one;
  return [above, below].some((lines) => blanks(lines, 2) > 1) && two > one;
}
