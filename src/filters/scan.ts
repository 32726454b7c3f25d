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

/**
 * Follows strings, comments and brackets through `text`, without a grammar: it tells brackets that count from those in strings.
 * `inside` is the end mark of the string or comment that the text begins within.
 */
export function scan(text: string, language: Language, inside?: string): Scan {
  const open: Open[] = [];
  const surplus: Surplus[] = [];
  let end = inside;
  let crossed = false;
  let lastVisible = '\n';
  let at = 0;
  const starts = startsOf(language);
  while (at < text.length) {
    const char = text.charAt(at);
    if (end !== undefined) {
      if (char === '\\' && end !== '\n' && end !== '*/') {
        at += 2;
        continue;
      }
      if (text.startsWith(end, at)) {
        at += end.length;
        lastVisible = end === '\n' ? lastVisible : '"';
        end = undefined;
      } else if (char === '\n' && end.length === 1 && language.quotes.includes(end)) {
        end = undefined;
        at++;
      } else at++;
      continue;
    }
    const begun = starts.includes(char) ? beginning(text, at, language, lastVisible) : undefined;
    if (begun !== undefined) {
      end = begun.end;
      at += begun.length;
      continue;
    }
    if (char === '(' || char === '[' || char === '{') open.push({ bracket: char, offset: at });
    else if (char === ')' || char === ']' || char === '}') {
      const opener = open.pop();
      if (opener === undefined && !crossed) surplus.push({ bracket: char, offset: at });
      else if (opener !== undefined && closerOf(opener.bracket) !== char) crossed = true;
    }
    if (char !== ' ' && char !== '\t' && char !== '\n') lastVisible = char;
    at++;
  }
  return { open, surplus, inside: end, crossed };
}

const known = new Map<Language, string>();

/** The characters that a string, comment or regular expression can begin with. */
function startsOf(language: Language): string {
  const starts = known.get(language);
  if (starts !== undefined) return starts;
  const marks = [...language.lineComments, language.blockComment?.[0] ?? '', ...language.longQuotes];
  const made = marks.map((mark) => mark.charAt(0)).join('') + language.quotes + (language.regex ? '/' : '');
  known.set(language, made);
  return made;
}

/** What a line of an answer stands within: the end mark of a string or comment, and how many brackets are open and closed so far. */
export interface Standing {
  readonly inside: string | undefined;
  /** Brackets that the lines before it opened and left open. */
  readonly open: number;
  /** Brackets that they closed beyond their own. */
  readonly surplus: number;
}

/** Where each of the lines stands, looked at once. */
export function standings(
  lines: readonly string[],
  language: Language,
  inside?: string,
): readonly Standing[] {
  const found: Standing[] = [];
  let state: Standing = { inside, open: 0, surplus: 0 };
  for (const line of lines) {
    found.push(state);
    const scanned = scan(`${line}\n`, language, state.inside);
    const closed = Math.min(state.open, scanned.surplus.length);
    state = {
      inside: scanned.inside,
      open: state.open - closed + scanned.open.length,
      surplus: state.surplus + scanned.surplus.length - closed,
    };
  }
  return found;
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
