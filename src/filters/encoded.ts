import type { Language } from './language.ts';
import { type Filter, isBlank, type Piece } from './piece.ts';
import { isStatement, type Place } from './place.ts';
import { scan } from './scan.ts';

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&apos;': "'",
  '&nbsp;': ' ',
};
const entity = /&(?:lt|gt|amp|quot|apos|nbsp|#39|#x27);/g;

/** Strings of a document with one of any kind mean them. */
const anyEntity = /&(?:lt|gt|amp|quot|apos|nbsp|#\d+|#x[\da-f]+);/i;

/** The names under which models put an answer into a JSON object; the first few hardly any code uses. */
const telling = /^\{\s*"(?:completion|insert|insertion|suggestion)"/;
const names = 'completion code text answer insert insertion result output content suggestion response'.split(
  ' ',
);
const member = new RegExp(`^\\{\\s*"(?:${names.join('|')})"\\s*:\\s*"`);

/** Decodes an answer that is one JSON string, or an object with one, and code that was written for a web page. */
export const encoded: Filter = {
  name: 'encoded',
  reason: 'nothing-answered',
  apply(piece, place) {
    if (place.language.prose || place.language.markup) return piece;
    return withoutEntities(fromJson(piece, place), place);
  },
};

function fromJson(piece: Piece, place: Place): Piece {
  const text = piece.text.trim();
  if (!/^(?:"|\{\s*(?:"|$))/.test(text)) return piece;
  if (!piece.closed) return mayBeJson(text) && !isString(text, place) ? { ...piece, text: '' } : piece;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What is no JSON is code.
    return piece;
  }
  if (typeof value === 'object' && value !== null) {
    const values = Object.values(value);
    value = values.length === 1 && member.test(text) ? values[0] : undefined;
  }
  return typeof value === 'string' && isCode(value, text, /^\s/.test(piece.text), place)
    ? { ...piece, text: value }
    : piece;
}

/** What has begun as a string, or as an object with one, may be all that comes. */
function mayBeJson(text: string): boolean {
  if (text.startsWith('"')) return /^"(?:[^"\\\n]|\\.)*(?:\\|"?)$/.test(text);
  const begun = /^\{\s*(?:"([a-z]*)$)?/.exec(text);
  if (begun?.[0] === text) return names.some((name) => name.startsWith(begun[1] ?? ''));
  return member.test(text)
    ? /^\{\s*"[a-z]*"\s*:\s*"(?:[^"\\\n]|\\.)*(?:\\|"\s*\}?)?$/.test(text)
    : /^\{\s*"[a-z]*"\s*(?::\s*)?$/.test(text) && names.includes(/[a-z]+/.exec(text)?.[0] ?? '');
}

/** Where a string goes with the line as it stands, or with the strings above, one that has begun is code. */
function isString(text: string, place: Place): boolean {
  if (!text.startsWith('"') || place.site.zone !== 'code' || place.inside !== undefined) return false;
  if (isBelowString(place)) return /^"[^\\]/.test(text);
  if (isBlank(place.linePrefix) || /[\w.$)\]]$/.test(place.linePrefix)) return false;
  return unfit('""', place) === 0;
}

/** Strings below each other make one string, or a list. */
function isBelowString({ linePrefix, above }: Place): boolean {
  return isBlank(linePrefix) && /^\s*"/.test(above.findLast((line) => !isBlank(line)) ?? '');
}

/** Whether a string, or an object with one, holds the code instead of being code: as it stands it would not go with the line. */
function isCode(value: string, text: string, apart: boolean, place: Place): boolean {
  const { language, linePrefix } = place;
  if (value.trim() === '') return false;
  if (telling.test(text)) return true;
  // Nobody comments with an object alone.
  if (text.startsWith('{') && (place.inside === '\n' || place.inside === '*/')) return true;
  if (text.startsWith('{') && value.startsWith('\n')) return true;
  if (place.site.zone !== 'code' || place.inside !== undefined)
    return text.startsWith('{') && value.includes('\n');
  if (isBelowString(place) && text.startsWith('"') && !value.startsWith('"')) return false;
  const object = text.startsWith('{');
  const lines = value.trimEnd();
  if (isBlank(linePrefix) && /\n[ \t]+\S/.test(lines)) return true;
  if (isStatement(place)) return object || /[\n;{]/.test(lines) || isStatementText(lines, language);
  // Right behind a word there is no string, but for a prefix as in `r"…"`.
  const prefix = apart ? '' : (/[\w.$)\]]+$/.exec(linePrefix)?.[0] ?? '');
  if (prefix !== '' && !(object ? /[)\]\w]$/ : /^(?:[rbfuRLU]{1,2}|u8)$/).test(prefix)) return true;
  return unfit(value, place) < unfit(text, place);
}

/** A string alone is a statement in scripts and, as documentation, in Python. */
function isStatementText(lines: string, language: Language): boolean {
  if (!language.regex && !language.offside) return /\W/.test(lines);
  return /^(?:from|import|return|def|class|for|if|while|with|raise|yield|const|let|export|await|throw|function)\s|^[\w.]+(?:\(.*\)|\s*[-+*]?=\s.*|\s.*\(.*\).*)$/.test(
    lines,
  );
}

/** Brackets and quotes of the caret's line, with `text` at the caret, that go without their other half. */
function unfit(text: string, place: Place): number {
  const line = `${place.linePrefix}${text}${place.lineSuffix}`;
  const { open, surplus, inside } = scan(line, place.language, place.insideLine);
  return open.length + surplus.length + (inside === undefined ? 0 : 1);
}

/** In a comment, entities are what models write, but for the signs that documentation comments have to write so. */
function isCommentSign(sign: string, inside: string, { language, linePrefix, above }: Place): boolean {
  if (inside !== '\n' && inside !== '*/') return false;
  return (
    /["']/.test(sign) ||
    (inside === '\n' && !/^\s*\/\/\//.test(linePrefix || (above.at(-1) ?? ''))) ||
    language.preprocessor ||
    language.regex
  );
}

/** Within a string an entity may be meant, unless all signs before it that have one are written so. */
function isAllEncoded(sign: string, before: string): boolean {
  return sign !== ' ' && !/["<>]|&(?!(?:lt|gt|amp|quot|apos|nbsp|#39|#x27);)/.test(before);
}

/** What makes the page of a documentation comment, which is written as it is: tags, and the parameter that is a type. */
const documentationTag = /^\/?(?:p|[uod]l|li|pre|a|[bi]|em|code|tt|h\d|br|strong|span|div|table|t[rdh])\b/;

/** Signs written for a web page become what they stand for where they stand in code or end a string; once one has, all do. */
function withoutEntities(piece: Piece, place: Place): Piece {
  const held = piece.closed ? piece.text : piece.text.replace(/&[a-z#\dx]{0,5}$/, '');
  if (held.search(entity) < 0) return { ...piece, text: held };
  const document = place.site.snapshot.text;
  const meant = document.search(entity) >= 0;
  let text = '';
  let decoding = false;
  let last = 0;
  for (const { 0: found, index } of held.matchAll(entity)) {
    text += held.slice(last, index);
    last = index + found.length;
    const sign = entities[found] ?? found;
    if (!decoding) {
      const { inside } = scan(text, place.language, place.inside);
      const comment = inside === '\n' || inside === '*/';
      // Which tag it is has to be there.
      if (comment && sign === '<' && !piece.closed && held.length - last < tagLength)
        return { ...piece, text };
      if (inside === undefined) decoding = !meant || !place.language.preprocessor;
      else if (comment) {
        const tag = sign === '<' && documentationTag.test(held.slice(last, last + tagLength));
        decoding = !meant && (tag || isCommentSign(sign, inside, place));
      } else decoding = !anyEntity.test(document) && (inside.startsWith(sign) || isAllEncoded(sign, text));
    }
    text += decoding ? sign : found;
  }
  return { ...piece, text: text + held.slice(last) };
}

/** So many characters tell a tag. */
const tagLength = 8;
