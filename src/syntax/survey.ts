import type { QueryCapture } from 'web-tree-sitter';
import type { Extent, Site, Span, Zone } from '../core/site.ts';
import { lineEndAt, linePrefixOf, lineStartAt, lineSuffixOf, type Snapshot } from '../core/snapshot.ts';
import { queryRange } from './grammars.ts';
import { indentOf, indentScopes } from './indentation.ts';
import type { Parsed } from './trees.ts';

/** The site as the tree sees it. */
export function surveyTree(snapshot: Snapshot, parsed: Parsed): Site {
  const { caret } = snapshot;
  const blankBefore = linePrefixOf(snapshot).trim() === '';
  const captures = capturesAt(parsed, caret);
  const zone = zoneAt(snapshot, captures);
  const near = blankBefore ? lastInkBefore(snapshot.text, caret) : caret;
  let scopes = scopesAt(near === caret ? captures : capturesAt(parsed, near), near);
  if (blankBefore && parsed.grammar.header.blocks === 'indentation') {
    const column = columnOf(linePrefixOf(snapshot));
    scopes = scopes.filter((scope) => columnOf(indentOf(snapshot.text, scope.start)) < column);
  } else if (near !== caret) {
    scopes = scopesAt(captures, caret);
  }
  // Half-typed code can hide the scopes from the grammar; the indentation still shows them.
  if (scopes.length === 0 && zone === 'code') scopes = indentScopes(snapshot.text, caret);
  return {
    snapshot,
    zone,
    extent: extentAt(snapshot, zone, parsed.grammar.header.opens),
    scopes,
    nextLine: nextLineOf(snapshot),
  };
}

/** The site where there is no grammar or no tree yet: by indentation and the look of the line. */
export function surveyText(snapshot: Snapshot, lineComment: string): Site {
  const before = linePrefixOf(snapshot);
  const inComment = lineComment !== '' && before.trimStart().startsWith(lineComment);
  const zone: Zone = inComment ? 'comment' : openQuote(before) ? 'string' : 'code';
  return {
    snapshot,
    zone,
    extent: extentAt(snapshot, zone, undefined),
    scopes: indentScopes(snapshot.text, snapshot.caret),
    nextLine: nextLineOf(snapshot),
  };
}

function capturesAt(parsed: Parsed, offset: number): QueryCapture[] {
  const range = queryRange(Math.max(0, offset - 1), Math.min(parsed.text.length, offset + 1));
  return parsed.grammar.places.captures(parsed.tree.rootNode, range);
}

function scopesAt(captures: readonly QueryCapture[], offset: number): Span[] {
  return captures
    .filter(({ name, node }) => name === 'scope' && node.startIndex < offset && offset <= node.endIndex)
    .map(({ node }) => ({ start: node.startIndex, end: node.endIndex }))
    .sort((a, b) => b.start - a.start || a.end - b.end);
}

function zoneAt(snapshot: Snapshot, captures: readonly QueryCapture[]): Zone {
  const { caret, text } = snapshot;
  let zone: Zone = 'code';
  let innermost = -1;
  for (const { name, node } of captures) {
    const { startIndex, endIndex } = node;
    if (name === 'scope' || startIndex >= caret || startIndex < innermost) continue;
    const inside =
      caret < endIndex || (name === 'comment' && caret === endIndex && openComment(text, startIndex, caret));
    if (!inside) continue;
    innermost = startIndex;
    zone = name === 'comment' ? 'comment' : name === 'string' ? 'string' : 'code';
  }
  // A string that nothing closes yet is no string to the grammar.
  if (
    zone === 'code' &&
    innermost < 0 &&
    openQuote(linePrefixOf(snapshot)) &&
    lineSuffixOf(snapshot).trim() === ''
  ) {
    return 'string';
  }
  return zone;
}

/** Whether a comment that ends at the caret would go on with what is typed there. */
function openComment(text: string, start: number, caret: number): boolean {
  const last = text[caret - 1];
  if (last === '\n' || last === '\r') return false;
  return !text.startsWith('/*', start) && !text.startsWith('<!--', start);
}

/** Whether a quote on the line before the caret is still open. */
function openQuote(before: string): boolean {
  let open = '';
  for (let i = 0; i < before.length; i++) {
    const c = before[i];
    if (c === '\\' && open !== '') i++;
    else if (open !== '') open = c === open ? '' : open;
    else if (c === '"' || c === '`') open = c;
    // A single quote after a word is an apostrophe or a lifetime.
    else if (c === "'" && !/[\w<&]/.test(before[i - 1] ?? ' ')) open = c;
    else if ((c === '/' && before[i + 1] === '/') || (c === '#' && /\s/.test(before[i - 1] ?? ' ')))
      return false;
  }
  return open !== '';
}

/** A line that ends so opens a block in most languages. */
const opensBlock = /(?:[{([]|=>|->|:|\b(?:do|then|else|begin))$/;

function extentAt(snapshot: Snapshot, zone: Zone, opens: RegExp | undefined): Extent {
  if (zone !== 'code') return 'line';
  // Closing brackets that the editor put there itself do not make the place a middle.
  const after = lineSuffixOf(snapshot).trimStart();
  if (!/^[\s)\]}>;,'"`]*$/.test(after)) return 'line';
  // Between round or square brackets of one line stands an argument or an element.
  if (/^[)\]]/.test(after)) return 'line';
  const before = linePrefixOf(snapshot).trimEnd();
  if (before === '') return 'block';
  if (!(opens ?? opensBlock).test(before)) return 'line';
  const own = columnOf(indentOf(snapshot.text, snapshot.caret));
  const next = nextLineOf(snapshot);
  return columnOf(/^[ \t]*/.exec(next)?.[0] ?? '') > own ? 'line' : 'block';
}

function columnOf(indent: string): number {
  let column = 0;
  for (const c of indent) column += c === '\t' ? 4 - (column % 4) : 1;
  return column;
}

/** The first line below the caret's that is not blank, without its line break. */
function nextLineOf({ text, caret }: Snapshot): string {
  let newline = text.indexOf('\n', caret);
  while (newline >= 0) {
    const start = newline + 1;
    const line = text.slice(start, lineEndAt(text, start));
    if (line.trim() !== '') return line;
    newline = text.indexOf('\n', start);
  }
  return '';
}

/** The offset behind the last visible character before `offset`. */
function lastInkBefore(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--;
  return at === 0 ? lineStartAt(text, offset) : at;
}
