import { beginsDefinition } from './lineKinds.ts';
import { type Filter, indentOf, isBlank, type Piece } from './piece.ts';
import { columnOf, type Place } from './place.ts';
import { scan } from './scan.ts';

/** Begins the answer on a line of its own where its indentation shows that it was meant so: models lose the first line break. */
export const newLine: Filter = {
  name: 'new line',
  reason: 'nothing-answered',
  apply(piece, place) {
    if (isBlank(place.linePrefix) || !isBlank(place.lineSuffix)) return piece;
    if (!piece.closed && /^\s*\w*$/.test(piece.text) && atEnd(place) && mayBegin(piece.text, place))
      return { ...piece, text: '' };
    if (!piece.closed && isBlank(piece.text)) return { ...piece, text: '' };
    if (place.inside !== undefined) return inComment(piece, place);
    // Whether a sign begins a comment is not known yet.
    if (!piece.closed && /^\s*[/-]$/.test(piece.text)) return { ...piece, text: '' };
    return startsLine(piece.text, place) ? { ...piece, text: `\n${piece.text}` } : piece;
  },
};

/** Whether a word alone may become one that begins a line. */
function mayBegin(text: string, { linePrefix, tabWidth }: Place): boolean {
  return imports.test(linePrefix) || (!text.includes('\n') && columnOf(indentOf(text), tabWidth) >= 2);
}

/** After a line of a comment comes a line with the comment's mark, or code. */
function inComment(piece: Piece, place: Place): Piece {
  const indent = indentOf(piece.text);
  const start = piece.text.slice(indent.length);
  const mark = /^\s*(\/\/+|#+|--|\*(?!\/))/.exec(place.linePrefix)?.[1];
  if (indent.includes('\n') || (place.inside !== '\n' && place.inside !== '*/')) return piece;
  // Behind code, or a directive, a comment is closed on its line.
  if (place.inside === '*/' && /\S.*\/\*/.test(place.linePrefix)) return piece;
  const own = indentOf(place.linePrefix);
  const column = columnOf(indent, place.tabWidth);
  const level = column >= 2 && column === columnOf(own, place.tabWidth);
  if (place.inside === '\n' && level && !isBlank(start)) return { ...piece, text: `\n${piece.text}` };
  if (/^\s*\/\*\*?$/.test(place.linePrefix)) {
    if (!piece.closed && /^\s*\*?$/.test(piece.text)) return { ...piece, text: '' };
    return /^\s*\*(?:\s|$)/.test(piece.text) ? { ...piece, text: `\n${piece.text}` } : piece;
  }
  if (mark === undefined) return piece;
  if (!piece.closed && start.length <= mark.length) return { ...piece, text: '' };
  if (place.inside === '*/' && start.startsWith('*/'))
    return indent === ' ' && endsBesideText(place) ? piece : { ...piece, text: `\n${piece.text}` };
  if (start.startsWith(mark) && /^(?:\s|$)/.test(start.slice(mark.length))) {
    return { ...piece, text: `\n${indent === '' ? own : indent}${start}` };
  }
  return place.inside === '\n' && own === '' && indent === '' && atEnd(place) && beginsDefinition(start)
    ? { ...piece, text: `\n${piece.text}` }
    : piece;
}

/** The document's comments of several lines end beside their text more often than on a line of their own. */
function endsBesideText({ above, below }: Place): boolean {
  const lines = [...above, ...below];
  const beside = lines.filter((line) => /^\s*\*.*\w.*\*\/\s*$/.test(line)).length;
  return beside > lines.filter((line) => /^\s*\*+\/\s*$/.test(line)).length;
}

/** No white space stands before the caret: whoever goes on with the line has typed a space. */
function atEnd(place: Place): boolean {
  return !/\s$/.test(place.linePrefix);
}

const imports = /^(?:import|from|#include|use|using|package|export)\b/;

/** The words that statements begin with. */
const statements =
  /^(?:if|for|while|switch|try|do|return|throw|const|let|var|function|class|import|export|def|from|with|raise|yield|except|elif|finally|break|continue|case)\b/;

/** A line that ends with a name, a bracket or a quote: nothing has to follow it but a new line. */
function isPhrase(before: string): boolean {
  return (
    /[\w)\]}"'`;,]$/.test(before) &&
    !/\b(?:else|export|return|await|async|default|do|in|of|not|and|or)$/.test(before)
  );
}

function startsLine(text: string, place: Place): boolean {
  const before = place.linePrefix.replace(/\/\*.*\*\/\s*$/, '').trimEnd();
  const indent = indentOf(text);
  if (text === '' || indent.includes('\n')) return false;
  // Nothing goes on with the last line of a comment of several.
  if (place.insideLine === '*/' && before.endsWith('*/') && atEnd(place)) return true;
  const own = columnOf(indentOf(place.linePrefix), place.tabWidth);
  const column = columnOf(indent, place.tabWidth);
  const start = text.slice(indent.length);
  if (/^(?:\/\/|\/\*|#|--|\\)/.test(start) && column !== own && column !== own + place.unitWidth)
    return false;
  const opens =
    /[{([]$|=>$|^\s*(?:case\b.*|default):$/.test(before) || (place.language.offside && before.endsWith(':'));
  if (opens) return (indent.startsWith('\t') || column >= 2) && column > own && atEnd(place);
  const ends =
    /[;,}]$/.test(before) ||
    place.language.offside ||
    (place.site.snapshot.languageId === 'go' && indent.startsWith('\t')) ||
    (/[)\]"'`]$/.test(before) && place.language.regex) ||
    isBlank(before.replace(/\/\/.*|#.*/, ''));
  // A line that goes on with a statement stands deeper than the next one.
  if (column >= 2 && atEnd(place) && statements.test(start) && isPhrase(before)) return true;
  if (column > 0) return ends && column === own && atEnd(place) && column >= 2;
  // At the margin only a finished statement tells that a new line is due.
  if (own === 0 && atEnd(place) && imports.test(before) && imports.test(start)) return true;
  return (
    own === 0 && /;$/.test(before) && /^\w/.test(start) && scan(before, place.language).open.length === 0
  );
}
