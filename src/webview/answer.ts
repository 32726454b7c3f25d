import { type Block, blocksOf } from './blocks.ts';
import { button } from './dom.ts';
import { lineReferences } from './lineReferences.ts';
import { rendered } from './markdown.ts';

/** The most of an answer that is rendered, characters; the host hangs up at the same length. */
const longestAnswer = 100_000;

/** How long the page may be busy rendering before it shows something, ms. */
const slice = 80;
/** Links to lines in one piece at most: more are no help to anyone. */
const mostLinks = 100;

/** The most lines of an answer that are shown, likewise. */
const mostLines = 5_000;

/** What an answer on the page can do. */
export interface AnswerActions {
  /** Lines of the document that can be shown; 0 for none. */
  lineCount(): number;
  reveal(start: number, end: number): void;
  copyCode(text: string): void;
  words(name: string, ...values: readonly string[]): string;
}

/** A piece of the answer on the page. */
interface Piece {
  readonly block: Block;
  readonly root: HTMLElement;
  /** Shown as it is, because there was no time for more. */
  rough: boolean;
}

/**
 * Shows a growing answer in `root`: only the pieces that changed since the last call are made anew. All of the text is there
 * at once; where rendering takes longer than a moment, as it does with texts made to that end, the rest is rendered later.
 */
export function createAnswer(root: HTMLElement, actions: AnswerActions): (markdown: string) => void {
  const pieces: Piece[] = [];
  let waiting = 0;

  function refine(): void {
    const until = performance.now() + slice;
    for (const piece of pieces) {
      if (!piece.rough) continue;
      if (performance.now() > until) {
        waiting = requestAnimationFrame(refine);
        return;
      }
      piece.rough = false;
      fill(piece, actions);
    }
  }

  return (markdown) => {
    cancelAnimationFrame(waiting);
    const until = performance.now() + slice;
    const blocks = blocksOf(bounded(markdown));
    let same = 0;
    while (same < blocks.length && pieces[same]?.block.text === blocks[same]?.text) same++;
    for (const { root: old } of pieces.splice(same)) old.remove();
    for (const block of blocks.slice(same)) {
      const late = performance.now() > until;
      const piece = { block, root: document.createElement('div'), rough: late };
      fill(late ? { ...piece, block: { ...block, plain: true } } : piece, actions);
      pieces.push(piece);
      root.append(piece.root);
    }
    if (pieces.some(({ rough }) => rough)) waiting = requestAnimationFrame(refine);
  };
}

function bounded(markdown: string): string {
  const text = markdown.slice(0, longestAnswer);
  let at = -1;
  for (let line = 0; line < mostLines; line++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return text;
  }
  return text.slice(0, at);
}

function fill({ block, root }: Piece, actions: AnswerActions): void {
  root.replaceChildren(rendered(block));
  if (!block.plain) linkLines(root, actions);
  nameCode(root, actions);
}

/** Makes the lines that are named in sentences into buttons that show them. */
function linkLines(piece: HTMLElement, actions: AnswerActions): void {
  const lineCount = actions.lineCount();
  if (lineCount === 0) return;
  const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node instanceof Text && node.parentElement?.closest('pre, code') === null) texts.push(node);
  }
  let left = mostLinks;
  for (const text of texts) {
    if (left <= 0) return;
    // From the last to the first, so that the offsets of those before stay true.
    const references = lineReferences(text.data, lineCount).slice(0, left);
    left -= references.length;
    for (const { at, length, start, end } of references.toReversed()) {
      const named = text.splitText(at);
      const rest = named.splitText(length);
      const link = button(named.data, { class: 'line', title: actions.words('showInEditor') }, () =>
        actions.reveal(start, end),
      );
      named.remove();
      rest.before(link);
    }
  }
}

/** Lets code blocks be scrolled by keyboard and copied. */
function nameCode(piece: HTMLElement, actions: AnswerActions): void {
  for (const code of piece.querySelectorAll('pre')) {
    const text = code.textContent;
    code.tabIndex = 0;
    code.setAttribute('role', 'region');
    code.setAttribute('aria-label', actions.words('code'));
    const copy = button(
      actions.words('copy'),
      { class: 'copy', 'aria-label': actions.words('copyCode') },
      () => actions.copyCode(text),
    );
    const frame = document.createElement('div');
    frame.className = 'code';
    code.replaceWith(frame);
    frame.append(code, copy);
  }
  for (const table of piece.querySelectorAll('table')) {
    const frame = document.createElement('div');
    frame.className = 'table';
    frame.tabIndex = 0;
    frame.setAttribute('role', 'region');
    frame.setAttribute('aria-label', actions.words('table'));
    table.replaceWith(frame);
    frame.append(table);
  }
}
