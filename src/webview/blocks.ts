/** The most Markdown that is rendered as one piece, characters: bounds what one hostile paragraph can cost. */
export const largestBlock = 8_000;
/** The least that is worth a piece of its own, characters: rendering has a cost for each piece, and one for each character. */
const smallestBlock = 1_000;

/** A piece of a Markdown text that can be rendered by itself. */
export interface Block {
  readonly text: string;
  /** Too long to be rendered as Markdown: shown as it is. */
  readonly plain: boolean;
}

/**
 * Cuts Markdown into pieces that render by themselves: at blank lines outside of fences, where the next line starts in the
 * first column and does not go on with a list. All but the last piece stay the same while text is appended, so that an
 * answer that streams in is rendered once, not once a chunk.
 */
export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let start = 0;
  let at = 0;
  let fence: string | undefined;
  let blankBefore = false;
  let inList = false;
  while (at < markdown.length) {
    const newline = markdown.indexOf('\n', at);
    const next = newline < 0 ? markdown.length : newline + 1;
    // No more of a line is looked at than the longest opening that means something.
    const head = markdown.slice(at, Math.min(next, at + 40));
    if (fence === undefined) {
      const item = listItem.test(head);
      if (blankBefore && at >= start + smallestBlock && startsBlock(head, item, inList)) {
        blocks.push(...pieces(markdown.slice(start, at)));
        start = at;
        inList = false;
      }
      if (item) inList = true;
      fence = openingFence.exec(head)?.[1];
    } else if (closes(head, fence)) {
      fence = undefined;
    }
    blankBefore = head.trim() === '' && fence === undefined;
    at = next;
  }
  if (start < markdown.length) blocks.push(...pieces(markdown.slice(start)));
  return blocks;
}

const listItem = /^(?:[-*+]|\d{1,9}[.)])\s/;
const openingFence = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}|~{3,})/;

function startsBlock(head: string, item: boolean, inList: boolean): boolean {
  if (head.trim() === '') return false;
  return inList ? !item && !/^\s/.test(head) : !/^(?:\s{4}|\t)/.test(head);
}

function closes(head: string, fence: string): boolean {
  const line = head.trim();
  return line.length >= fence.length && line === (fence[0] ?? '').repeat(line.length);
}

function pieces(text: string): readonly Block[] {
  if (text.length <= largestBlock) return [{ text, plain: false }];
  const cut: Block[] = [];
  for (let at = 0; at < text.length; at += largestBlock) {
    cut.push({ text: text.slice(at, at + largestBlock), plain: true });
  }
  return cut;
}
