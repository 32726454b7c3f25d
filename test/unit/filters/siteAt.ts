import type { Site } from '../../../src/core/site.ts';
import { lineEndAt, lineStartAt } from '../../../src/core/snapshot.ts';

/** What a test says of a place; the rest is guessed from the text. */
export interface Given {
  readonly languageId: string;
  readonly path?: string;
  readonly zone?: Site['zone'];
  readonly extent?: Site['extent'];
  readonly indentUnit?: string;
}

/** A site made without a grammar: a block where the caret's line is blank or opens a block, else the rest of the line. */
export function siteAt(text: string, caret: number, given: Given): Site {
  const line = text.slice(lineStartAt(text, caret), caret);
  const rest = text.slice(caret, lineEndAt(text, caret));
  const block = line.trim() === '' || (rest.trim() === '' && /[{([:]\s*$|=>\s*$/.test(line));
  const below = text.slice(lineEndAt(text, caret)).split('\n').slice(1);
  return {
    snapshot: {
      uri: `file:///${given.path ?? 'a'}`,
      path: given.path ?? 'a',
      languageId: given.languageId,
      version: 1,
      text,
      caret,
      indentUnit: given.indentUnit ?? unitOf(text),
    },
    zone: given.zone ?? 'code',
    extent: given.extent ?? (block ? 'block' : 'line'),
    scopes: [],
    nextLine: below.find((next) => next.trim() !== '') ?? '',
  };
}

/** The most frequent step of indentation. */
function unitOf(text: string): string {
  if (/^\t/m.test(text)) return '\t';
  const widths = [...text.matchAll(/^( +)\S/gm)].map((match) => (match[1] ?? '').length);
  return widths.some((width) => width % 4 === 2) ? '  ' : '    ';
}
