/** The bracket that closes each opening one. */
export const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** A quotation mark, and not an apostrophe, which stands behind a letter. */
const quotes = /["`]|(?<![\p{L}\p{N}_])'/uy;

/**
 * A text up to and with the first bracket or quotation mark that it opens and does not close. When that is typed, the editor closes it by itself, and
 * what the text goes on with does not fit any more what then stands behind the caret: VS Code would take the ghost text off the screen at this key.
 */
export function uptoUnclosed(text: string): string {
  const open: { readonly closer: string; readonly end: number }[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    const last = open.at(-1);
    const isIn = last !== undefined && isQuote(last.closer, 0);
    if (character === '\\') at += 1;
    else if (character === last?.closer) open.pop();
    else if (isIn) continue;
    else if (closers[character] !== undefined) open.push({ closer: closers[character], end: at + 1 });
    else if (isQuote(text, at)) open.push({ closer: character, end: at + 1 });
  }
  return text.slice(0, open[0]?.end);
}

function isQuote(text: string, at: number): boolean {
  quotes.lastIndex = at;
  return quotes.test(text);
}
