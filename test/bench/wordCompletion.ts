import type { LearnedText, Prediction, Query } from '../../src/builtin/index.ts';

/** Letters that must be typed before a word is offered. */
const minLetters = 2;
const word = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/**
 * The baseline: completes the word that is being typed from the words of the open files, the most used of those that begin so,
 * the latest among equals. What VS Code's word-based suggestions would insert if their best entry were always taken.
 */
export function createWordCompletion(open: readonly LearnedText[]): (query: Query) => Prediction | undefined {
  const others = new Map<string, number>();
  for (const { text } of open) count(text, others);
  let known = new Map(others);
  let counted = 0;
  let path = '';
  return (query) => {
    if (query.path !== path || query.prefix.length < counted) {
      known = new Map(others);
      counted = 0;
      path = query.path;
    }
    const begun = /[\p{L}_$][\p{L}\p{N}_$]*$/u.exec(query.prefix.slice(-200))?.[0] ?? '';
    const end = query.prefix.length - begun.length;
    count(query.prefix.slice(counted, end), known);
    counted = Math.max(counted, end);
    if (begun.length < minLetters) return undefined;
    let best = '';
    let most = 0;
    for (const [candidate, uses] of known) {
      if (uses >= most && candidate.length > begun.length && candidate.startsWith(begun))
        [best, most] = [candidate, uses];
    }
    return best === '' ? undefined : { text: best.slice(begun.length), confidence: 0 };
  };
}

function count(text: string, into: Map<string, number>): void {
  for (const [found] of text.matchAll(word)) into.set(found, (into.get(found) ?? 0) + 1);
}
