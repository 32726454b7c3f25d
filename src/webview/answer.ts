import { type Block, blocksOf } from './blocks.ts';
import { button } from './dom.ts';
import { lineReferences } from './lineReferences.ts';
import { rendered } from './markdown.ts';

/** The most of an answer that is rendered, characters; the host hangs up at the same length. */
const longestAnswer = 200_000;

/** What an answer on the page can do. */
export interface AnswerActions {
  /** Lines of the document that can be shown; 0 for none. */
  lineCount(): number;
  reveal(start: number, end: number): void;
  copyCode(text: string): void;
  words(name: string, ...values: readonly string[]): string;
}

/** Renders a growing answer into `root`: only the pieces that changed since the last call are made anew. */
export function createAnswer(root: HTMLElement, actions: AnswerActions): (markdown: string) => void {
  let shown: readonly Block[] = [];
  return (markdown) => {
    const blocks = blocksOf(markdown.slice(0, longestAnswer));
    let same = 0;
    while (same < blocks.length && shown[same]?.text === blocks[same]?.text) same++;
    while (root.children.length > same) root.lastElementChild?.remove();
    for (const block of blocks.slice(same)) {
      const piece = document.createElement('div');
      piece.append(rendered(block));
      linkLines(piece, actions);
      nameCode(piece, actions);
      root.append(piece);
    }
    shown = blocks;
  };
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
  for (const text of texts) {
    // From the last to the first, so that the offsets of those before stay true.
    for (const { at, length, start, end } of lineReferences(text.data, lineCount).toReversed()) {
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
