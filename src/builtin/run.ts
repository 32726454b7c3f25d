import { Ballot, type Nominee } from './ballot.ts';
import type { Below } from './below.ts';
import { describe, featureCount, type StepScene } from './describe.ts';
import { nominateFamily, nominateNewWord, nominateRecent } from './family.ts';
import type { Indentation } from './indentation.ts';
import type { Memory } from './memory.ts';
import { evaluate, type Network } from './network.ts';
import { type Context, type Files, maxReach, recall, recallShape } from './recall.ts';
import { render, startsWith, type Wording } from './render.ts';
import type { Trail } from './trail.ts';
import { tokenKind } from './vocabulary.ts';

/** Tokens that are predicted ahead at most. */
const maxSteps = 32;
/** A run is not followed further once it is less likely than this. */
const minLikelihood = 0.2;
/** When more than the rest of this was typed past, prediction is at its wits' end: what remains is not blown up further. */
const leastLeft = 0.2;
/** Nominees that the network judges at each step. */
const judged = 4;
/** Share of the heaviest nominee's weight below which another is not worth judging. */
const leastWeight = 0.01;
/** Features are kept only for whoever observes. */
const scratch = new Float32Array(featureCount);

/** A place at which a run of predicted tokens may end. */
export interface Ending {
  /** What would be inserted at the caret. */
  readonly text: string;
  /** How likely all of it is right. */
  readonly likelihood: number;
}

/** One possible next token, as the network saw it. */
export interface Candidate {
  readonly features: Float32Array;
  readonly likelihood: number;
  /** What would be inserted at the caret if the run ended with this token. */
  readonly text: string;
  readonly columns: number;
  readonly token: number;
  /** The longest context with which it was found. */
  readonly reach: number;
}

/** What a run is predicted from. */
export interface Ground extends Wording {
  readonly live: Trail;
  readonly below: Below;
  readonly memory: Memory;
  readonly network: Network;
  readonly path: string;
  readonly indentation: Indentation;
  readonly zone: number;
  /** Tokens of context that must have been seen before, together, for a step to be taken. */
  readonly leastReach: number;
  readonly form: number;
  readonly misses: number;
  /** Whether a text at the caret was offered and typed past. */
  readonly refuted: (text: string) => boolean;
  /** Sees all that was weighed at each step, likeliest first; for training. */
  readonly observe?: ((candidates: readonly Candidate[]) => void) | undefined;
}

const liveFiles: Files = { at: () => -2, isNear: () => false };

/** Follows the likeliest next token, step by step, and gives every token's end with the likelihood of getting there. */
export function predictRun(ground: Ground): Ending[] {
  const { vocabulary, live, typed } = ground;
  const window = new Int32Array(maxReach + maxSteps + 1);
  const kept = Math.min(maxReach, live.length);
  window.set(live.tokens.subarray(live.length - kept, live.length));
  const far = farFiles(ground);
  const ballot = new Ballot();
  const endings: { text: string; likelihood: number }[] = [];
  let ruledOut = 0;
  let end = kept - 1;
  let indentation = ground.indentation;
  let text = '';
  let likelihood = 1;
  let zone = ground.zone;
  for (let step = 0; step < maxSteps; step++) {
    const open = text.length < typed.length ? typed.slice(text.length) : '';
    nominate(ground, { tokens: window, end }, open, indentation, far, ballot);
    const scene = {
      step,
      likelihood,
      typed: open.trimStart().length,
      before: (window[end] ?? 0) >>> 1,
      lineStart: vocabulary.kindOf((window[end] ?? 0) >>> 1) === tokenKind.newline,
      length: live.length,
      zone,
      form: ground.form,
      misses: ground.misses,
    };
    const candidates = judge(ground, ballot, scene, (window[end - 1] ?? 0) >>> 1, text, indentation);
    ground.observe?.(candidates);
    // What was typed past is out: its share goes to all that remains, and is missing where it was part of something shorter.
    let first: Candidate | undefined;
    for (const candidate of candidates) {
      if (!ground.refuted(candidate.text)) {
        first ??= candidate;
        continue;
      }
      const share = likelihood * candidate.likelihood;
      ruledOut += share;
      for (const ending of endings) ending.likelihood -= share;
    }
    if (!first || first.reach < Math.min(ground.leastReach, end + 1)) break;
    likelihood *= first.likelihood;
    if (likelihood < minLikelihood * (1 - ruledOut)) break;
    text = typed + first.text;
    indentation = { ...indentation, columns: first.columns };
    if (vocabulary.kindOf(first.token >>> 1) === tokenKind.newline && zone === 2) zone = 0;
    window[++end] = first.token;
    if (first.text !== '') endings.push({ text: first.text, likelihood });
  }
  const left = Math.max(leastLeft, 1 - ruledOut);
  return endings.map(({ text, likelihood }) => ({ text, likelihood: Math.min(1, likelihood / left) }));
}

function farFiles({ memory, path }: Ground): Files {
  const { files } = memory;
  const self = files.numberOf(path);
  const folder = files.folderAt(path);
  return {
    at(place) {
      const file = files.at(place);
      return file === self ? -1 : file;
    },
    isNear: (file) => files.folderOf(file) === folder,
  };
}

function nominate(
  ground: Ground,
  context: Context,
  open: string,
  indentation: Indentation,
  far: Files,
  ballot: Ballot,
): void {
  const { vocabulary, live, memory, below } = ground;
  const fits = startsWith(open, ground, indentation);
  ballot.clear();
  recall(live, context, true, liveFiles, fits, ballot);
  recallShape(live, context, true, liveFiles, vocabulary, fits, ballot);
  if (below.trail.length > 0) {
    recall(below.trail, context, true, below.files, fits, ballot);
    recallShape(below.trail, context, true, below.files, vocabulary, fits, ballot);
  }
  recall(memory.trail, context, false, far, fits, ballot);
  recallShape(memory.trail, context, false, far, vocabulary, fits, ballot);
  if (open !== '') {
    nominateRecent(open, vocabulary, live, ballot);
    nominateFamily(open, context, memory, live, ballot);
    nominateNewWord(open, vocabulary, ballot);
  }
}

/** The heaviest nominees with the likelihood that each is next, likeliest first. */
function judge(
  ground: Ground,
  ballot: Ballot,
  scene: StepScene,
  second: number,
  text: string,
  indentation: Indentation,
): readonly Candidate[] {
  const { pairs } = ground.memory;
  const rivals: readonly Nominee[] = ballot.best(judged);
  const least = (rivals[0]?.weight ?? 0) * leastWeight;
  const candidates: Candidate[] = [];
  for (const nominee of rivals) {
    const shown = render(nominee.token, ground, indentation);
    if (!shown || nominee.weight < least) continue;
    const id = nominee.token >>> 1;
    nominee.pair = pairs.pair(scene.before, id);
    nominee.triple = pairs.triple(second, scene.before, id);
    const features = ground.observe ? new Float32Array(featureCount) : scratch;
    describe(nominee, rivals, ballot, scene, ground.vocabulary, features);
    const likelihood = evaluate(ground.network, features);
    candidates.push({
      features,
      likelihood,
      text: (text + shown.text).slice(ground.typed.length),
      columns: shown.columns,
      token: nominee.token,
      reach: Math.max(nominee.liveReach, nominee.farReach),
    });
  }
  return shareRest(candidates.sort((a, b) => b.likelihood - a.likelihood));
}

/** Each was judged on its own: the likeliest is taken at its word, and the others share at most what it leaves. */
function shareRest(candidates: readonly Candidate[]): readonly Candidate[] {
  const first = candidates[0]?.likelihood ?? 0;
  const others = candidates.reduce((sum, { likelihood }) => sum + likelihood, -first);
  const scale = Math.min(1, (1 - first) / (others + 1e-9));
  return candidates.map((candidate, index) =>
    index === 0 ? candidate : { ...candidate, likelihood: candidate.likelihood * scale },
  );
}
