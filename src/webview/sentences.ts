/** Says a growing text in whole sentences, each once, for people who listen to the page. */
export interface Sentences {
  /** The sentences that have become whole since the last call; with `ended`, what is left as well. */
  take(markdown: string, ended: boolean): string;
}

/** Starts at the beginning of a text. `codeBlock` is said in place of a block of code. */
export function createSentences(codeBlock: string): Sentences {
  let taken = 0;
  return {
    take: (markdown, ended) => {
      // A text that became shorter is another text.
      if (markdown.length < taken) taken = 0;
      const whole = ended ? markdown.length : wholeUntil(markdown, taken);
      const piece = markdown.slice(taken, whole);
      taken = whole;
      return spoken(piece, codeBlock);
    },
  };
}

/** Where the last whole sentence or line after `from` ends; `from` while a fence is open. */
function wholeUntil(markdown: string, from: number): number {
  const rest = markdown.slice(from);
  const fences = [...rest.matchAll(/^\s*(?:```|~~~)/gm)];
  const open = fences.length % 2 === 1 ? fences.at(-1)?.index : undefined;
  const closed = open === undefined ? rest : rest.slice(0, open);
  const last = [...closed.matchAll(/[.!?:](?=\s)|[。！？]|\n/g)].at(-1);
  return last === undefined ? from : from + last.index + 1;
}

function spoken(markdown: string, codeBlock: string): string {
  return markdown
    .replace(/^\s*(```|~~~)[^\n]*\n[\s\S]*?(?:^\s*\1\s*$|$(?![\s\S]))/gm, `${codeBlock} `)
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+/gm, '')
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/[*_`]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
