import { Ballot } from './ballot.ts';
import { type Indentation, indentAfter } from './indentation.ts';
import type { Live } from './live.ts';
import type { Memory } from './memory.ts';
import { maxReach, recall, recallShape } from './recall.ts';
import { tokenKind, type Vocabulary } from './vocabulary.ts';

/** Tokens that are predicted ahead at most. */
const maxSteps = 24;
/** A run is not followed further once it is less likely than this. */
const minLikelihood = 0.2;

/** A place at which a run of predicted tokens may end. */
export interface Ending {
  /** What would be inserted at the caret. */
  readonly text: string;
  /** How likely all of it is right. */
  readonly likelihood: number;
  readonly steps: number;
}

/** What a run is predicted from. */
export interface Ground {
  readonly vocabulary: Vocabulary;
  readonly live: Live;
  readonly memory: Memory;
  /** Index of the file in memory that is the current one's older self, not to be looked at; -1 for none. */
  readonly self: number;
  readonly lineBreak: string;
}

/** Follows the likeliest next token, step by step, and gives every token's end with the likelihood of getting there. */
export function predictRun(ground: Ground, typed: string, indentation: Indentation): Ending[] {
  const { vocabulary, live, memory } = ground;
  const window = new Int32Array(maxReach + maxSteps + 1);
  const kept = Math.min(maxReach, live.trail.length);
  window.set(live.trail.tokens.subarray(live.trail.length - kept, live.trail.length));
  let end = kept - 1;
  let at: Indentation = { ...indentation };
  let text = '';
  let likelihood = 1;
  const endings: Ending[] = [];
  const ballot = new Ballot();
  const liveFile = (): number => -2;
  const farFile = (place: number): number => {
    const file = memory.fileAt(place);
    return file === ground.self ? -1 : file;
  };
  for (let step = 0; step < maxSteps; step++) {
    const context = { tokens: window, end };
    const open = typed.slice(text.length);
    const fits = (token: number): boolean => {
      if (open === '') return true;
      const shown = render(token, vocabulary, at, ground.lineBreak);
      return shown?.text.startsWith(open) === true || (shown !== undefined && open.startsWith(shown.text));
    };
    ballot.clear();
    recall(live.trail, context, true, liveFile, fits, ballot);
    recallShape(live.trail, context, true, liveFile, vocabulary, fits, ballot);
    recall(memory.trail, context, false, farFile, fits, ballot);
    const { first } = ballot.best();
    if (!first) break;
    const shown = render(first.token, vocabulary, at, ground.lineBreak);
    if (!shown) break;
    const share = first.weight / (ballot.total + 4);
    likelihood *= share;
    if (likelihood < minLikelihood) break;
    text += shown.text;
    at = { ...at, columns: shown.columns };
    window[++end] = first.token;
    if (text.length > typed.length) endings.push({ text: text.slice(typed.length), likelihood, steps: step });
  }
  return endings;
}

function render(
  token: number,
  vocabulary: Vocabulary,
  indentation: Indentation,
  lineBreak: string,
): { text: string; columns: number } | undefined {
  const id = token >>> 1;
  const text = vocabulary.textOf(id);
  const kind = vocabulary.kindOf(id);
  if (kind === tokenKind.edge) return undefined;
  if (kind !== tokenKind.newline)
    return { text: (token & 1) === 1 ? ` ${text}` : text, columns: indentation.columns };
  const breaks = text.lastIndexOf('\n') + 1;
  const indent = indentAfter(text.slice(breaks), indentation);
  return indent && { text: lineBreak.repeat(breaks) + indent.text, columns: indent.columns };
}
