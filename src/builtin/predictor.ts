import { Attempts } from './attempts.ts';
import { Below } from './below.ts';
import { Calibration } from './calibration.ts';
import { choose } from './choose.ts';
import { fitting } from './fitting.ts';
import { Form } from './form.ts';
import { Live } from './live.ts';
import { type LearnedText, Memory } from './memory.ts';
import type { Network } from './network.ts';
import type { Prediction, Query } from './prediction.ts';
import { priorNetwork } from './prior.ts';
import { type Candidate, predictRun } from './run.ts';
import { loadMemory, saveMemory } from './savedMemory.ts';
import { zoneOf } from './zone.ts';

/** Work that can be laid down between slices of a few milliseconds. */
export type Sliced<Result> = Generator<undefined, Result>;

/** How much is known. */
export interface Figures {
  readonly files: number;
  readonly tokens: number;
  readonly words: number;
  /** Of the arrays; the words' texts come on top. */
  readonly bytes: number;
}

/** Completion from the user's own code: learns files, predicts what is typed next, and shows it only when it is likely right. */
export interface Predictor {
  /** Takes a file in, in place of what was known of it; false if it is too large or looks generated. */
  learn(source: LearnedText): boolean;
  /** The same in slices. One file at a time. */
  learnInSlices(source: LearnedText): Sliced<boolean>;
  forget(path: string): void;
  /** The stamp with which a file was learned; undefined if it is not known. */
  stampOf(path: string): string | undefined;
  paths(): readonly string[];
  /** The known files below a folder. */
  pathsBelow(folder: string): readonly string[];
  /** Asked at every key; learns the file that is typed in on the way. */
  predict(query: Query): Prediction | undefined;
  /** Drops what was deleted, if that is worth it; nothing may be learned between the slices. */
  tidy(): Sliced<void>;
  /** Everything that is known, as bytes for `load`; nothing may be learned between the slices. */
  save(): Sliced<Uint8Array>;
  /** Replaces everything by what `save` gave; false, and nothing changed, if the bytes are damaged. */
  load(bytes: Uint8Array): Sliced<boolean>;
  figures(): Figures;
}

/** Suggestions less likely than this are not shown. */
const leastShown = 0.62;
/** In comments and documents people write sentences, and are disturbed more easily. */
const leastInProse = 0.75;
/** Words of context that must have been seen together before. */
const leastReachInProse = 3;

/** Characters by which the start of the looked-at part of a very long file moves. */
const farStep = 200_000;
/** Characters at the start that tell which line breaks a file uses. */
const startLength = 4000;
/** Longer lines are judged by their end. */
const longestLine = 2000;
/** Nobody types lines that are longer, and each key would have all of it cut into tokens again. */
const longestTyped = 5000;

/** `observe` sees all that is weighed at every step; `network` replaces the prior. Both are for training. */
export function createPredictor(
  options: { readonly network?: Network; readonly observe?: (candidates: readonly Candidate[]) => void } = {},
): Predictor {
  let memory = new Memory();
  let live = new Live(memory.vocabulary);
  let below = new Below(memory.vocabulary);
  const attempts = new Attempts();
  const calibration = new Calibration();
  const form = new Form((confidence, right) => calibration.settle(confidence, right));
  const replace = (fresh: Memory): void => {
    memory = fresh;
    live = new Live(memory.vocabulary);
    below = new Below(memory.vocabulary);
  };
  return {
    learn: (source) => finish(memory.learn(source)),
    learnInSlices: (source) => memory.learn(source),
    forget: (path) => memory.forget(path),
    stampOf: (path) => memory.files.get(path)?.stamp,
    pathsBelow: (folder) => memory.files.below(folder),
    paths: () => memory.files.all().map(({ path }) => path),
    predict({ path, languageId, prefix: whole, suffix, zone: told }) {
      if (whole.length - whole.lastIndexOf('\n') > longestTyped) return undefined;
      const prefix = nearPart(whole);
      const hint = memory.files.usualIndentation(languageId);
      const { typed, indentation, continued } = live.follow(path, prefix, hint);
      below.follow(suffix);
      attempts.follow(prefix, continued);
      form.follow(path, prefix, continued);
      const zone = zoneOf(prefix, lineOf(prefix), languageId, told);
      const run = predictRun({
        vocabulary: memory.vocabulary,
        live: live.trail,
        below,
        memory,
        network: options.network ?? priorNetwork,
        path,
        lineBreak: prefix.slice(0, startLength).includes('\r\n') ? '\r\n' : '\n',
        typed,
        indentation,
        zone,
        leastReach: zone === 1 ? leastReachInProse : 0,
        form: form.share,
        misses: form.misses,
        refuted: (text) => attempts.refutes(text),
        observe: options.observe,
      });
      const endings = fitting(
        run.map(({ text, likelihood }) => ({ text, confidence: calibration.correct(likelihood) })),
        prefix,
        suffix,
      );
      const guess = choose(endings, 0);
      if (guess) form.guess(guess);
      const shown = choose(endings, zone === 1 ? leastInProse : leastShown);
      if (shown) attempts.offer(shown.text);
      return shown;
    },
    *tidy() {
      if (memory.worn) replace(yield* memory.copy());
    },
    save: () => saveMemory(memory, calibration.bias),
    *load(bytes) {
      const loaded = yield* loadMemory(bytes);
      if (!loaded) return false;
      replace(loaded.memory);
      calibration.bias = loaded.bias;
      return true;
    },
    figures: () => ({
      files: memory.files.count,
      tokens: memory.trail.length,
      words: memory.vocabulary.texts.length,
      bytes: memory.trail.bytes + memory.pairs.bytes + live.trail.bytes,
    }),
  };
}

/** The part of a very long text that is looked at; its start moves in large steps, so that little must be cut anew. */
function nearPart(prefix: string): string {
  if (prefix.length <= 2 * farStep) return prefix;
  const from = (Math.floor(prefix.length / farStep) - 1) * farStep;
  return prefix.slice(prefix.indexOf('\n', from) + 1 || from);
}

/** The caret's line up to the caret, or as much of it as tells comments and strings. */
function lineOf(prefix: string): string {
  const near = prefix.slice(-longestLine);
  return near.slice(near.lastIndexOf('\n') + 1);
}

/** Does all slices at once. */
export function finish<Result>(work: Sliced<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
