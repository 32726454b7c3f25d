import type { Prediction } from './prediction.ts';

/** Fewer visible characters are not worth a look. */
const minVisible = 4;

/** The ending that saves most for the risk, if any is worth showing. */
export function choose(endings: readonly Prediction[], least: number): Prediction | undefined {
  let best: Prediction | undefined;
  let most = 0;
  for (const ending of endings) {
    if (ending.confidence < least || visibleLength(ending.text) < minVisible) continue;
    if (/\s$/.test(ending.text)) continue;
    const worth = ending.confidence * (ending.text.length - 1);
    if (worth > most) [best, most] = [ending, worth];
  }
  return best;
}

/** Characters that are not white space. */
function visibleLength(text: string): number {
  return text.replace(/\s+/g, '').length;
}
