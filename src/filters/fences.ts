import { type Filter, isBlank } from './piece.ts';

/** A line that opens a fence: three or more backticks or tildes and a word for the language. */
const opening = /^[ \t]*(`{3,}|~{3,})[ \t]*[\w+#.:/-]*[^`~\n]*$/;

/** A line whose beginning may become a fence. */
const maybeFence = /^[ \t]*(`{1,2}|~{1,2})?$/;

/** Keeps what is inside of the first fence; a fence after code ends it. */
export const fences: Filter = {
  name: 'fences',
  reason: 'nothing-answered',
  apply(piece, place) {
    const { text, closed } = piece;
    if (place.language.prose && /^\s*(`{3}|~{3})/.test(place.site.snapshot.text)) return piece;
    const oneLine = /^\s*(`{3,})(?!`)([^\n]*?[^`\n])\1\s*$/.exec(text);
    if (closed && oneLine !== null)
      return { text: withoutTag(oneLine[2] ?? '', place.site.snapshot.languageId), closed };
    const start = text.search(/\S/);
    if (start < 0) return { text: closed ? text : '', closed };
    const lineStart = text.lastIndexOf('\n', start) + 1;
    const lineEnd = text.indexOf('\n', start);
    const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
    if (!closed && lineEnd < 0 && (maybeFence.test(line) || /^[ \t]*(`{3}|~{3})/.test(line))) {
      return { text: '', closed };
    }
    if (!opening.test(line)) return untilFence(text, closed);
    return lineEnd < 0 ? { text: '', closed } : untilFence(text.slice(lineEnd + 1), closed);
  },
};

/** Cuts before the first line that is or opens a fence. */
function untilFence(text: string, closed: boolean) {
  const fence = /(^|\n)[ \t]*(`{3,}|~{3,})/.exec(text);
  if (fence !== null) return { text: text.slice(0, fence.index), closed: true };
  const attached = /`{3,}[ \t]*(\n|$)/.exec(text);
  if (attached !== null && (closed || attached[1] === '\n'))
    return { text: text.slice(0, attached.index), closed: true };
  return { text: closed ? text : text.replace(/\n[ \t]*(`{1,2}|~{1,2})?$|`{1,}[ \t]*$/, ''), closed };
}

/** Text from a fence on one line, without the name of a language before it. */
function withoutTag(text: string, languageId: string): string {
  const tag = /^([\w+#-]+)[ \t]+/.exec(text);
  return tag !== null && (tag[1] ?? '').toLowerCase() === languageId && !isBlank(text.slice(tag[0].length))
    ? text.slice(tag[0].length)
    : text;
}
