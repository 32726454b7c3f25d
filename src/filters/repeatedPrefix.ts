import { onceAPlace } from './once.ts';
import { type Filter, indentOf, isBlank, type Piece } from './piece.ts';
import type { Place } from './place.ts';
import { isRow } from './rows.ts';

/**
 * How many visible lines above the caret an answer is expected to begin again from, besides the heads of the scopes around it, and from how
 * many of them without their indentation: what may become one of them is not shown, and code is full of lines that begin alike.
 */
const linesBack = 10;
const trimmedBack = 8;

/** Takes off what the answer repeats of the text before the caret: earlier lines, the caret's line, or its last words. */
export const repeatedPrefix: Filter = {
  name: 'repeated prefix',
  reason: 'only-repeats',
  apply(piece, place) {
    const start = afterEarlierLines(piece, place);
    if (start === 'undecided') return { ...piece, text: '' };
    const text = piece.text.slice(start);
    const own = afterOwnLine(text, piece.closed, place, start > 0);
    if (own === 'undecided') return { ...piece, text: '' };
    return { ...piece, text: withoutDoubledSpace(text.slice(own), piece.closed, place) };
  },
};

/** The length of the lines at the start that repeat the lines above, down to the caret's line. */
function afterEarlierLines({ text, closed }: Piece, place: Place): number | 'undecided' {
  const head = text.trimStart();
  if (head === '') return closed ? 0 : 'undecided';
  const firstEnd = text.indexOf('\n', text.length - head.length);
  const first = (firstEnd < 0 ? head : text.slice(text.length - head.length, firstEnd)).trim();
  if (isRow(first, place)) return 0;
  let longest = 0;
  // Below the caret's line the answer goes on, unless what it repeats begins with a blank line.
  const below = text.startsWith('\n') && !isBlank(place.linePrefix);
  const space = indentOf(text.replace(/^\n+/, ''));
  // An answer that goes on at the caret does not begin with white space: lines that do, with some of their own, may stand less deep.
  const moved = space !== '' && !text.startsWith('\n');
  for (const { index, line, indent, isWhole } of beginnings(place)) {
    if (space === '' ? isWhole : space !== indent && !(moved && indent.endsWith(space))) continue;
    if (below && !isBlank(place.above[index - 1] ?? '')) continue;
    if (firstEnd < 0 && !closed ? !line.startsWith(first) : line !== first) continue;
    const length = repeats(text, closed, place, index);
    if (length === 'undecided') return length;
    longest = Math.max(longest, length);
  }
  return longest;
}

interface Beginning {
  readonly index: number;
  readonly line: string;
  readonly indent: string;
  /** It comes with its indentation, if at all. */
  readonly isWhole: boolean;
}

/** The lines above from which a model may begin again. */
const beginnings = onceAPlace((place): readonly Beginning[] => {
  const found: number[] = [];
  for (let i = place.above.length - 1; i >= 0 && found.length < linesBack; i--) {
    if (!isBlank(place.above[i] ?? '')) found.push(i);
  }
  const { text, caret } = place.site.snapshot;
  for (const scope of place.site.scopes) {
    const between = text.slice(scope.start, caret).split('\n').length - 1;
    const index = place.above.length - between;
    if (between > 0 && index >= 0 && !found.includes(index)) found.push(index);
  }
  if (place.above.length > 0 && !found.includes(0)) found.push(0);
  return found.map((index, back) => {
    const line = place.above[index] ?? '';
    const indent = indentOf(line);
    return { index, line: line.trim(), indent, isWhole: back >= trimmedBack && indent !== '' };
  });
});

/** The length of what repeats the lines from `index` to the caret; 0 if it does not get there. */
function repeats(text: string, closed: boolean, place: Place, index: number): number | 'undecided' {
  let at = 0;
  let letters = 0;
  let count = 0;
  for (let i = index; i < place.above.length; i++) {
    const line = place.above[i]?.trim() ?? '';
    if (line === '') continue;
    const begin = text.length - text.slice(at).trimStart().length;
    const end = text.indexOf('\n', begin);
    const candidate = text.slice(begin, end < 0 ? text.length : end).trim();
    if (end < 0 && !closed) return line.startsWith(candidate) ? 'undecided' : 0;
    if (candidate !== line) return 0;
    at = end < 0 ? text.length : end + 1;
    letters += line.replace(/\W/g, '').length;
    count++;
  }
  if (count === 0) return 0;
  if (isBlank(place.linePrefix))
    return letters < 8 ? 0 : isBlank(place.above.at(-1) ?? 'x') ? afterBlanks(text, at) : at;
  const own = matchLoosely(text.slice(at), place.linePrefix);
  // Cut off within the caret's line, the answer is nothing but a repetition.
  if (own === 'undecided') return !closed ? own : letters < 8 ? 0 : text.length;
  return own > 0 ? at : 0;
}

/** Past the blank lines at an offset. */
function afterBlanks(text: string, at: number): number {
  return at + (/^(?:[ \t]*\n)*/.exec(text.slice(at))?.[0].length ?? 0);
}

/** The length of what repeats the caret's own line, or its last words. */
function afterOwnLine(text: string, closed: boolean, place: Place, sure: boolean): number | 'undecided' {
  const { linePrefix } = place;
  const line = linePrefix.trim();
  if (line === '' || (!sure && text.startsWith('\n'))) return 0;
  // An empty line of a comment is whole: the mark begins the next one.
  if (!sure && commentMark.test(line) && !line.startsWith('/*') && !/\s$/.test(linePrefix)) return 0;
  const space = indentOf(text.replace(/^\n+/, ''));
  const apart =
    !sure &&
    space !== '' &&
    !space.startsWith(indentOf(linePrefix) || space) &&
    !/\w{2,}\W+\w{2,}|\w{3,}$/.test(line);
  const whole = apart ? 0 : matchLoosely(text, linePrefix);
  if (whole === 'undecided') {
    if (!closed) return whole;
  } else if (whole > 0) {
    const indented = indentOf(linePrefix).length >= 2 && text.replace(/^\n+/, '').startsWith(linePrefix);
    if (!closed && isBlank(text.slice(whole)) && !text.slice(whole).includes('\n')) return 'undecided';
    // The line as a whole, with its end.
    const ended =
      /^[ \t]*\n/.test(text.slice(whole)) && text.slice(0, whole).trim() === line && !/^[\w$]$/.test(line);
    // White space ends the last word before the caret, and what repeats it.
    const cutWord = /\w\s+$/.test(linePrefix) && /^\w/.test(text.slice(whole));
    if (!cutWord && (sure || indented || ended || isTelling(line))) return withSpace(text, whole, linePrefix);
  }
  return afterLastWords(text, closed, place);
}

/** Past the white space that the caret's line ends with, where the answer repeats it too. */
function withSpace(text: string, at: number, linePrefix: string): number {
  const space = linePrefix.slice(linePrefix.trimEnd().length);
  return text.startsWith(space, at) ? at + space.length : at;
}

const commentMark = /^(?:\/\/[/!]?|#+|\*|--+|\/\*\*?)$/;

/** A beginning of a line that no code has twice in a row. */
function isTelling(line: string): boolean {
  if (/\blong$/.test(line)) return false;
  if (/^[\w$.*]+ (?:[-+*/|&]|:)?=$/.test(line)) return true;
  if (commentMark.test(line)) return true;
  const letters = line.replace(/[^A-Za-z]/g, '').length;
  if (letters === 0) return !line.endsWith(',') && new Set(line.replace(/\s/g, '')).size >= 3;
  if (/,$/.test(line)) return letters >= 6 && /\W\w+\W/.test(line);
  return letters >= 3 || line.replace(/\s/g, '').length >= 3;
}

/** The length of what repeats the end of the caret's line, from the beginning of a word on. */
function afterLastWords(text: string, closed: boolean, place: Place): number | 'undecided' {
  const { linePrefix } = place;
  let undecided = false;
  for (const match of linePrefix.matchAll(/(?<![\w$])[\w$]+/g)) {
    const tail = linePrefix.slice(match.index);
    if (tail.length > 80) continue;
    for (const words of [tail, tail.trimEnd()]) {
      if (words !== tail && /[,;]$/.test(words)) continue;
      if (!closed && text.length < words.length + 1) {
        if (words.startsWith(text) || text.startsWith(words)) undecided ||= isRepeatable(words);
        continue;
      }
      const cutWord = words !== tail && /^\w/.test(text.slice(words.length));
      if (text.startsWith(words) && !cutWord && isRepeatable(words) && !isJoinedWord(words, text, place))
        return words.length;
    }
  }
  return undecided ? 'undecided' : afterBegunWord(text, closed, place);
}

/** The length of what repeats the two letters of a word right before the caret, where the document holds the word as the answer has it. */
function afterBegunWord(text: string, closed: boolean, place: Place): number | 'undecided' {
  const begun = /(?<![\w$])[A-Za-z]\w$/.exec(place.linePrefix)?.[0];
  const word = /^[\w$]+/.exec(text)?.[0] ?? '';
  if (begun === undefined || !(word.startsWith(begun) || (!closed && begun.startsWith(text)))) return 0;
  if (!closed && word.length === text.length) return 'undecided';
  return word.length > begun.length && holdsWord(word, place) && !holdsWord(begun + word, place)
    ? begun.length
    : 0;
}

/** Words whose repetition is no code: not an element of a list, not a doubled keyword of C. */
function isRepeatable(words: string): boolean {
  const letters = words.replace(/\W/g, '').length;
  return (
    letters >= 3 &&
    /[A-Za-z]/.test(words) &&
    !/^(.)\1*$/.test(words.trim()) &&
    !/[,;]\s+$/.test(words) &&
    words.trim() !== 'long'
  );
}

/** True if the document holds the words twice in a row, or a word made of the caret's last and the answer's first: then nothing is repeated. */
function isJoinedWord(words: string, text: string, place: Place): boolean {
  if (place.site.snapshot.text.includes(words + words)) return true;
  if (!/[\w$]$/.test(words)) return false;
  const first = /^[\w$]+/.exec(text)?.[0] ?? '';
  return holdsWord(words + first, place);
}

/** The document holds it, and not only as a part of a word. */
function holdsWord(word: string, { site }: Place): boolean {
  return new RegExp(`(?<![\\w$])${literally(word)}(?![\\w$])`).test(site.snapshot.text);
}

function literally(text: string): string {
  return text.replace(/[$.*+?^{}()|[\]\\]/g, '\\$&');
}

/** The length of what in `text` has the same visible characters as `line`; 0 if it does not begin so, undecided if it ends before. */
function matchLoosely(text: string, line: string): number | 'undecided' {
  let at = 0;
  for (const char of line) {
    if (isBlank(char)) continue;
    while (at < text.length && isBlank(text.charAt(at)) && char !== text.charAt(at)) at++;
    if (at >= text.length) return 'undecided';
    if (!text.startsWith(char, at)) return 0;
    at += char.length;
  }
  return at;
}

/** Takes away a space that the caret's line already ends with, unless columns are aligned here. */
function withoutDoubledSpace(text: string, closed: boolean, place: Place): string {
  if (isBlank(place.linePrefix) || !/\S $/.test(place.linePrefix) || !/^ (?! )/.test(text)) return text;
  if (place.inside !== undefined && !/[\w,] $/.test(place.linePrefix)) return text;
  const rest = text.trimStart();
  if (rest === '') return closed ? text : '';
  if (/^(\/\/|\/\*|#|--|\\)/.test(rest)) return text;
  const column = place.linePrefix.length;
  for (const line of [place.above.at(-1), place.below[0]]) {
    if (line !== undefined && /\S {2,}$/.test(line.slice(0, column + 1))) return text;
  }
  return text.slice(text.search(/[^ \t]/));
}
