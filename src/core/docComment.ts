import { besideDocstrings, type DocStyle, docStyles } from './docStyles.ts';
import type { Span } from './site.ts';
import { lineEndAt, lineStartAt, type Snapshot } from './snapshot.ts';

/** Text to insert into a document at an offset. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** A line of a comment is at most this long, so that it can be read beside the code. */
const width = 100;
/** Where the first paragraph is looked for, characters from the start: past this no answer begins. */
const longestSearch = 8_000;

/** Whether the language has a form for comments that document code. */
export function canDocument(languageId: string): boolean {
  return Object.hasOwn(docStyles, languageId);
}

/**
 * The first paragraph of an explanation as a comment in the language's own style, above the code or as its docstring.
 * Whatever the text holds, it stays inside the comment. Undefined if the language has no form or the text no paragraph.
 */
export function docComment(snapshot: Snapshot, span: Span, markdown: string): Insertion | undefined {
  const style = Object.hasOwn(docStyles, snapshot.languageId) ? docStyles[snapshot.languageId] : undefined;
  const words = summaryOf(markdown);
  if (style === undefined || words === '') return undefined;
  const lineStart = lineStartAt(snapshot.text, span.start);
  const indent = /^[ \t]*/.exec(snapshot.text.slice(lineStart, span.start))?.[0] ?? '';
  const newline = snapshot.text.includes('\r\n') ? '\r\n' : '\n';
  if (style.placement === 'above') return above(style, words, lineStart, indent, newline);
  const body = bodyOf(snapshot, span);
  if (body === undefined) return above(besideDocstrings, words, lineStart, indent, newline);
  const inner = wrapped(style.tame(words), width - body.indent.length - 6);
  const text =
    inner.length === 1 ? `"""${inner[0]}"""` : [`"""${inner[0]}`, ...inner.slice(1), '"""'].join('\n');
  return { at: body.at, text: newline + indented(text, body.indent, newline) };
}

function above(style: DocStyle, words: string, at: number, indent: string, newline: string): Insertion {
  const body = wrapped(style.tame(words), width - indent.length - style.line.length).map(
    (line) => style.line + line,
  );
  const text = [style.open, ...body, style.close].filter((line) => line !== '').join('\n');
  return { at, text: indented(text, indent, newline) + newline };
}

function indented(text: string, indent: string, newline: string): string {
  return text
    .split('\n')
    .map((line) => `${indent}${line}`.trimEnd())
    .join(newline);
}

/** The end of the header of a Python function or class that the span starts with, and the indentation of its body. */
function bodyOf({ text, indentUnit }: Snapshot, span: Span): { at: number; indent: string } | undefined {
  const header =
    /^(?:@[^\n]*\n\s*)*(?:async\s+def|def|class)\b[\s\S]{0,2000}?:[ \t]*(?:#[^\n]*)?(?=\r?\n)/.exec(
      text.slice(span.start, span.end),
    );
  if (header === null) return undefined;
  const at = span.start + header[0].length;
  const next = /\n([ \t]*)\S/.exec(text.slice(at))?.[1];
  const own = /^[ \t]*/.exec(text.slice(lineStartAt(text, span.start), span.start))?.[0] ?? '';
  return {
    at: lineEndAt(text, at),
    indent: next !== undefined && next.length > own.length ? next : own + indentUnit,
  };
}

/** The first paragraph of prose, without its marks, on one line; headings, lists, tables, quotes and code are no prose. */
function summaryOf(markdown: string): string {
  const paragraph: string[] = [];
  let fence = '';
  for (const line of markdown.slice(0, longestSearch).split('\n')) {
    const text = line.trim();
    const mark = /^(`{3,}|~{3,})/.exec(text)?.[1] ?? '';
    const isProse =
      fence === '' && mark === '' && text !== '' && !/^(?:[#>|]|[-*+] |\d+[.)] |[-=*_]{3,}$)/.test(text);
    if (isProse) paragraph.push(text);
    else if (paragraph.length > 0) break;
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
  }
  return (
    paragraph
      .join(' ')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/\*\*|__|`/g, '')
      .replace(/(?<!\w)\*(\S[^*]*)\*(?!\w)/g, '$1')
      // Line separators end a comment in some languages; control and direction characters hide text in all.
      .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > Math.max(columns, 40)) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
