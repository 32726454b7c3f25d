import { type Filter, indentOf, isBlank } from './piece.ts';
import { isContinuedString, type Place } from './place.ts';
import { scan } from './scan.ts';

/** Languages in whose code, strings apart, no backslash stands but at the end of a line. */
const languages = /^(?:typescript|javascript)(?:react)?$|^(?:python|go|java|kotlin|c|cpp|csharp|rust)$/;

/** What an answer holds that was written as a string of JSON, or as Markdown. */
const written = /\\([nt"_*#[\]<>])/g;

/** Takes the backslashes off where they are code: line breaks, tabs, quotes and the signs of Markdown; once one went, all like it do. */
export const escapes: Filter = {
  name: 'escapes',
  reason: 'nothing-answered',
  apply(piece, place) {
    if (
      isContinuedString(place) ||
      !piece.text.includes('\\') ||
      !languages.test(place.site.snapshot.languageId)
    )
      return piece;
    const held = piece.closed ? piece.text : piece.text.replace(/\\(?:n\s*\/?|_(?:\\_)*\\?)?$/, '');
    return { ...piece, text: unescaped(held, place) };
  },
};

function unescaped(held: string, place: Place): string {
  let text = '';
  let kind: 'string' | 'markdown' | undefined;
  let last = 0;
  for (const { 0: found, 1: sign = '', index } of held.matchAll(written)) {
    text += held.slice(last, index);
    last = index + found.length;
    const own = /[nt"]/.test(sign) ? 'string' : 'markdown';
    const rest = held.slice(last);
    if (kind === undefined && isPlain(text, sign, rest, place)) kind = own;
    text += kind !== own ? found : sign === 'n' ? '\n' : sign === 't' ? '\t' : sign;
  }
  return text + held.slice(last);
}

/**
 * True where no backslash belongs: in code, regular expressions apart, and in a comment before the signs of Markdown or where the comment's
 * mark begins the next line, or white space as before the caret.
 */
function isPlain(before: string, sign: string, rest: string, place: Place): boolean {
  // No string and no comment needs a backslash before an underscore; letters drawn of these have some without.
  if (sign === '_') {
    const drawn = /^(?:\\_)*_/.test(rest) || /\\__[^\n]*$/.test(before);
    return !drawn && !place.site.snapshot.text.includes('\\_');
  }
  const { inside } = scan(before, place.language, place.inside);
  if (inside === '\n' || inside === '*/') {
    if (sign === 'n') return /^\s*(?:\*|\/\/|#)/.test(rest) || isIndentedAlike(rest, place);
    return /[*#]/.test(sign) && !place.site.snapshot.text.includes(`\\${sign}`);
  }
  if (inside !== undefined) return false;
  const start = before.lastIndexOf('\n') + 1;
  const line = `${start === 0 ? place.linePrefix : ''}${before.slice(start)}`;
  return !place.language.regex || !line.replace(/(["'`]).*?\1|\*\/|\/\*|\/\//g, '').includes('/');
}

/** What follows begins with the white space of the caret's line. */
function isIndentedAlike(rest: string, { linePrefix, above }: Place): boolean {
  const line =
    isBlank(linePrefix) && linePrefix === '' ? above.findLast((other) => !isBlank(other)) : linePrefix;
  const indent = indentOf(`${line ?? ''}x`);
  return (
    (indent.length >= 2 || indent === '\t') &&
    rest.startsWith(indent) &&
    /^\S/.test(rest.slice(indent.length))
  );
}
