import type { Site } from '../core/site.ts';
import { lineEndAt, lineStartAt } from '../core/snapshot.ts';
import { languageOf } from './language.ts';
import type { Piece } from './piece.ts';

/** How many syntax errors the document has more with `text` at the caret than without; undefined where that cannot be told. */
export type ErrorsAdded = (site: Site, text: string, replace: number) => number | undefined;

/** The whole answer, cut back to the last lines with which the document has no more syntax errors than without; empty if there are none. */
export function withoutErrors(piece: Piece, site: Site, errorsAdded: ErrorsAdded): Piece {
  if (site.zone !== 'code' || isInMacro(site) || hasMacros(piece.text, site)) return piece;
  const replace = piece.replace ?? 0;
  if ((errorsAdded(site, piece.text, replace) ?? 0) <= 0) return piece;
  const lines = piece.text.trimEnd().split('\n');
  for (let count = lines.length - 1; count > 0; count--) {
    const text = lines.slice(0, count).join('\n').trimEnd();
    if (text !== '' && (errorsAdded(site, text, replace) ?? 0) <= 0) return { ...piece, text };
  }
  return { ...piece, text: '' };
}

/**
 * A directive, and what looks like a macro where a grammar expects a statement, the end of a declarator, a calling convention, the head of a loop or
 * something before an operator.
 */
const macros = new RegExp(
  [
    /^[ \t]*#/,
    /^[ \t]*[A-Z][A-Z\d_]{3,}[ \t]*(?:\([^\n;]*\))?[ \t]*\{?[ \t]*$/,
    /\w[ \t]+[A-Z][A-Z\d_]{4,}[ \t]*(?:[,)]|\w+[ \t]*\()/,
    /^[ \t]+(?!(?:if|for|while|switch)\b)\w+[ \t]*\([^\n;{]*\)[ \t]*\{[ \t]*$/,
    /\([ \t]*(?:[=!<>]=|[<>])[ \t]*,/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'm',
);

/** The text, its line, or the line below it is made of macros, of which a grammar does not know what they stand for. */
function hasMacros(text: string, { snapshot, nextLine }: Site): boolean {
  if (!languageOf(snapshot.languageId).preprocessor) return false;
  const start = lineStartAt(snapshot.text, snapshot.caret);
  const end = lineEndAt(snapshot.text, snapshot.caret);
  const line = snapshot.text.slice(start, snapshot.caret) + text + snapshot.text.slice(snapshot.caret, end);
  return macros.test(`${line}\n${nextLine}`);
}

/** A macro's lines are no syntax that a grammar knows. */
function isInMacro({ snapshot: { text, caret, languageId } }: Site): boolean {
  if (!languageOf(languageId).preprocessor) return false;
  const start = lineStartAt(text, caret);
  return text.slice(0, start).endsWith('\\\n') || /\\\r?$/.test(text.slice(caret, lineEndAt(text, caret)));
}
