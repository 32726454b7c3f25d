import { type Filter, mayBecome, type Piece } from './piece.ts';

/** The tags between which reasoning models think aloud. */
const names = ['think', 'thinking', 'thought', 'reasoning', 'scratchpad'];

/** Takes out what a reasoning model thinks aloud before its answer. */
export const think: Filter = {
  name: 'think',
  reason: 'nothing-answered',
  apply: ({ text, closed }) => withoutThoughts(text, closed),
};

function withoutThoughts(text: string, closed: boolean): Piece {
  const start = text.trimStart();
  for (const name of names) {
    const tag = `<${name}>`;
    if (!closed && mayBecome(start, tag)) return { text: '', closed };
    if (!start.startsWith(tag)) continue;
    const end = start.indexOf(`</${name}>`);
    if (end < 0) return { text: '', closed };
    return withoutThoughts(start.slice(end + tag.length + 1).replace(/^[ \t]*\n(?:[ \t]*\n)?/, ''), closed);
  }
  return { text, closed };
}
