import type { ExplainSubject } from './explain.ts';
import type { Survey } from './ports.ts';
import type { Span } from './site.ts';
import { lineEndAt, lineStartAt, type Snapshot } from './snapshot.ts';

/** Why a thing cannot be explained; the words are the editor's. */
export type ExplainRefusal =
  | 'no-editor'
  | 'no-image'
  | 'nothing-here'
  | 'too-large'
  | 'binary'
  | 'not-an-image'
  | 'image-too-large'
  | 'excluded';

/** The most code that is explained at once, characters: about 12,000 tokens, which local models with a 16k window still take. */
export const largestSelection = 48_000;
/** The largest picture, bytes: the chat API takes 20 MB a request, and base64 makes three bytes four. Source: OpenAI's image input guide. */
export const largestImage = 14_000_000;

/** The picture formats that the chat API reads, by the bytes that they begin with. Source: OpenAI's image input guide. */
const imageTypes: readonly (readonly [string, RegExp])[] = [
  ['image/png', /^\x89PNG/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/webp', /^RIFF[\s\S]{4}WEBP/],
  ['image/gif', /^GIF8/],
];
/** The endings of their files' names. */
const imageName = /\.(?:png|jpe?g|webp|gif)$/i;

/**
 * What to explain for a selection: the selection without the white space around it; with nothing selected, the enclosing
 * declaration, else the paragraph of lines around the caret.
 */
export function subjectOf(
  snapshot: Snapshot,
  selection: Span,
  survey: Survey,
): ExplainSubject | ExplainRefusal {
  // A text with a NUL is what VS Code makes of a binary file that was opened anyway.
  if (snapshot.text.slice(0, 8_000).includes('\0')) return 'binary';
  if (selection.end - selection.start > largestSelection * 2) return 'too-large';
  const selected = trimmed(snapshot.text, selection);
  const span = selected ?? around(snapshot, survey);
  if (span === undefined) return 'nothing-here';
  if (span.end - span.start > largestSelection) return 'too-large';
  return { kind: 'code', snapshot, span };
}

/** Whether a file's name is that of a picture that can be explained. */
export function isImage(path: string): boolean {
  return imageName.test(path);
}

/** What to explain for a picture's bytes. */
export function imageOf(path: string, bytes: Uint8Array): ExplainSubject | ExplainRefusal {
  if (!isImage(path)) return 'not-an-image';
  if (bytes.length > largestImage) return 'image-too-large';
  // By what it is, not by its name: the service would refuse the one as the other.
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  const type = imageTypes.find(([, beginning]) => beginning.test(start))?.[0];
  if (type === undefined) return 'not-an-image';
  return { kind: 'image', image: { path, dataUrl: `data:${type};base64,${base64(bytes)}` } };
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // In pieces, for a call cannot take millions of arguments; the size is a multiple of three so that no piece is padded.
  for (let at = 0; at < bytes.length; at += 24_576) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 24_576))));
  }
  return parts.join('');
}

function around(snapshot: Snapshot, survey: Survey): Span | undefined {
  // Before a line's first character, the caret stands for the line, not for what ended above it.
  const lineStart = lineStartAt(snapshot.text, snapshot.caret);
  const indent = /^[ \t]*/.exec(snapshot.text.slice(lineStart, lineStart + 1_000))?.[0].length ?? 0;
  const { scopes } = survey({ ...snapshot, caret: Math.max(snapshot.caret, lineStart + indent) });
  const declaration = scopes.find((scope) => isDeclaration(snapshot.text, scope)) ?? scopes.at(-1);
  return declaration === undefined
    ? paragraph(snapshot.text, snapshot.caret)
    : trimmed(snapshot.text, wholeLines(snapshot.text, declaration));
}

/** A function that is an expression is explained with the name that it is given on its line. */
function wholeLines(text: string, { start, end }: Span): Span {
  return { start: lineStartAt(text, start), end: lineEndAt(text, end) };
}

/** Words that open a block inside a function, in the languages that have a grammar; all other scopes declare something. */
const control =
  /^(?:\{|if|elif|else|elsif|unless|for|foreach|while|until|loop|do|switch|case|when|match|try|catch|except|finally|with|begin|rescue|ensure|using|lock|unsafe|select|repeat|then)(?![\w$])/;

function isDeclaration(text: string, scope: Span): boolean {
  const head = text.slice(scope.start, scope.start + 20);
  return !head.startsWith('{') && !control.test(head);
}

/** The lines around the caret up to the next blank ones; nothing if the caret's own line is blank and so are its neighbours. */
function paragraph(text: string, caret: number): Span | undefined {
  let start = lineStartAt(text, caret);
  while (start > 0 && !isBlankLine(text, lineStartAt(text, start - 1))) start = lineStartAt(text, start - 1);
  let end = lineEndAt(text, caret);
  while (end < text.length) {
    const next = text.indexOf('\n', end) + 1;
    if (next === 0 || isBlankLine(text, next)) break;
    end = lineEndAt(text, next);
  }
  return trimmed(text, { start, end });
}

function isBlankLine(text: string, start: number): boolean {
  return text.slice(start, lineEndAt(text, start)).trim() === '';
}

function trimmed(text: string, { start, end }: Span): Span | undefined {
  const piece = text.slice(start, end);
  const lead = piece.length - piece.trimStart().length;
  if (lead === piece.length) return undefined;
  return { start: start + lead, end: end - (piece.length - piece.trimEnd().length) };
}
