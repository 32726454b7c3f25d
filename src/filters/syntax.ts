import type { Site } from '../core/site.ts';
import { lineEndAt, lineStartAt } from '../core/snapshot.ts';
import { languageOf } from './language.ts';
import type { Piece } from './piece.ts';

/** How many syntax errors the document has more with `text` at the caret than without; undefined where that cannot be told. */
export type ErrorsAdded = (site: Site, text: string, replace: number) => number | undefined;

/** The whole answer, cut back to the last lines with which the document has no more syntax errors than without; empty if there are none. */
export function withoutErrors(piece: Piece, site: Site, errorsAdded: ErrorsAdded): Piece {
  if (site.zone !== 'code' || isInMacro(site)) return piece;
  const replace = piece.replace ?? 0;
  if ((errorsAdded(site, piece.text, replace) ?? 0) <= 0) return piece;
  const lines = piece.text.trimEnd().split('\n');
  for (let count = lines.length - 1; count > 0; count--) {
    const text = lines.slice(0, count).join('\n').trimEnd();
    if (text !== '' && (errorsAdded(site, text, replace) ?? 0) <= 0) return { ...piece, text };
  }
  return { ...piece, text: '' };
}

/** A macro's lines are no syntax that a grammar knows. */
function isInMacro({ snapshot: { text, caret, languageId } }: Site): boolean {
  if (!languageOf(languageId).preprocessor) return false;
  const start = lineStartAt(text, caret);
  return text.slice(0, start).endsWith('\\\n') || /\\\r?$/.test(text.slice(caret, lineEndAt(text, caret)));
}
