import { type Indentation, stepTo } from './indentation.ts';
import { isWordCode, type Vocabulary } from './vocabulary.ts';

/**
 * A token in one number: the vocabulary's number, doubled, plus one if a single space stands before it.
 * Two tokens are the same word when they differ in the last bit only.
 */
type Packed = number;

/** Takes the tokens of a text in order; `end` is the offset after the token. */
export type TakeToken = (token: Packed, end: number) => void;

/** Blank lines counted apart; more of them look the same. */
const maxBlankLines = 3;
/** Longer runs of white space or of one mark are cut, so that no token grows with the file. */
const maxRun = 120;

/**
 * Cuts `text` from `start` to `end` into words, numbers, runs of operators, single marks, wide white space, and line breaks that
 * carry the step of indentation to the next line. Language is not asked: comments and strings are cut like code.
 * Returns the offset up to which tokens were given: white space and line breaks that reach the end of the text, where they may
 * still grow, are left. A token must start at `end`, or white space.
 */
export function scan(
  text: string,
  start: number,
  end: number,
  indentation: Indentation,
  vocabulary: Vocabulary,
  take: TakeToken,
): number {
  let at = start;
  let done = start;
  while (at < end) {
    const from = at;
    let code = text.charCodeAt(at);
    let space = 0;
    if (isBlank(code) || code === 10) {
      at = skipWhite(text, at, end);
      code = text.charCodeAt(at);
      if (at >= end && (end === text.length || isBlank(code) || code === 10)) return done;
      const newline = text.lastIndexOf('\n', at - 1);
      if (newline >= from) {
        const breaks = Math.min(countBreaks(text, from, newline), maxBlankLines + 1);
        const step = stepTo(indentation, text, newline + 1, at);
        take(vocabulary.intern('\n'.repeat(breaks) + step) * 2, at);
        done = at;
      } else if (at - from === 1 && text.charCodeAt(from) === 32) {
        space = 1;
      } else {
        take(vocabulary.intern(text.slice(from, Math.min(at, from + maxRun))) * 2, at);
        done = at;
      }
    }
    if (at >= end) return done;
    const tokenStart = at;
    at = tokenEnd(text, at, code, end);
    take(vocabulary.intern(text.slice(tokenStart, at)) * 2 + space, at);
    done = at;
  }
  return done;
}

/**
 * The offset at which the last token of a text starts if typing on could make another token of it (a word, a number, an operator);
 * the text's end if not.
 */
export function openTokenStart(text: string): number {
  const last = text.charCodeAt(text.length - 1);
  const joins = isWordCode(last) ? isWordCode : isOperatorCode;
  let start = text.length;
  while (start > 0 && joins(text.charCodeAt(start - 1))) start--;
  while (start < text.length) {
    const end = tokenEnd(text, start, text.charCodeAt(start), text.length);
    if (end === text.length) break;
    start = end;
  }
  return start;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}

function skipWhite(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (!isBlank(code) && code !== 10) break;
    at++;
  }
  return at;
}

function countBreaks(text: string, start: number, lastBreak: number): number {
  let breaks = 0;
  for (let at = start; at <= lastBreak; at++) if (text.charCodeAt(at) === 10) breaks++;
  return breaks;
}

/** The end of the token that starts with `code` at `start`. */
function tokenEnd(text: string, start: number, code: number, end: number): number {
  let at = start + 1;
  if (isWordCode(code)) {
    while (at < end && isWordCode(text.charCodeAt(at))) at++;
    return at;
  }
  if (!isOperatorCode(code)) return at;
  const next = text.charCodeAt(at);
  if (next === code) {
    while (at < end && at - start < maxRun && text.charCodeAt(at) === code) at++;
    return at;
  }
  while (at < end && at - start < 3 && isOperatorCode(text.charCodeAt(at))) at++;
  return at;
}

/** Marks that join into one operator: = < > ! & | + - * / % ^ ~ ? : . */
function isOperatorCode(code: number): boolean {
  return operatorCodes[code] === 1;
}

const operatorCodes = new Uint8Array(128);
for (const mark of '=<>!&|+-*/%^~?:.') operatorCodes[mark.charCodeAt(0)] = 1;
