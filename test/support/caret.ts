import type { Site } from '../../src/core/site.ts';
import { lineEndAt, linePrefixOf, lineSuffixOf, type Snapshot } from '../../src/core/snapshot.ts';

let version = 1;

/** A snapshot from a text in which █ marks the caret. */
export function at(marked: string, more: Partial<Snapshot> = {}): Snapshot {
  const caret = marked.indexOf('█');
  if (caret < 0) throw new Error(`No caret in ${JSON.stringify(marked)}`);
  return {
    uri: 'file:///work/example.ts',
    path: 'example.ts',
    languageId: 'typescript',
    version: version++,
    text: marked.replace('█', ''),
    caret,
    indentUnit: '  ',
    ...more,
  };
}

/** The site of a snapshot as plain text tells it: a block where the rest of the line is empty, else a line. */
export function siteOf(snapshot: Snapshot): Site {
  const after = snapshot.text.slice(lineEndAt(snapshot.text, snapshot.caret));
  const nextLine = after.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
  const block = lineSuffixOf(snapshot).trim() === '' && /[{:(]\s*$|^\s*$/.test(linePrefixOf(snapshot));
  return { snapshot, zone: 'code', extent: block ? 'block' : 'line', scopes: [], nextLine };
}
