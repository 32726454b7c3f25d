import type { Backend, Clock } from '../core/ports.ts';
import { prefixOf, suffixOf } from '../core/snapshot.ts';
import { Attempts } from './attempts.ts';
import { choose } from './choose.ts';
import { Form } from './form.ts';
import { Live } from './live.ts';
import { type LearnedText, Memory } from './memory.ts';
import type { Network } from './network.ts';
import { priorNetwork } from './prior.ts';
import { type Candidate, predictRun } from './run.ts';
import { Vocabulary } from './vocabulary.ts';
import { zoneOf } from './zone.ts';

export type { LearnedText } from './memory.ts';

/** Where a continuation is asked for. */
export interface Query {
  readonly path: string;
  readonly languageId: string;
  /** The whole text before the caret, and after it. */
  readonly prefix: string;
  readonly suffix: string;
}

/** What would be typed next. */
export interface Prediction {
  readonly text: string;
  /** The share of such predictions that turn out right to the last character, 0 to 1. */
  readonly confidence: number;
}

/** Completion from the user's own code: learns files, predicts what is typed next, and shows it only when it is likely right. */
export interface Predictor {
  /** Takes a file in, in place of what was known of it; false if it is too large or looks generated. */
  learn(source: LearnedText): boolean;
  forget(path: string): void;
  predict(query: Query): Prediction | undefined;
}

export function createPredictor(options: {
  readonly clock?: Clock;
  readonly network?: Network;
  readonly observe?: (candidates: readonly Candidate[]) => void;
}): Predictor {
  const vocabulary = new Vocabulary();
  const memory = new Memory(vocabulary);
  const live = new Live(vocabulary);
  const attempts = new Attempts();
  const form = new Form();
  return {
    learn: (source) => memory.learn(source),
    forget: (path) => memory.forget(path),
    predict({ path, languageId, prefix }) {
      const { typed, indentation, continued } = live.follow(
        path,
        prefix,
        memory.usualIndentation(languageId),
      );
      attempts.follow(prefix, continued);
      form.follow(path, prefix, continued);
      const endings = predictRun({
        vocabulary,
        live: live.trail,
        memory,
        network: options.network ?? priorNetwork,
        path,
        lineBreak: prefix.includes('\r\n') ? '\r\n' : '\n',
        typed,
        indentation,
        zone: zoneOf(prefix.slice(prefix.lastIndexOf('\n') + 1), languageId),
        form: form.share,
        misses: form.misses,
        observe: options.observe,
      });
      const guess = choose(endings, 0);
      if (guess) form.guess(guess.text);
      const ending = choose(
        endings.filter(({ text }) => !attempts.refutes(text)),
        0.7,
      );
      if (!ending) return undefined;
      attempts.offer(ending.text);
      return { text: ending.text, confidence: ending.likelihood };
    },
  };
}

/** The predictor as a backend: one chunk, at once, or none. The prompt is not read. */
export function createBuiltinBackend(predictor: {
  predict(query: Query): Prediction | undefined | Promise<Prediction | undefined>;
}): Backend {
  return {
    id: 'builtin',
    kind: 'builtin',
    dialect: { kind: 'fill' },
    lanes: 1,
    metered: false,
    async *stream(request, signal) {
      signal.throwIfAborted();
      const { snapshot } = request.site;
      const { path, languageId } = snapshot;
      const found = await predictor.predict({
        path,
        languageId,
        prefix: prefixOf(snapshot),
        suffix: suffixOf(snapshot),
      });
      signal.throwIfAborted();
      if (found) yield { text: found.text };
    },
  };
}
