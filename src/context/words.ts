/** Identifiers of most languages: letters of any script, digits, `_` and `$`. */
const identifier = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** All identifiers and keywords of a text in their order. */
export function identifiersIn(text: string): readonly string[] {
  return text.match(identifier) ?? [];
}

/** The same, each once. */
export function identifiersOf(text: string): Set<string> {
  return new Set(identifiersIn(text));
}

const parts = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+/gu;
/** Names whose words are remembered; all are forgotten together when there are more. */
const maxRemembered = 20_000;
const remembered = new Map<string, readonly string[]>();

/** The words that an identifier is made of, in lower case: `parseHTTPHeader` and `parse_http_header` both give parse, http, header. */
export function wordsOf(name: string): readonly string[] {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  if (remembered.size >= maxRemembered) remembered.clear();
  const words = (name.match(parts) ?? []).map((part) => part.toLowerCase());
  remembered.set(name, words);
  return words;
}
