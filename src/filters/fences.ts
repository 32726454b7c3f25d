import { cutTo, type Filter, indentOf, isBlank, type Piece } from './piece.ts';
import type { Place } from './place.ts';
import { scan } from './scan.ts';

/** A line that opens a fence: three or more backticks or tildes, and words for the language or the file. */
const opening = /^[ \t]*(`{3,}|~{3,})[^`~\n]*$/;

/** What may become such a line. */
const maybeFence = /^[ \t]*(?:`{1,2}|~{1,2})?$/;

/** Keeps what is inside of the first fence; a fence after code ends it. */
export const fences: Filter = {
  name: 'fences',
  reason: 'nothing-answered',
  apply(piece, place) {
    const { text, closed } = piece;
    if (place.language.prose) return piece;
    const start = text.search(/\S/);
    if (start < 0) return closed ? piece : { ...piece, text: '' };
    const inline = fromInline(text.trim(), piece, place);
    if (inline !== undefined) return inline;
    const lineStart = text.lastIndexOf('\n', start) + 1;
    const newline = text.indexOf('\n', start);
    const line = text.slice(lineStart, newline < 0 ? text.length : newline);
    if (newline < 0 && !closed && (maybeFence.test(line) || /^[ \t]*(`{3}|~{3})/.test(line))) {
      return { ...piece, text: '' };
    }
    const oneLine = /^\s*(`{3,})([^`\n].*?)\1\s*$/.exec(line);
    if (oneLine !== null) return cutTo(withoutTag(oneLine[2] ?? '', place), piece);
    const mark = opening.exec(line)?.[1];
    if (mark === undefined) return untilFence(text, '```', piece, true);
    if (newline < 0) return { ...piece, text: '' };
    const held = withoutIndent(text.slice(newline + 1), indentOf(line), place);
    const inner = innerFence(held, mark, piece);
    if (inner === 'undecided') return { ...piece, text: '' };
    return inner === 'no' ? untilFence(held, mark, piece) : fences.apply({ ...piece, text: held }, place);
  },
};

/**
 * What an indented fence holds stands in from the margin by as much more, as in an element of a list, unless it stands where the document's
 * own lines do.
 */
function withoutIndent(text: string, indent: string, place: Place): string {
  if (indent === '') return text;
  const first = indentOf(
    text
      .slice(0, (/\S/.exec(text)?.index ?? text.length) + 1)
      .split('\n')
      .at(-1) ?? '',
  );
  const above = place.above.findLast((line) => !isBlank(line)) ?? '';
  const own = isBlank(place.linePrefix) && place.linePrefix !== '' ? place.linePrefix : indentOf(above);
  if (!first.startsWith(indent) || (first === indent && own === indent)) return text;
  return text.replace(new RegExp(`(?<=^|\\n)[ \\t]{0,${indent.length}}`, 'g'), '');
}

/** Whether a fence begins with another one: one of another kind, or with a name; else it would be its end. */
function innerFence(text: string, mark: string, piece: Piece): 'yes' | 'no' | 'undecided' {
  const newline = text.indexOf('\n');
  const line = newline < 0 ? text : text.slice(0, newline);
  const found = /^[ \t]*(`{3,}|~{3,})[ \t]*([^`~\n]*)$/.exec(line);
  if (newline < 0 && !piece.closed) return found !== null || maybeFence.test(line) ? 'undecided' : 'no';
  if (found === null) return 'no';
  const other = !found[1]?.startsWith(mark);
  return other || found[2] !== '' ? 'yes' : 'no';
}

/** Code between backticks, as in a sentence. */
function fromInline(text: string, piece: Piece, place: Place): Piece | undefined {
  if (place.inside === '`' || !/^`(?!``)/.test(text) || isBelowString(place)) return undefined;
  if (!piece.closed) return /^`{1,2}[^`\n]*(?:`{1,2}\s*)?$/.test(text) ? { ...piece, text: '' } : undefined;
  const found = /^(`{1,2})([^`\n]+)\1$/.exec(text);
  const held = found?.[2] ?? '';
  const doubled = found?.[1] === '``' && place.inside === undefined;
  return held !== '' && (doubled || !isString(held, place)) ? cutTo(held, piece) : undefined;
}

/** Where backticks make a string, the line above begins with one. */
function isBelowString({ language, linePrefix, above }: Place): boolean {
  const line = above.findLast((other) => !isBlank(other)) ?? '';
  return language.longQuotes.includes('`') && isBlank(linePrefix) && /^\s*`/.test(line);
}

/** Where backticks make a string, what is between them is one unless it goes on with a word, is a statement, or its brackets do not close. */
function isString(held: string, place: Place): boolean {
  // The tag of a field.
  if (/^\w+:"/.test(held) && place.site.snapshot.languageId === 'go') return true;
  if (/\w$/.test(place.linePrefix) && /^\w/.test(held)) return false;
  if (place.inside !== undefined) return !held.endsWith(place.inside);
  if (!place.language.longQuotes.includes('`')) return false;
  const { open, surplus, inside } = scan(held, place.language);
  if (open.length + surplus.length > 0 || inside !== undefined || /^[^$]*[;{]$/.test(held)) return false;
  return !/^[^$]*\w\([^$]*\)$|^[\w.]+ (?:=|:=) /.test(held);
}

/** Cuts before the fence that closes, or that opens again. */
function untilFence(text: string, mark: string, piece: Piece, after = false): Piece {
  const sign = mark.charAt(0);
  const end = text.includes(mark) ? endOf(text, sign, mark.length, piece.closed) : text.length;
  // What the fence holds is the answer as a whole: white space at its end counts as the model's, unless a fence comes after it.
  if (end < text.length) return { ...piece, text: text.slice(0, end), closed: true, cut: after };
  if (piece.closed) return piece.text === text ? piece : { ...piece, text };
  const lastLine = text.lastIndexOf('\n') + 1;
  const begun = text.slice(lastLine).search(sign === '~' ? maybeClosing.tildes : maybeClosing.backticks);
  return { ...piece, text: begun < 0 ? text : text.slice(0, lastLine + begun) };
}

/** What of a line may be the beginning of the fence that closes. */
const maybeClosing = { backticks: /^[ \t]*(?:`+|~+)?$|`+[ \t]*$/, tildes: /^[ \t]*(?:`+|~+)?$|~+[ \t]*$/ };

/** Where a fence of so many signs stands first: on a line of its own, or right behind code. */
function endOf(text: string, sign: string, length: number, closed: boolean): number {
  const own = new RegExp(`(?:^|\\n)[ \\t]*${sign}{${length},}`).exec(text);
  // Behind a comment's mark and a space it is an example's.
  const attached = new RegExp(`(?<=\\S)(?<!${sign})${sign}{${length},}[ \\t]*(\\n|$)`).exec(text);
  const ends = [own?.index, closed || attached?.[1] === '\n' ? attached?.index : undefined];
  return Math.min(...ends.map((index) => index ?? text.length));
}

/** Text from a fence on one line, without the name of the language before it. */
function withoutTag(text: string, place: Place): string {
  const tag = /^([\w+#-]+)[ \t]+(?=\S)/.exec(text);
  const known = [place.site.snapshot.languageId, ...(place.language.names ?? [])];
  return tag !== null && known.includes((tag[1] ?? '').toLowerCase()) && !isBlank(text.slice(tag[0].length))
    ? text.slice(tag[0].length)
    : text;
}
