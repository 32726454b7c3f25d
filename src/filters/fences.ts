import { cutTo, type Filter, isBlank, type Piece } from './piece.ts';
import type { Place } from './place.ts';

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
    const lineStart = text.lastIndexOf('\n', start) + 1;
    const newline = text.indexOf('\n', start);
    const line = text.slice(lineStart, newline < 0 ? text.length : newline);
    if (newline < 0 && !closed && (maybeFence.test(line) || /^[ \t]*(`{3}|~{3})/.test(line))) {
      return { ...piece, text: '' };
    }
    const oneLine = /^\s*(`{3,})([^`\n].*?)\1\s*$/.exec(line);
    if (oneLine !== null) return cutTo(withoutTag(oneLine[2] ?? '', place), piece);
    const mark = opening.exec(line)?.[1];
    if (mark === undefined) return untilFence(text, '```', piece);
    if (newline < 0) return { ...piece, text: '' };
    return untilFence(text.slice(newline + 1), mark, piece);
  },
};

/** Cuts before the fence that closes, or that opens again. */
function untilFence(text: string, mark: string, piece: Piece): Piece {
  const sign = mark.charAt(0);
  const own = new RegExp(`(?:^|\\n)[ \\t]*${sign}{${mark.length},}`).exec(text);
  // Behind code; behind a comment's mark and a space it is an example's.
  const attached = new RegExp(`(?<=\\S)(?<!${sign})${sign}{${mark.length},}[ \\t]*(\\n|$)`).exec(text);
  const ends = [own?.index, piece.closed || attached?.[1] === '\n' ? attached?.index : undefined];
  const end = Math.min(...ends.map((index) => index ?? Number.POSITIVE_INFINITY));
  // What the fence holds is the answer as a whole: white space at its end counts as the model's.
  if (end < text.length) return { ...piece, text: text.slice(0, end), closed: true, cut: false };
  const begun = new RegExp(`(?<=^|\\n)[ \\t]*(?:\`+|~+)?$|${sign}+[ \\t]*$`);
  return { ...piece, text: piece.closed ? text : text.replace(begun, '') };
}

/** Text from a fence on one line, without the name of the language before it. */
function withoutTag(text: string, place: Place): string {
  const tag = /^([\w+#-]+)[ \t]+(?=\S)/.exec(text);
  const known = [place.site.snapshot.languageId, ...(place.language.names ?? [])];
  return tag !== null && known.includes((tag[1] ?? '').toLowerCase()) && !isBlank(text.slice(tag[0].length))
    ? text.slice(tag[0].length)
    : text;
}
