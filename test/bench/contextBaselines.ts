import type { SourceText } from '../../src/core/snapshot.ts';

/** Text before the caret, the open files, and how much may be sent. */
export interface BaselineQuestion {
  readonly before: string;
  readonly tabs: readonly SourceText[];
  readonly maxChars: number;
}

/** The first lines of every open file, as much of each as the budget allows. */
export function headsOfOpenFiles({ tabs, maxChars }: BaselineQuestion): string {
  const share = Math.floor(maxChars / Math.max(1, tabs.length));
  return tabs.map((tab) => tab.text.slice(0, share)).join('\n');
}

/** The best window of each open file by Jaccard similarity with the lines before the caret; the best of these first, cut at the budget. */
export function jaccardWindows(question: BaselineQuestion, lines: number, most: number): string {
  const own = tokens(question.before.split('\n').slice(-lines).join('\n'));
  const best = question.tabs.map((tab) => bestWindow(tab.text, own, lines)).sort((a, b) => b.score - a.score);
  return best
    .slice(0, most)
    .map(({ text }) => text)
    .join('\n')
    .slice(0, question.maxChars);
}

function bestWindow(text: string, own: ReadonlySet<string>, lines: number): { score: number; text: string } {
  const all = text.split('\n');
  const step = Math.max(1, Math.floor(lines / 4));
  let best = { score: -1, text: '' };
  for (let at = 0; at === 0 || at < all.length; at += step) {
    const window = all.slice(at, at + lines).join('\n');
    const words = tokens(window);
    let shared = 0;
    for (const word of words) if (own.has(word)) shared++;
    const score = shared / (own.size + words.size - shared || 1);
    if (score > best.score) best = { score, text: window };
  }
  return best;
}

function tokens(text: string): Set<string> {
  return new Set(text.match(/\w+/g) ?? []);
}
