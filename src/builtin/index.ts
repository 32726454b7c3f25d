import type { Backend, Clock } from '../core/ports.ts';
import { prefixOf, suffixOf } from '../core/snapshot.ts';
import { Attempts } from './attempts.ts';
import { choose } from './choose.ts';
import { Live } from './live.ts';
import { type LearnedText, Memory } from './memory.ts';
import { predictRun } from './run.ts';
import { Vocabulary } from './vocabulary.ts';

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

export function createPredictor(_options: { clock: Clock }): Predictor {
  const vocabulary = new Vocabulary();
  const memory = new Memory(vocabulary);
  const live = new Live(vocabulary);
  const attempts = new Attempts();
  return {
    learn: (source) => memory.learn(source),
    forget: (path) => memory.forget(path),
    predict(query) {
      const place = live.follow(query.path, query.prefix, memory.usualIndentation(query.languageId));
      const lineBreak = query.prefix.includes('\r\n') ? '\r\n' : '\n';
      const ground = { vocabulary, live, memory, self: memory.fileOf(query.path), lineBreak };
      attempts.follow(query.path, query.prefix);
      const endings = predictRun(ground, place.typed, place.indentation);
      const ending = choose(endings.filter(({ text }) => !attempts.refutes(text)));
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
