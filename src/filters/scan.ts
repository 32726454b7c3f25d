import type { Language } from './language.ts';

/** A bracket that has been opened and not closed. */
export interface Open {
  readonly bracket: string;
  /** Where it stands in the scanned text. */
  readonly offset: number;
}

/** A bracket that closes something opened before the scanned text. */
export interface Surplus {
  readonly bracket: string;
  readonly offset: number;
}

/** What a stretch of text is inside of at its end. */
export interface Scan {
  /** Brackets opened in the text and still open, outermost first. */
  readonly open: readonly Open[];
  /** Closing brackets that close nothing of the text, in order. */
  readonly surplus: readonly Surplus[];
  /** The end mark of the string or comment that the text ends within; undefined in code. A line comment's end mark is a line break. */
  readonly inside: string | undefined;
  /** A bracket was closed by one of another kind: the text is not what it seemed, and `surplus` ends there. */
  readonly crossed: boolean;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The bracket that closes `bracket`. */
export function closerOf(bracket: string): string {
  return closing[bracket] ?? '';
}

/** The characters after which a slash begins a regular expression rather than divides. */
const beforeRegex = '(,=:[!&|?{};+-*%~^';

/** What a scan stops at, in code and within each kind of string or comment; the expressions jump there. */
interface Stops {
  readonly code: RegExp;
  readonly within: Map<string, RegExp>;
}

const known = new Map<Language, Stops>();

/**
 * Follows strings, comments and brackets through `text`, without a grammar: it tells brackets that count from those in strings.
 * `inside` is the end mark of the string or comment that the text begins within.
 */
export function scan(text: string, language: Language, inside?: string): Scan {
  const open: Open[] = [];
  const surplus: Surplus[] = [];
  const stops = stopsOf(language);
  let crossed = false;
  let end = inside;
  let at = 0;
  // Where code began last, and the visible character before it that counts.
  let codeStart = 0;
  let visible = '\n';
  while (at < text.length) {
    if (end !== undefined) {
      const stop = stopWithin(end, stops, language);
      stop.lastIndex = at;
      if (!stop.test(text)) break;
      const reached = text.charAt(stop.lastIndex - 1);
      at = reached === '\\' ? stop.lastIndex + 1 : stop.lastIndex;
      if (reached === '\\') continue;
      if (reached !== '\n') visible = '"';
      end = undefined;
      codeStart = at;
      continue;
    }
    stops.code.lastIndex = at;
    if (!stops.code.test(text)) break;
    at = stops.code.lastIndex;
    const offset = at - 1;
    const char = text.charAt(offset);
    if (char === '(' || char === '[' || char === '{') open.push({ bracket: char, offset });
    else if (char === ')' || char === ']' || char === '}') {
      const opener = open.pop();
      if (opener === undefined && !crossed) surplus.push({ bracket: char, offset });
      else if (opener !== undefined && closerOf(opener.bracket) !== char) crossed = true;
    } else {
      const before = language.regex ? visibleBefore(text, codeStart, offset, visible) : visible;
      const begun = beginning(text, offset, language, before);
      if (begun !== undefined) {
        end = begun.end;
        at = offset + begun.length;
        codeStart = at;
        visible = before;
      }
    }
  }
  return { open, surplus, inside: end, crossed };
}

/** The last visible character of the code between two offsets; `before` where there is none. */
function visibleBefore(text: string, from: number, to: number, before: string): string {
  for (let at = to - 1; at >= from; at--) {
    const char = text.charAt(at);
    if (char !== ' ' && char !== '\t' && char !== '\n') return char;
  }
  return before;
}

function stopsOf(language: Language): Stops {
  const stops = known.get(language);
  if (stops !== undefined) return stops;
  const marks = [...language.lineComments, language.blockComment?.[0] ?? '', ...language.longQuotes];
  const signs = marks.map((mark) => mark.charAt(0)).join('') + language.quotes + (language.regex ? '/' : '');
  const made = { code: new RegExp(`[()[\\]{}${literally(signs)}]`, 'g'), within: new Map<string, RegExp>() };
  known.set(language, made);
  return made;
}

/** The end mark, a backslash that takes the next character with it, or the end of the line where a string ends with it. */
function stopWithin(end: string, { within }: Stops, language: Language): RegExp {
  const stop = within.get(end);
  if (stop !== undefined) return stop;
  const escapes = end === '\n' || end === '*/' || end === language.rawQuote ? '' : '|\\\\';
  const line = end.length === 1 && language.quotes.includes(end) ? '|\\n' : '';
  const made = new RegExp(`${literally(end)}${escapes}${line}`, 'g');
  within.set(end, made);
  return made;
}

function literally(text: string): string {
  return text.replace(/[-$.*+?^{}()|[\]\\/]/g, '\\$&');
}

/** The string, comment or regular expression that begins at an offset. */
function beginning(text: string, at: number, language: Language, lastVisible: string) {
  const char = text.charAt(at);
  for (const mark of language.lineComments) {
    if (text.startsWith(mark, at)) return { end: '\n', length: mark.length };
  }
  if (language.blockComment !== undefined && text.startsWith(language.blockComment[0], at)) {
    return { end: language.blockComment[1], length: language.blockComment[0].length };
  }
  for (const quote of language.longQuotes) {
    if (text.startsWith(quote, at)) return { end: quote, length: quote.length };
  }
  if (language.quotes.includes(char)) return { end: char, length: 1 };
  if (char === '/' && language.regex && (beforeRegex.includes(lastVisible) || lastVisible === '\n')) {
    return { end: undefined, length: regexLength(text, at) };
  }
  return undefined;
}

/** The length of a regular expression that begins at an offset. One that does not end takes the rest of its line: so it is the same while the line grows. */
function regexLength(text: string, at: number): number {
  let inClass = false;
  for (let i = at + 1; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\n') return i - at;
    if (char === '\\') i++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return i - at + 1;
  }
  return text.length - at;
}
