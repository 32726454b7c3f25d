import { introduces, mayBeEnglish } from './english.ts';
import type { Language } from './language.ts';
import { cutTo, type Filter, isBlank, type Piece } from './piece.ts';
import type { Place } from './place.ts';

/** Words on the line of the code that lead to it. */
const lead =
  /^(?:(?:sure|certainly|of course|absolutely|okay)[,.!]+ +)?here(?:['’]s| is) (?:the |your )(?:\w+ ){0,3}?(?:completion|code|line|answer|snippet|continuation|rest|block|statement)(?: (?:of|for) the \w+)?: +(?=\S)/i;

/** One word of assent before it. */
const assent = /^(?:Sure|Certainly|Of course|Absolutely)[,.!] +(?=\S)/;

/** An element of a list that is all code. */
const element = /^(?:[-*•]|\d{1,2}[.)]) +(`{1,2})([^`\n]+)\1$/;
const elementBegun = /^(?:[-*•]|\d{1,2}[.)]?)(?: *(?:`{1,2}[^`\n]*`{0,2})?)?$/;

/** A sentence that names the code. */
const sentence = /^[A-Z][^`\n]* `([^`\n]+)`(?: (?:here|there|at the (?:cursor|caret)))?[.!]?$/;

/** What a comment hardly says of itself. */
const telling = /^The (?:completion|missing \w+|rest of the \w+) (?:is|would be|should be)\b/;

/** Takes the code out of the sentence, or the element of a list, in which a model says it on one line. */
export const said: Filter = {
  name: 'said',
  reason: 'not-code',
  apply(piece, place) {
    const { language, inside } = place;
    const text = piece.text.trim();
    if (language.prose) return piece;
    const inText = inside !== undefined && !language.quotes.includes(inside);
    const begun = withoutLead(piece, text, inText, place);
    if (begun !== piece || text.includes('\n')) return begun;
    if (inText && !telling.test(text)) return piece;
    if (!piece.closed) return elementBegun.test(text) ? { ...piece, text: '' } : piece;
    const held = element.exec(text)?.[2] ?? (introduces(text) ? sentence.exec(text)?.[1] : undefined);
    return held === undefined || isBlank(held) ? piece : cutTo(held, piece);
  },
};

function withoutLead(piece: Piece, text: string, inText: boolean, { language }: Place): Piece {
  const found = lead.exec(text)?.[0] ?? '';
  if (found !== '') return { ...piece, text: text.slice(found.length) };
  const code = inText ? undefined : behindAssent(text, language);
  return code === undefined ? piece : { ...piece, text: code };
}

/** What follows a word of assent on its line, unless that is a sentence too: it leads in as a whole line does. */
export function behindAssent(text: string, language: Language): string | undefined {
  const word = assent.exec(text)?.[0] ?? '';
  const rest = text.slice(word.length);
  return word === '' || mayBeEnglish(rest.split('\n')[0] ?? '', language) ? undefined : rest;
}
