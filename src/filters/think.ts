import { type Filter, mayBecome, type Piece } from './piece.ts';

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
  apply: withoutThoughts,
};

function withoutThoughts(piece: Piece): Piece {
  const start = piece.text.trimStart();
  const lower = start.slice(0, 40).toLowerCase();
  for (const [opening, closing] of pairs) {
    if (!piece.closed && mayBecome(lower, opening)) return { ...piece, text: '' };
    if (!lower.startsWith(opening)) continue;
    const end = new RegExp(closing.replace(/[[\]|]/g, '\\$&'), 'i').exec(start)?.index;
    if (end === undefined) return { ...piece, text: '' };
    // A blank line between the thoughts and the answer belongs to neither.
    const rest = start.slice(end + closing.length).replace(/^[ \t]*\n(?:[ \t]*\n)?/, '');
    return withoutThoughts({ ...piece, text: rest });
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
