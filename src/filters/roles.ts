import { goesOnComment } from './leadIn.ts';
import { cutTo, type Filter, linesOf, type Piece, wholeLines } from './piece.ts';
import type { Place } from './place.ts';

/** A speaker's name or a title on a line of its own before the code; without signs around it, small letters are a name in the code. */
const title =
  /^(?:#{2,4} *|\*\*|\[)(?:assistant|ai|bot|response|answer|completion|output|code|solution|result)(?:\]|\*\*)?:?(?:\*\*)?$|^(?:assistant|ai|model):$|^assistant$/i;
const capitalTitle =
  /^(?:R(?:esponse|ESPONSE)|A(?:nswer|NSWER)|C(?:ompletion|OMPLETION)|O(?:utput|UTPUT)|S(?:olution|OLUTION)|R(?:esult|ESULT)):$/;

/** The same before the code on its line. */
const label =
  /^\s*(?:\[(?:ASSISTANT|AI)\]|\*\*(?:Assistant|AI|Answer|Completion|Response):?\*\*|Assistant|ASSISTANT|AI|Answer|Completion):?[ \t](?=\s*\S)/;

/** What the next turn of a conversation begins with, at the margin. */
const turns = [
  'User:',
  'USER:',
  'Human:',
  'HUMAN:',
  'Assistant:',
  'ASSISTANT:',
  '### Instruction',
  '### Input',
  '### User',
];

/** Takes off whose turn it is, and ends the answer where the model goes on with the next turn of the conversation. */
export const roles: Filter = {
  name: 'roles',
  reason: 'nothing-answered',
  apply(piece, place) {
    if (place.language.prose) return piece;
    const begun = withoutLabel(piece, place);
    return begun.text === '' ? begun : beforeNextTurn(begun, place);
  },
};

function withoutLabel(piece: Piece, place: Place): Piece {
  const { text, closed } = piece;
  const start = text.search(/\S/);
  if (start < 0) return piece;
  const newline = text.indexOf('\n', start);
  const line = text.slice(start, newline < 0 ? undefined : newline).trimEnd();
  if (goesOnComment(line, place)) return piece;
  const inText = place.site.zone !== 'code' || place.inside !== undefined;
  if (inText && newline >= 0 && !/^(?:#{2}|\*{2}|\[|Assistant:$|assistant$)/.test(line) && !label.test(text))
    return piece;
  if (newline >= 0 && (title.test(line) || capitalTitle.test(line)) && !isCode(line, place)) {
    return { ...piece, text: text.slice(newline + 1).replace(/^[ \t]*\n/, '') };
  }
  // A word, with the signs around it, may become a label.
  if (
    newline < 0 &&
    !closed &&
    /^(?:#$|\*$|(?:#{2,4} *|\*\*|\[|(?=[A-Za-z]))[A-Za-z]*(?:\]|\*{1,2})?:?\*{0,2}[ \t]*$)/.test(line) &&
    mayLabel(line, inText)
  )
    return { ...piece, text: '' };
  const found = label.exec(text)?.[0] ?? '';
  const colon = found.includes(':') && !isCode(found.trim(), place);
  return colon ? { ...piece, text: text.slice(found.length) } : piece;
}

const signed = 'assistant ai bot response answer completion output code solution result'.split(' ');
const capital = 'assistant ai model response answer completion output solution result'.split(' ');

/** Whether a word, with signs around it or without, may become a title or a label. */
function mayLabel(line: string, inText: boolean): boolean {
  const word = /[A-Za-z]+/.exec(line)?.[0] ?? '';
  const small = inText ? ['assistant'] : ['assistant', 'ai', 'model'];
  const names = /^[#*[]/.test(line) ? signed : /^[A-Z]/.test(word) ? capital : small;
  return names.some((name) => name.startsWith(word.toLowerCase()));
}

function beforeNextTurn(piece: Piece, place: Place): Piece {
  const { lines, open } = linesOf(piece);
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const turn = line === 'user' && (i < lines.length - 1 || open !== undefined);
    const next = turns.find((begin) => line.startsWith(begin));
    if (turn || (next !== undefined && !isCode(next, place))) return cutTo(wholeLines(lines, i), piece);
  }
  if (open === undefined || lines.length === 0 || open === '') return piece;
  const may =
    'user'.startsWith(open) || turns.some((begin) => begin.startsWith(open) || open.startsWith(begin));
  return may ? { ...piece, text: wholeLines(lines, lines.length) } : piece;
}

/** The document holds it as well. */
function isCode(words: string, place: Place): boolean {
  return place.site.snapshot.text.includes(words);
}
