import type { Prediction } from './prediction.ts';

/** Fewer visible characters are not worth a look. */
const minVisible = 4;
/** What it is worth, in characters, that a line is whole: `);` would have to be typed, and is too little to be offered on its own. */
const wholeLine = 3;

/** The ending that saves most for the risk, if any is worth showing. `endings` are those of one run, shortest first. */
export function choose(endings: readonly Prediction[], least: number): Prediction | undefined {
  let best: Prediction | undefined;
  let most = 0;
  for (const [index, ending] of endings.entries()) {
    if (ending.confidence < least || visibleLength(ending.text) < minVisible) continue;
    if (/\s$/.test(ending.text)) continue;
    const next = endings[index + 1]?.text.slice(ending.text.length);
    const worth =
      ending.confidence * (ending.text.length - 1 + (next && /^\s*\n/.test(next) ? wholeLine : 0));
    if (worth > most) [best, most] = [ending, worth];
  }
  return best;
}

/** Characters that are not white space. */
function visibleLength(text: string): number {
  return text.replace(/\s+/g, '').length;
}
