import { isChatter } from './english.ts';
import { onceALine } from './once.ts';
import { cutLines, type Filter, firstWord, indentOf, isBlank, linesOf, wholeLines } from './piece.ts';
import type { Place } from './place.ts';
import { standings } from './standings.ts';

/** What stands for code that is not written out, in a comment of its own: words with nothing else to say. */
const placeholder = new RegExp(
  `^(?:(?:${[
    '(?:the )?(?:rest|remainder) of (?:the |your |this )?(?:\\w+ )?(?:code|function|method|class|file|implementation|body|logic|module|script)',
    '(?:existing|remaining|previous|other|your|same|more) (?:existing )?(?:code|implementation|logic)',
    '(?:your|insert|add) code (?:goes )?here',
    '(?:start|end|beginning) of (?:the )?(?:inserted |new |your |generated )?(?:code|completion|insertion)',
    '(?:code|function|file)(?= (?:continues|unchanged|remains))',
  ].join(
    '|',
  )})(?:[\\s.…:)]*$| *\\.{3}| (?:continues?|unchanged|remains?|stays?|is (?:the same|unchanged)|as (?:before|is)|goes|here|above|below)\\b)|let me know\\b|(?:i )?hope th(?:is|at) helps)`,
  'i',
);

/** The words that such comments begin with. */
const words =
  'the rest remainder existing remaining previous other your same more insert add start end beginning code function file let i hope'.split(
    ' ',
  );

/** The words that comments about the code begin with. */
const explaining = 'explanation: explanations: note: notes: this the in these here hope feel'.split(' ');

/** Takes off a comment that stands for the code before the answer, and ends the answer at one that stands for the code after it. */
export const placeholders: Filter = {
  name: 'placeholders',
  reason: 'not-code',
  apply(piece, place) {
    if (place.language.prose) return piece;
    const { all, lines, open } = linesOf(piece);
    const first = isBlank(place.linePrefix) && place.inside?.length !== 1 ? leading(lines, place) : 0;
    const kept = all.slice(first);
    for (let i = 0; i < kept.length; i++) {
      const line = kept[i] ?? '';
      const whole = open === undefined || i < kept.length - 1;
      // The rest of the caret's line may be a comment, and a string may hold what looks like one.
      if (isBlank(line) || (i === 0 && !isBlank(place.linePrefix))) continue;
      if (!(whole ? isLeftOut(line, place, undefined) : mayStand(line, place))) continue;
      if (standings(kept, place)[i]?.inside?.length === 1) continue;
      if (!whole) return { ...piece, text: wholeLines(kept, i) };
      if (kept.slice(0, i).some((other) => !isBlank(other))) return cutLines(kept, i, piece);
    }
    return joined();

    function joined() {
      return first === 0 ? piece : { ...piece, text: kept.join('\n') };
    }
  },
};

/** Whether a whole line stands for code after it. */
const isLeftOut = onceALine(
  (line, place, _kind: undefined) =>
    standsForCode(line, place) || isPoints(line, place) || explains(line, place),
);

/** A comment at the margin, behind code that stands in from it, talks about the code. */
function explains(line: string, place: Place): boolean {
  const said = commentOf(line.trim(), place);
  if (said === undefined || !isLeftOfCode(line, place) || place.site.snapshot.text.includes(line))
    return false;
  return /^(?:explanation|note)s?:\s/i.test(said) || isChatter(said, 'after');
}

function isLeftOfCode(line: string, { linePrefix, above }: Place): boolean {
  const near =
    isBlank(linePrefix) && linePrefix === '' ? above.findLast((other) => !isBlank(other)) : linePrefix;
  return indentOf(line) === '' && indentOf(`${near ?? ''}x`) !== '';
}

/** How many lines at the start stand for the code before the answer. */
function leading(lines: readonly string[], place: Place): number {
  let first = 0;
  for (let i = 0; i < lines.length; i++) {
    if (standsForCode(lines[i] ?? '', place)) first = i + 1;
    else if (!isBlank(lines[i] ?? '')) break;
  }
  return first;
}

/** Three points alone; in a block of Python's they are its body. */
function isPoints(line: string, { language }: Place): boolean {
  return /^\s*(?:\.{3}|…)\s*$/.test(line) && !(language.offside && /^\s/.test(line));
}

function isPlaceholder(said: string): boolean {
  const words = said.replace(/^(?:\.{3}|…)\s*\(?/, '');
  return words !== said
    ? words === '' || /(?:\.{3}|…)$/.test(words) || placeholder.test(words)
    : placeholder.test(said);
}

function standsForCode(line: string, place: Place): boolean {
  const text = line.trim();
  const said = commentOf(text, place);
  return said !== undefined && isPlaceholder(said) && !place.site.snapshot.text.includes(text);
}

/** What a comment of one line says. */
function commentOf(text: string, { language }: Place): string | undefined {
  const mark = language.lineComments.find((mark) => text.startsWith(mark));
  if (mark !== undefined) return text.slice(mark.length).trim();
  const [opening, closing] = language.blockComment ?? [];
  if (opening === undefined || closing === undefined || !text.startsWith(opening) || !text.endsWith(closing))
    return undefined;
  return text.slice(opening.length, -closing.length).trim();
}

/** Whether a line that is not whole may turn out to stand for code. */
function mayStand(line: string, place: Place): boolean {
  const text = line.trim();
  const marks = [...place.language.lineComments, place.language.blockComment?.[0] ?? ''];
  if (/^(?:\.{1,3}|…)$/.test(text) || marks.some((mark) => mark.startsWith(text))) return true;
  const mark = marks.find((mark) => mark !== '' && text.startsWith(mark));
  if (mark === undefined) return false;
  const said = text.slice(mark.length).trimStart().toLowerCase();
  if (said === '' || /^(?:\.{1,3}|…)/.test(said)) return true;
  const word = firstWord(said);
  const may = (list: readonly string[]) =>
    list.some((other) => (said === word ? other.startsWith(word) : other.replace(/:$/, '') === word));
  if (isLeftOfCode(line, place) && may(explaining)) return true;
  return words.some((other) => (said === word ? other.startsWith(word) : other === word));
}
