import type { Cleared } from '../core/cleared.ts';
import { strip } from '../core/hidden.ts';
import type { Clearance } from '../core/ports.ts';
import type { Prompt, Snippet } from '../core/prompt.ts';
import type { Site, Span } from '../core/site.ts';
import type { Redacted, Redactor } from './redact.ts';

/** Something that stays out of a request, for “Show What Was Sent”. */
export interface LeftOut {
  readonly path: string;
  readonly what: string;
  readonly why: string;
}

/** Characters that a token holds at most, but for runs of one character. */
const charactersPerToken = 6;

/** What a prompt may be composed of, and the span that is asked about. */
export interface ToClear {
  readonly site: Site;
  readonly snippets: readonly Snippet[];
  readonly about: Span | undefined;
  /** The most tokens that a prompt may have: text too far from the caret for any is cut off before anything is composed. */
  readonly maxTokens: number;
}

/**
 * Clears what a request is made of.
 * @param refused says why nothing of a file may leave, in a sentence
 * @param sealed hears of every prompt that is about to be sent
 */
export function clearSite(
  redactor: Redactor,
  { site, snippets, about, maxTokens }: ToClear,
  refused: (path: string) => string | undefined,
  sealed: (prompt: Cleared<Prompt>, leftOut: readonly LeftOut[]) => void,
): Clearance {
  const leftOut: LeftOut[] = [];
  const placeholders = new Set<string>();

  function clean(text: string, path: string, caret?: number): string {
    const stripped = strip(text);
    if (stripped !== text) {
      leftOut.push({
        path,
        what: `${text.length - stripped.length} hidden characters`,
        why: 'they cannot be seen',
      });
    }
    return noted(redactor.redactData(stripped, caret), path);
  }

  function noted(redacted: Redacted, path: string): string {
    for (const placeholder of redactor.placeholdersIn(redacted)) placeholders.add(placeholder);
    for (const { kind } of redacted.findings)
      leftOut.push({ path, what: kind, why: 'replaced by a placeholder' });
    return redacted.text;
  }

  function cleanComposed(prompt: Prompt): Prompt {
    const data = (text: string) => clean(text, 'the prompt');
    switch (prompt.kind) {
      case 'chat':
        return {
          ...prompt,
          messages: prompt.messages.map((message) => ({ ...message, content: data(message.content) })),
        };
      case 'fill':
        return {
          ...prompt,
          prefix: data(prompt.prefix),
          suffix: data(prompt.suffix),
          snippets: prompt.snippets.map((snippet) => ({
            ...snippet,
            path: data(snippet.path),
            text: data(snippet.text),
          })),
        };
      case 'text':
        // Its control tokens are our own.
        return { ...prompt, text: noted(redactor.redact(strip(prompt.text)), 'the prompt') };
    }
  }

  const allowed = snippets.filter((snippet) => {
    const why = refused(snippet.path);
    if (why !== undefined) leftOut.push({ path: snippet.path, what: 'the file', why });
    return why === undefined;
  });
  const cleared = allowed.map((snippet) => ({
    ...snippet,
    text: clean(snippet.text, snippet.path),
    path: strip(snippet.path),
  }));

  return {
    ...cleanSite(site, about, maxTokens * charactersPerToken, clean),
    snippets: cleared,
    seal: (prompt) => {
      const passed = cleanComposed(prompt) as Cleared<Prompt>;
      sealed(passed, leftOut);
      return {
        prompt: passed,
        restore: (answer, ended) => redactor.restore(answer, [...placeholders], ended),
      };
    },
  };
}

function cleanSite(
  site: Site,
  about: Span | undefined,
  window: number,
  clean: (text: string, path: string, caret: number) => string,
): { site: Site; about: Span } {
  const { snapshot } = site;
  const from = about === undefined ? lineStartBefore(snapshot.text, snapshot.caret - window) : 0;
  const to = Math.min(snapshot.text.length, (about?.end ?? snapshot.caret) + window / 2);
  const near = snapshot.text.slice(from, to);
  const stripped = strip(near);
  // Redaction keeps offsets; only hidden characters move them.
  const moved = (offset: number): number => {
    const inside = Math.min(Math.max(offset - from, 0), near.length);
    return stripped.length === near.length ? inside : strip(near.slice(0, inside)).length;
  };
  const movedSpan = ({ start, end }: Span): Span => ({ start: moved(start), end: moved(end) });
  const caret = moved(snapshot.caret);
  const text = clean(near, snapshot.path, caret);
  return {
    site: {
      ...site,
      snapshot: { ...snapshot, text, caret, path: strip(snapshot.path) },
      scopes: site.scopes.map(movedSpan),
      nextLine: nextLineAfter(text, caret),
    },
    about: movedSpan(about ?? { start: snapshot.caret, end: snapshot.caret }),
  };
}

function nextLineAfter(text: string, caret: number): string {
  const newline = text.indexOf('\n', caret);
  if (newline < 0) return '';
  const line = /^[^\S\n]*\S[^\n]*/m.exec(text.slice(newline + 1))?.[0] ?? '';
  return line.replace(/\r$/, '');
}

function lineStartBefore(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset) + 1;
}
