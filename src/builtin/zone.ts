import type { Zone } from '../core/site.ts';

/** What kind of text the caret stands in: 0 code, 1 comment or documentation, 2 string. Told from the text alone. */
export type ZoneCode = 0 | 1 | 2;

const codes: Readonly<Record<Zone, ZoneCode>> = { code: 0, comment: 1, string: 2 };

/** Comments that are longer are taken for code. */
const longestComment = 5000;

/** Where `#` starts a comment and `//` does not. */
const hashLanguages = new Set([
  'python',
  'ruby',
  'shellscript',
  'perl',
  'r',
  'yaml',
  'makefile',
  'dockerfile',
  'toml',
]);
/** Documents in which people write sentences. */
const documents = new Set([
  'markdown',
  'plaintext',
  'latex',
  'restructuredtext',
  'asciidoc',
  'git-commit',
  'typst',
]);

/**
 * Looks at the end of the text before the caret; `line` is the caret's line up to the caret. What the syntax has `told` is believed,
 * but people write sentences in documents, which are no code to it, and in Python's documentation, which are strings.
 */
export function zoneOf(prefix: string, line: string, languageId: string, told?: Zone): ZoneCode {
  if (documents.has(languageId)) return 1;
  if (told === 'code' || told === 'comment') return codes[told];
  const hash = hashLanguages.has(languageId);
  if (languageId === 'python' ? inDocString(prefix) : !hash && inBlockComment(prefix)) return 1;
  if (told) return codes[told];
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const mark = line[at] ?? '';
    if (quote !== '') {
      if (mark === '\\') at++;
      else if (mark === quote) quote = '';
    } else if (mark === '"' || mark === "'" || mark === '`') quote = mark;
    else if (hash ? mark === '#' : mark === '/' && line[at + 1] === '/') return 1;
  }
  return quote === '' ? 0 : 2;
}

/** Whether three quotes were opened and not closed. */
function inDocString(prefix: string): boolean {
  let inside = false;
  for (let at = prefix.indexOf('"""'); at >= 0; at = prefix.indexOf('"""', at + 3)) inside = !inside;
  return inside;
}

/** Whether a comment that began at the start of a line is still open. */
function inBlockComment(prefix: string): boolean {
  const near = prefix.slice(-longestComment);
  const open = near.lastIndexOf('/*');
  return (
    open >= 0 &&
    near.lastIndexOf('*/') < open &&
    near.slice(near.lastIndexOf('\n', open) + 1, open).trim() === ''
  );
}
