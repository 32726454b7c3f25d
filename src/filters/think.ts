import { isEnglish, mayBeEnglish } from './english.ts';
import { beginsAsCode, reachCode } from './leadIn.ts';
import { type Filter, isBlank, mayBecome, type Piece } from './piece.ts';
import type { Place } from './place.ts';
import { behindAssent } from './said.ts';
import { hasControl } from './tags.ts';

/** The names of the tags between which reasoning models think aloud. */
const names = [
  'think',
  'thinking',
  'thought',
  'thoughts',
  'reasoning',
  'reasoning_content',
  'reflection',
  'analysis',
  'scratchpad',
  'seed:think',
];

/** What such thoughts stand between: tags, Magistral's and Kimi's marks, and the first channel of gpt-oss (its harmony format). */
const pairs: readonly (readonly [string, string])[] = [
  ...names.map((name) => [`<${name}>`, `</${name}>`] as const),
  ['[think]', '[/think]'],
  ['◁think▷', '◁/think▷'],
  ['<|channel|>analysis<|message|>', '<|channel|>final<|message|>'],
];

/** Takes out what a reasoning model thinks aloud before its answer. */
export const think: Filter = {
  name: 'think',
  reason: 'nothing-answered',
  apply(piece, place) {
    const rest = withoutThoughts(piece);
    const code = place.site.zone === 'code' && place.inside === undefined && !place.language.prose;
    return code && rest.text !== '' ? withoutBegunThoughts(rest, place) : rest;
  },
};

/** How reasoning models begin to think, and nobody begins an answer. */
const aloud =
  /^(?:(?:Okay|OK|Ok|Alright|Hmm|Well|So|Right|Now|First),? )?(?:so,? )?(?:the user (?:wants|is|asks|asked|needs|has|gave|provided)|I need|I should|I have to|we need|we have to|we are (?:given|asked)|let me (?:think|analy[sz]e|figure|understand)|let['’]s (?:think|analy[sz]e))\b/i;

/** Takes out thoughts whose beginning the server took off, up to their end; in prose alone, or begun as thoughts are. */
function withoutBegunThoughts(piece: Piece, place: Place): Piece {
  const text = piece.text.trimStart();
  const thinks = /^[A-Z]/.test(text) && aloud.test(text);
  const end = endOf(text);
  if (end === undefined) {
    if (piece.closed) return piece;
    if (thinks) return { ...piece, text: '' };
    const line = text.slice(text.lastIndexOf('\n') + 1);
    const begun = /(?:<\/?|\[\/?|◁\/?|<\|)[\w:|/▷]*$/.exec(line)?.[0] ?? '';
    return begun !== '' &&
      /\w/.test(line.slice(0, -begun.length)) &&
      isEnding(begun) &&
      mayBeEnglish(line.slice(0, -begun.length), place.language)
      ? { ...piece, text: piece.text.slice(0, -begun.length) }
      : piece;
  }
  const lines = text.slice(0, end.start).split('\n');
  // What a control token has ended is shown by now.
  const code = reachCode(lines, place) || hasControl(text.slice(0, end.start));
  const last = lines.pop() ?? '';
  const prose =
    !code &&
    lines.every((line) => isBlank(line) || isEnglish(line, 'before', place.language)) &&
    (isBlank(last) || (mayBeEnglish(last, place.language) && !isShown(last, lines, place)));
  if (!thinks && !prose) return piece;
  return withoutThoughts({ ...piece, text: withoutBlank(text.slice(end.end)) });
}

/** What code begins with has been shown before the mark was there, and a fence's line is no thought. */
function isShown(line: string, before: readonly string[], place: Place): boolean {
  const led = before.every(isBlank) ? 'not yet' : 'on';
  return (
    beginsAsCode(line, led, place) ||
    behindAssent(line.trim(), place.language) !== undefined ||
    /^\s*(?:`{3}|~{3})/.test(line)
  );
}

/** Where the first mark stands that ends thoughts. */
function endOf(text: string): { readonly start: number; readonly end: number } | undefined {
  const lower = text.toLowerCase();
  let found: { start: number; end: number } | undefined;
  for (const [, closing] of pairs) {
    const start = lower.indexOf(closing);
    if (start >= 0 && (found === undefined || start < found.start))
      found = { start, end: start + closing.length };
  }
  return found;
}

/** Whether such a mark begins so. */
function isEnding(begun: string): boolean {
  const lower = begun.toLowerCase();
  return pairs.some(([, closing]) => closing.startsWith(lower));
}

/** A blank line between the thoughts and the answer belongs to neither. */
function withoutBlank(text: string): string {
  return text.replace(/^[ \t]*\n(?:[ \t]*\n)?/, '');
}

function withoutThoughts(piece: Piece): Piece {
  const start = piece.text.trimStart();
  const lower = start.slice(0, 40).toLowerCase();
  for (const [opening, closing] of pairs) {
    if (!piece.closed && mayBecome(lower, opening)) return { ...piece, text: '' };
    if (!lower.startsWith(opening)) continue;
    const end = new RegExp(closing.replace(/[[\]|]/g, '\\$&'), 'i').exec(start)?.index;
    if (end === undefined) return { ...piece, text: '' };
    return withoutThoughts({ ...piece, text: withoutBlank(start.slice(end + closing.length)) });
  }
  return piece;
}

/** True for the end of thoughts on a line of its own, whose beginning the chat template wrote; `begun` if the line may go on. */
export function endsThoughts(line: string, begun = false): boolean {
  const trimmed = line.trim().toLowerCase();
  return pairs.some(([, closing]) =>
    begun ? trimmed !== '' && closing.startsWith(trimmed) : closing === trimmed,
  );
}
