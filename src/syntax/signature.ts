import type { Definition } from '../core/outline.ts';
import type { Found } from './found.ts';
import type { LanguageHeader } from './header.ts';

/** Longest signature kept, in characters: a long line of code twice over. */
const maxSignature = 200;

/** From where a definition can be named, by its language's rules. */
export function reachOf(name: string, signature: string, header: LanguageHeader): Definition['reach'] {
  if (header.fileOnly?.test(signature) || header.fileOnlyName?.test(name)) return 'file';
  return header.packageOnly?.test(signature) || header.packageOnlyName?.test(name) ? 'package' : 'everywhere';
}

/** `@Override @Named("x")` in front of a definition: no news to someone who wants to use it. */
const annotations = /^(?:@(?!interface\b)[\w.]+(?:\((?:[^()]|\([^()]*\))*\))?\s*|\/\/[^\n]*\n\s*)+/;
const lineComments = /\s\/\/[^\n]*\n/g;

/** All before the body on one line, without annotations and comments. */
export function signatureOf(one: Found, text: string): string {
  const lineStart = text.lastIndexOf('\n', one.start - 1) + 1;
  const before = text.slice(Math.max(lineStart, one.start - 60), one.start);
  // `export`, `pub` or a keyword that stands outside of the node belongs to what a reader calls the signature.
  const start = /^\s*(?:[\w@(][\w@()]*\s+)*$/.test(before)
    ? one.start - before.trimStart().length
    : one.start;
  const end = Math.min(one.bodyStart, one.end, start + 4 * maxSignature);
  const line = text
    .slice(start, end)
    .replace(annotations, '')
    .replace(lineComments, '')
    .replace(/\s+/g, ' ')
    .trim();
  const bare = line.replace(/\s*(?:=>|[={:;,])$/, '').replace(/([([]) | (?=[)\]])/g, '$1');
  return bare.length <= maxSignature ? bare : `${bare.slice(0, maxSignature - 1)}…`;
}
