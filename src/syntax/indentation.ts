import type { Span } from '../core/site.ts';
import { lineEndAt, lineStartAt } from '../core/snapshot.ts';

/** Lines looked at in each direction: enough for any function that a person reads. */
const reach = 1000;

/** The white space at the start of the line that holds `offset`. */
export function indentOf(text: string, offset: number): string {
  const start = lineStartAt(text, offset);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(start, end);
}

/** The blocks around the caret as the indentation shows them, innermost first: each from its header line to its last line. */
export function indentScopes(text: string, caret: number): Span[] {
  const scopes: Span[] = [];
  let depth = caretDepth(text, caret);
  let at = lineStartAt(text, caret);
  for (let i = 0; i < reach && at > 0 && depth > 0; i++) {
    at = lineStartAt(text, at - 1);
    if (isBlank(text, at)) continue;
    const own = indentOf(text, at).length;
    if (own >= depth) continue;
    // A closing bracket ends a block that began higher up with the same indentation.
    if (/[)\]}]/.test(text[at + own] ?? '')) continue;
    depth = own;
    scopes.push({ start: at + own, end: endOfBlock(text, caret, own) });
  }
  return scopes;
}

function caretDepth(text: string, caret: number): number {
  const start = lineStartAt(text, caret);
  const indent = indentOf(text, caret).length;
  return Math.min(indent, caret - start);
}

/** The end of the last line after the caret that is indented deeper than the header. */
function endOfBlock(text: string, caret: number, depth: number): number {
  let end = lineEndAt(text, caret);
  let newline = text.indexOf('\n', caret);
  for (let i = 0; i < reach && newline >= 0; i++) {
    const start = newline + 1;
    if (!isBlank(text, start)) {
      if (indentOf(text, start).length <= depth) break;
      end = lineEndAt(text, start);
    }
    newline = text.indexOf('\n', start);
  }
  return end;
}

function isBlank(text: string, start: number): boolean {
  return text.slice(start, lineEndAt(text, start)).trim() === '';
}
