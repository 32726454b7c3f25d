import type { Clock } from '../core/ports.ts';
import type { Snippet } from '../core/prompt.ts';
import type { Span } from '../core/site.ts';
import { lineEndAt, lineStartAt, type SourceText } from '../core/snapshot.ts';
import { undented } from './examples.ts';

/** Edits kept. */
const maxEdits = 12;
/** Edits closer to each other than this, in lines, are one. */
const joinLines = 4;
/** Lines shown of one edit. */
const maxLines = 8;

/** What was edited in this session. */
export interface Edits {
  /** Tells of a change: the document after it, and where its new text stands. */
  edited(source: SourceText, span: Span): void;
  /** The latest edits as they stood then, other files' first, at most so many characters as sent. */
  snippets(currentPath: string, caret: number, maxChars: number): Snippet[];
}

interface Edit {
  readonly path: string;
  /** Lines counted from 0. */
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly text: string;
  readonly at: number;
}

/** Records edits; pure but for the clock. */
export function createEdits(clock: Clock): Edits {
  /** The latest first. */
  let edits: Edit[] = [];
  return {
    edited({ path, text }, span) {
      const first = lineOf(text, span.start);
      const last = first + lineOf(text.slice(span.start, span.end), span.end - span.start);
      const joined = edits.find(
        (edit) => edit.path === path && first <= edit.last + joinLines && last >= edit.first - joinLines,
      );
      const from = Math.min(first, joined?.first ?? first);
      const to = Math.min(Math.max(last, joined?.last ?? last), from + maxLines - 1);
      const start = Math.min(lineStartAt(text, span.start), joined?.start ?? span.start);
      let end = start;
      for (let line = from; line <= to && end < text.length; line++) end = lineEndAt(text, end) + 1;
      const shown = undented(text.slice(start, end).split('\n'));
      const rest = edits.filter((edit) => edit !== joined);
      edits = [{ path, first: from, last: to, start, text: shown, at: clock.now() }, ...rest].slice(
        0,
        maxEdits,
      );
    },
    snippets(currentPath, caret, maxChars) {
      let left = maxChars;
      const snippets: Snippet[] = [];
      const others = edits.filter(({ path }) => path !== currentPath);
      // What was edited in sight of the caret stands in the prompt anyway.
      const own = edits.filter(({ path, start }) => path === currentPath && Math.abs(start - caret) > 2000);
      for (const { path, text } of [...others, ...own]) {
        const cost = text.length + path.length + 24;
        if (text.trim() === '' || cost > left || snippets.some((one) => one.text === text)) continue;
        left -= cost;
        snippets.push({ source: 'edits', path, text, weight: 0.4 });
      }
      return snippets;
    },
  };
}

function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
