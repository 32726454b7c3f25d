/** What an editor makes of one key at the caret. */
export interface Pressed {
  /** Stands before the caret afterwards. */
  readonly typed: string;
  /** New text behind the caret. */
  readonly closing: string;
  /** Characters behind the caret that are gone: typed over. */
  readonly overtyped: number;
}

const pairs: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '"': '"',
  "'": "'",
  '`': '`',
};

/**
 * What VS Code makes of a key by default: brackets and quotes are closed where white space or a closing bracket follows, a closed one is typed
 * over, and Enter between brackets puts the closing one on a line of its own.
 *
 * @param text the document, with the caret at `caret`
 * @param extra what the editor has put behind the caret and is not yet typed over
 * @param key one character, or a line break with the indentation that the editor gives it
 */
export function press(text: string, caret: number, extra: string, key: string): Pressed {
  const plain = { typed: key, closing: '', overtyped: 0 };
  if (key.startsWith('\n')) {
    const before = text[caret - 1] ?? '';
    const opened = before !== '' && '([{'.includes(before) && extra.startsWith(pairs[before] ?? '\0');
    return opened ? { ...plain, closing: `\n${indentBefore(text, caret)}` } : plain;
  }
  if (extra !== '' && extra[0] === key) return { ...plain, overtyped: 1 };
  const closing = pairs[key];
  if (closing === undefined) return plain;
  const next = text[caret] ?? '\n';
  if (!/[\s)\]};:.,=`'">]/.test(next)) return plain;
  const quote = closing === key;
  return quote && /[\w"'`\\]/.test(text[caret - 1] ?? '') ? plain : { ...plain, closing };
}

function indentBefore(text: string, caret: number): string {
  const start = text.lastIndexOf('\n', caret - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, caret))?.[0] ?? '';
}
