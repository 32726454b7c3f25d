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
  /** Where lines that were explained are now; undefined if none of them is there any more. */
  linesNow(start: number, end: number): { readonly start: number; readonly end: number } | undefined;
  copyCode(text: string): void;
  words(name: string, ...values: readonly string[]): string;
}

/** An answer on the page. */
export interface Answer {
  /** Shows the text, which usually has grown. */
  show(markdown: string): void;
  /** Names the lines that it speaks of as they are numbered now. */
  renumber(): void;
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
export function createAnswer(root: HTMLElement, actions: AnswerActions): Answer {
  const pieces: Piece[] = [];
  let links: Link[] = [];
  let waiting = 0;

  function fill({ block, root: piece }: Piece): void {
    piece.replaceChildren(rendered(block));
    if (!block.plain) links.push(...linkLines(piece, actions));
    nameCode(piece, actions);
  }

  function refine(): void {
    const until = performance.now() + slice;
    for (const piece of pieces) {
      if (!piece.rough) continue;
      if (performance.now() > until) {
        waiting = requestAnimationFrame(refine);
        return;
      }
      piece.rough = false;
      fill(piece);
    }
  }

  return {
    show: (markdown) => {
      cancelAnimationFrame(waiting);
      const until = performance.now() + slice;
      const blocks = blocksOf(bounded(markdown));
      let same = 0;
      while (same < blocks.length && pieces[same]?.block.text === blocks[same]?.text) same++;
      for (const { root: old } of pieces.splice(same)) old.remove();
      links = links.filter(({ button: { isConnected } }) => isConnected);
      for (const block of blocks.slice(same)) {
        const late = performance.now() > until;
        const piece = { block, root: document.createElement('div'), rough: late };
        fill(late ? { ...piece, block: { ...block, plain: true } } : piece);
        pieces.push(piece);
        root.append(piece.root);
      }
      if (pieces.some(({ rough }) => rough)) waiting = requestAnimationFrame(refine);
    },
    renumber: () => {
      for (const link of links) link.button.textContent = labelOf(link, actions);
    },
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

/** Lines that are named in a sentence, as a button that shows them. */
interface Link {
  readonly button: HTMLButtonElement;
  /** As the model named them. */
  readonly words: string;
  readonly start: number;
  readonly end: number;
}

/** The words of the model with the numbers that its lines have now. */
function labelOf({ words, start, end }: Omit<Link, 'button'>, actions: AnswerActions): string {
  const now = actions.linesNow(start, end);
  if (now === undefined) return words;
  const numbers = [now.start, now.end];
  return words.replace(/\d+/g, () => String(numbers.shift() ?? now.end));
}

/** Makes the lines that are named in sentences into buttons that show them. */
function linkLines(piece: HTMLElement, actions: AnswerActions): readonly Link[] {
  const lineCount = actions.lineCount();
  if (lineCount === 0) return [];
  const links: Link[] = [];
  const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node instanceof Text && node.parentElement?.closest('pre, code') === null) texts.push(node);
  }
  let left = mostLinks;
  for (const text of texts) {
    if (left <= 0) break;
    // From the last to the first, so that the offsets of those before stay true.
    const references = lineReferences(text.data, lineCount).slice(0, left);
    left -= references.length;
    for (const { at, length, start, end } of references.toReversed()) {
      const named = text.splitText(at);
      const rest = named.splitText(length);
      const label = labelOf({ words: named.data, start, end }, actions);
      const link = button(label, { class: 'line', title: actions.words('showInEditor') }, () =>
        actions.reveal(start, end),
      );
      links.push({ button: link, words: named.data, start, end });
      named.remove();
      rest.before(link);
    }
  }
  return links;
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
