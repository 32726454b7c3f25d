import { type Filter, mayBecome, type Piece } from './piece.ts';

/** The tags between which reasoning models think aloud. */
const names = [
  'think',
  'thinking',
  'thought',
  'thoughts',
  'reasoning',
  'reflection',
  'analysis',
  'scratchpad',
];

/** Takes out what a reasoning model thinks aloud before its answer. */
export const think: Filter = {
  name: 'think',
  reason: 'nothing-answered',
  apply: withoutThoughts,
};

function withoutThoughts(piece: Piece): Piece {
  const start = piece.text.trimStart();
  for (const name of names) {
    const tag = `<${name}>`;
    if (!piece.closed && mayBecome(start, tag)) return { ...piece, text: '' };
    if (!start.startsWith(tag)) continue;
    const end = start.indexOf(`</${name}>`);
    if (end < 0) return { ...piece, text: '' };
    // A blank line between the thoughts and the answer belongs to neither.
    const rest = start.slice(end + tag.length + 1).replace(/^[ \t]*\n(?:[ \t]*\n)?/, '');
    return withoutThoughts({ ...piece, text: rest });
  }
  return piece;
}
