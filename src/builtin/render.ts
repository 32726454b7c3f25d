import { type Indentation, indentAfter } from './indentation.ts';
import { tokenKind, type Vocabulary } from './vocabulary.ts';

/** What tokens are written with at the caret. */
export interface Wording {
  readonly vocabulary: Vocabulary;
  readonly lineBreak: string;
  /** The text after the last closed token: what a word that was never seen before looks like. */
  readonly typed: string;
}

/** A token as it would stand in the text, and the indentation after it; nothing where it cannot stand. */
export function render(
  token: number,
  words: Wording,
  indentation: Indentation,
): { text: string; columns: number } | undefined {
  const { vocabulary } = words;
  const id = token >>> 1;
  const text = id === vocabulary.newWord ? words.typed.trim() : vocabulary.textOf(id);
  const kind = vocabulary.kindOf(id);
  if (kind === tokenKind.edge) return undefined;
  if (kind !== tokenKind.newline)
    return { text: (token & 1) === 1 ? ` ${text}` : text, columns: indentation.columns };
  const breaks = text.lastIndexOf('\n') + 1;
  const indent = indentAfter(text.slice(breaks), indentation);
  return indent && { text: words.lineBreak.repeat(breaks) + indent.text, columns: indent.columns };
}

/** A test whether a token, as it would stand here, begins with what is already typed of it. */
export function startsWith(
  open: string,
  words: Wording,
  indentation: Indentation,
): (token: number) => boolean {
  const { vocabulary } = words;
  if (open === '') return () => true;
  if (/^\s*[\r\n]/.test(open))
    return (token) => render(token, words, indentation)?.text.startsWith(open) === true;
  const space = open.startsWith(' ') ? 1 : 0;
  const letters = open.slice(space);
  return (token) => {
    if (token >>> 1 === vocabulary.newWord) return false;
    const text = vocabulary.textOf(token >>> 1);
    return (token & 1) === space ? text.startsWith(letters) : text.startsWith(open);
  };
}
