import { type Filter, isBlank, type Piece } from './piece.ts';
import { isStatement, type Place } from './place.ts';

/** What the lines of an answer begin with besides the code. */
interface Kind {
  /** The first line, wherever the caret is on a line of its own. */
  readonly anywhere?: RegExp;
  /** The first line where a statement may begin: code that goes on from the line above may begin with a sign. */
  readonly statement: RegExp;
  /** What the first line may still turn out to be. */
  readonly begun: RegExp;
  /** What goes from each line, and lines that go as a whole. */
  readonly take: RegExp;
  readonly drop?: RegExp;
}

/** A unified diff, with its head or without. */
const unified: Kind = {
  anywhere: /^(?:diff --git |index [\da-f]{7}|--- \S|\+\+\+ \S|@@ -\d|\+(?: {2,}\S|\t+[^\t]))/,
  statement: /^\+[A-Za-z_@#"'}{(/*]/,
  begun:
    /^(?:d|di|dif|diff|diff .{0,6}|i|in|ind|inde|index|index [\da-f]{0,7}|-|--|-{3} ?|\+{1,3}|\+{3} ?|\+[ \t]+|@|@@|@@ |@@ -)$/,
  take: /^[+ ]/,
  drop: /^(?:diff --git |index [\da-f]{7}|--- \S|\+\+\+ \S|@@ -\d|-(?!-)|\\ No newline)/,
};

const kinds: readonly Kind[] = [
  unified,
  { anywhere: /^>(?: {2,}\S|(?: ?\t)\t*[^\t])/, statement: /^> \S/, begun: /^>[ \t]*$/, take: /^> ?/ },
  { statement: /^(?:- \S|\* [A-Za-z_@])/, begun: /^[-*] ?$/, take: /^[-*] / },
];

/** Takes off what a model writes before each line: the signs of a diff, numbers of lines, quotation marks, bullets. */
export const marks: Filter = {
  name: 'marks',
  reason: 'nothing-answered',
  apply(piece, place) {
    if (!isOnOwnLine(place)) return piece;
    const start = piece.text.search(/[^\n]/);
    if (start < 0) return piece;
    const text = piece.text.slice(start);
    const newline = text.indexOf('\n');
    const line = newline < 0 ? text : text.slice(0, newline);
    const open = newline < 0 && !piece.closed;
    const statement = isStatement(place);
    const context = contextOf(piece, place);
    if (context === 'undecided') return { ...piece, text: '' };
    // In a comment whose lines carry stars, what stands before the star is no part of it.
    const star = place.inside === '*/' && /^\+[ \t]*\*/.test(line);
    if (context === 'yes' || star) return unmarked(piece.text, unified, piece);
    for (const kind of kinds) {
      if (kind.anywhere === undefined && !statement) continue;
      if (open && kind.begun.test(line)) return { ...piece, text: '' };
      if (kind.anywhere?.test(line) || (statement && kind.statement.test(line)))
        return unmarked(text, kind, piece);
    }
    return withoutNumbers(text, piece, place, statement);
  },
};

/** Whether the answer begins with lines that stand above the caret, each with a space before it: a diff begins with what stays. */
function contextOf({ text, closed }: Piece, place: Place): 'yes' | 'no' | 'undecided' {
  if (!text.startsWith(' ')) return 'no';
  const last = place.above.slice(-6);
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const open = !closed && index === lines.length - 1;
    const stays = last.some((other) => (open ? ` ${other}`.startsWith(line) : line === ` ${other}`));
    if (!stays || (!open && place.above.includes(line))) return 'no';
    if (open) return 'undecided';
    if (/\w{2}/.test(line)) return 'yes';
  }
  return 'no';
}

function isOnOwnLine({ language, linePrefix, lineSuffix }: Place): boolean {
  return !language.prose && !language.markup && isBlank(linePrefix) && isBlank(lineSuffix);
}

function unmarked(text: string, kind: Kind, piece: Piece): Piece {
  const lines = text.split('\n');
  const kept = lines.flatMap((line, index) => {
    const open = !piece.closed && index === lines.length - 1;
    // What may go as a whole is not shown before it is whole.
    if (open && kind.drop !== undefined && /^(?:[-@\\di]|\+{2,3} ?$)/.test(line)) return [''];
    return kind.drop?.test(line) ? [] : [line.replace(kind.take, '')];
  });
  return { ...piece, text: kept.join('\n') };
}

/** A number and what stands between it and the code. */
const number = /^ {0,5}(?:L|\[(?=\d+\]))?(\d{1,5})(?: ?[|│:.)\]]|\t| {2})/;
const numberBegun = /^ {0,5}[L[]?\d{0,5}(?: ?[|│:.)\]]?)?[ \t]*$/;

/** The number of the line is there, and the next line has the next number. */
function withoutNumbers(text: string, piece: Piece, place: Place, statement: boolean): Piece {
  const lines = text.split('\n');
  const open = !piece.closed;
  const head = lines[0] ?? '';
  if (open && lines.length === 1 && numberBegun.test(head)) return { ...piece, text: '' };
  const first = number.exec(head);
  const ruled = /[|│\t]$/.test(first?.[0] ?? '');
  if (first === null) return piece;
  const near = [place.above.findLast((line) => !isBlank(line)), place.below.find((line) => !isBlank(line))];
  if (near.some((line) => number.test(line?.trimStart() ?? ''))) return piece;
  const value = Number(first[1]);
  const index = lines.findIndex((line, at) => at > 0 && !isBlank(line));
  const second = number.exec(lines[index] ?? '');
  const last = index === lines.length - 1;
  if (open && (index < 0 || (last && second === null && numberBegun.test(lines[index] ?? ''))))
    return { ...piece, text: '' };
  // A list may count its lines, and a table of values its entries, but not by the lines of the file.
  const apart = place.inside === undefined && place.enclosing.at(-1)?.bracket !== '{';
  if (!ruled && !statement && value !== lineOf(place) && !(index > 0 && apart)) return piece;
  if (index > 0 ? Number(second?.[1]) !== value + 1 : !ruled && value !== lineOf(place)) return piece;
  const space = isPadded(head.slice(first[0].length), place) ? 1 : 0;
  const kept = lines.map((line, index) => {
    if (open && index === lines.length - 1 && numberBegun.test(line)) return '';
    const mark = number.exec(line)?.[0].length ?? 0;
    return line.slice(mark > 0 && line.charAt(mark) === ' ' ? mark + space : mark);
  });
  return { ...piece, text: kept.join('\n') };
}

/** A space between the number and the code is no part of its indentation. */
function isPadded(code: string, place: Place): boolean {
  const column = code.search(/\S/);
  const own = place.linePrefix.length;
  return code.startsWith(' ') && (column === own + 1 || (column !== own && column % 2 === 1));
}

/** The number of the caret's line, from one. */
function lineOf(place: Place): number {
  return place.site.snapshot.text.slice(0, place.site.snapshot.caret).split('\n').length;
}
