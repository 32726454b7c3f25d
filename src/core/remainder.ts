import type { Step } from './place.ts';

/** What of a draft's text is still to be inserted after a step. */
export type Remainder =
  | {
      readonly kind: 'rest';
      /** With the draft's own indentation. */
      readonly text: string;
      readonly replace: number;
      /** Indentation of the line, in addition to the draft's own. */
      readonly shift: string;
      /** How much of that the lines before it, as far as they are the draft's, have as well. */
      readonly shared: string;
    }
  /** All that the draft has so far has been typed; whether it agrees depends on what it will say. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'contradicted' };

const contradicted: Remainder = { kind: 'contradicted' };

/**
 * Holds a draft's text against what has happened since at its place: the one matching rule for typing through, deletion, undo,
 * indentation put in by the editor and brackets that it closed.
 *
 * @param text the draft's text, inserted at its place
 * @param replace characters after the place that the text takes the place of
 * @param atIndentation whether only blanks stood before the place on its line
 */
export function remainderOf(step: Step, text: string, replace: number, atIndentation: boolean): Remainder {
  if (step.kind === 'deleted')
    return { kind: 'rest', text: step.text + text, replace, shift: '', shared: '' };
  const used = consume(text, step.text, atIndentation);
  if (used === undefined) return contradicted;
  if (used.short) return { kind: 'unknown' };
  const { at, shift, shared } = used;
  return {
    kind: 'rest',
    text: text.slice(at),
    replace: Math.max(0, replace - step.overtyped),
    shift,
    shared,
  };
}

interface Used {
  /** Offset in the draft's text up to which it has been typed. */
  readonly at: number;
  /** The typed text goes on where the draft's text ends. */
  readonly short: boolean;
  /** Indentation typed in addition to the draft's own. */
  readonly shift: string;
  /** How much of that the lines before the last one have as well. */
  readonly shared: string;
}

/** Walks typed text along the draft's, letting blanks at the start of a line differ. */
function consume(text: string, typed: string, atIndentation: boolean): Used | undefined {
  if (text.startsWith(typed)) return { at: typed.length, short: false, shift: '', shared: '' };
  let at = 0;
  let of = 0;
  let indenting = atIndentation;
  let shift = '';
  let shared = '';
  while (of < typed.length) {
    if (indenting) {
      const own = blanksAt(text, at);
      const theirs = blanksAt(typed, of);
      at += own.length;
      of += theirs.length;
      // The indentation that an editor gives a line that stays empty says nothing about the lines that follow.
      const staysEmpty = /[\r\n]/.test(text[at] ?? '');
      if (!staysEmpty && theirs.length > own.length && theirs.startsWith(own)) {
        shared = of === theirs.length ? theirs.slice(own.length) : shift;
        shift = theirs.slice(own.length);
      }
      indenting = false;
      continue;
    }
    if (at >= text.length) return { at, short: true, shift, shared };
    if (text[at] === '\r' && typed[of] !== '\r') at += 1;
    else if (typed[of] === '\r' && text[at] !== '\r') of += 1;
    if (text[at] !== typed[of]) return undefined;
    indenting = typed[of] === '\n';
    at += 1;
    of += 1;
  }
  return { at, short: false, shift, shared };
}

function blanksAt(text: string, from: number): string {
  let to = from;
  while (text[to] === ' ' || text[to] === '\t') to += 1;
  return text.slice(from, to);
}

/** Moves the lines after the first by the indentation that was typed in addition. */
export function reindent(text: string, shift: string): string {
  return text.replace(/\n(?=[^\r\n])/g, `\n${shift}`);
}
