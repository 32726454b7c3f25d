import type { Outline } from '../core/outline.ts';
import type { Site } from '../core/site.ts';
import type { Neighbour } from './candidate.ts';
import { type FileWords, fileWordsOf } from './fileWords.ts';
import { identifiersOf, wordsOf } from './words.ts';

/** All that the sources look at: one keystroke's place and what is known around it. */
export interface Scene {
  readonly site: Site;
  /** The current file's outline; it may lag behind the last keys. */
  readonly own: Outline;
  /** The words of a file of the neighbourhood or of the current one. */
  wordsOf(neighbour: Neighbour): FileWords;
  /** The identifiers of the current file; it may lag behind the last keys. */
  readonly ownNames: ReadonlySet<string>;
  /** Identifiers near the caret, with how near they stand, 0 to 1. */
  readonly nearNames: ReadonlyMap<string, number>;
  /** The words that those are made of, likewise. */
  readonly nearWords: ReadonlyMap<string, number>;
  readonly neighbours: readonly Neighbour[];
}

/** Lines above and below the caret that tell what it is about. */
const linesAbove = 30;
const linesBelow = 10;

/** The words of a file live as long as its outline, which a new version of the file replaces. */
const fileWords = new WeakMap<Outline, FileWords>();

/** Puts together what the sources look at. */
export function sceneOf(site: Site, own: Outline, neighbours: readonly Neighbour[]): Scene {
  const { text, caret } = site.snapshot;
  const nearNames = new Map<string, number>();
  const nearWords = new Map<string, number>();
  const above = text
    .slice(Math.max(0, caret - 4000), caret)
    .split('\n')
    .slice(-linesAbove)
    .reverse();
  const below = text
    .slice(caret, caret + 2000)
    .split('\n')
    .slice(0, linesBelow);
  for (const lines of [above, below]) {
    for (const [i, line] of lines.entries()) {
      const weight = 1 / (1 + i / 5);
      for (const name of identifiersOf(line)) {
        raise(nearNames, name, weight);
        for (const word of wordsOf(name)) raise(nearWords, word, weight);
      }
    }
  }
  return {
    site,
    own,
    ownNames: identifiersOf(text),
    nearNames,
    nearWords,
    neighbours,
    wordsOf(neighbour) {
      let words = fileWords.get(neighbour.outline);
      if (words === undefined) {
        words = fileWordsOf(neighbour.source.text);
        fileWords.set(neighbour.outline, words);
      }
      return words;
    },
  };
}

function raise(map: Map<string, number>, key: string, value: number): void {
  if (value > (map.get(key) ?? 0)) map.set(key, value);
}
