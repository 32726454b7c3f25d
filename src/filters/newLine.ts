import { type Filter, indentOf, isBlank } from './piece.ts';
import { columnOf, type Place } from './place.ts';
import { scan } from './scan.ts';

/** Begins the answer on a line of its own where its indentation shows that it was meant so: models lose the first line break. */
export const newLine: Filter = {
  name: 'new line',
  reason: 'nothing-answered',
  apply(piece, place) {
    if (isBlank(place.linePrefix) || !isBlank(place.lineSuffix) || place.inside !== undefined) return piece;
    if (!piece.closed && isBlank(piece.text)) return { ...piece, text: '' };
    return startsLine(piece.text, place) ? { ...piece, text: `\n${piece.text}` } : piece;
  },
};

function startsLine(text: string, place: Place): boolean {
  const before = place.linePrefix.trimEnd();
  const indent = indentOf(text);
  if (text === '' || indent.includes('\n')) return false;
  const own = columnOf(indentOf(place.linePrefix), place.tabWidth);
  const column = columnOf(indent, place.tabWidth);
  const start = text.slice(indent.length);
  if (/^(?:\/\/|\/\*|#|--|\\)/.test(start) && column !== own && column !== own + place.unitWidth)
    return false;
  const opens = /[{([]$|=>$/.test(before) || (place.language.offside && before.endsWith(':'));
  if (opens) return (indent.startsWith('\t') || column >= 2) && column > own && before === place.linePrefix;
  const ends = /[;,}]$/.test(before) || place.language.offside || isBlank(before.replace(/\/\/.*|#.*/, ''));
  if (column > 0) return ends && column === own && before === place.linePrefix && column >= 2;
  // At the margin only a finished statement tells that a new line is due.
  return (
    own === 0 && /;$/.test(before) && /^\w/.test(start) && scan(before, place.language).open.length === 0
  );
}
