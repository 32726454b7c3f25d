import type { Outline } from '../core/outline.ts';
import type { Site } from '../core/site.ts';
import { lineStartAt } from '../core/snapshot.ts';
import type { Neighbour } from './candidate.ts';
import { type FileWords, fileWordsOf } from './fileWords.ts';
import { maxNeighbours } from './neighbourhood.ts';
import type { Names } from './ownNames.ts';
import { identifiersOf, wordsOf } from './words.ts';

/** All that the sources look at: one line's place and what is known around it. */
export interface Scene {
  readonly site: Site;
  /** The current file's outline; it may lag behind the last keys. */
  readonly own: Outline;
  /** The identifiers of the current file; it may lag behind the last keys. */
  readonly ownNames: Names;
  /** The lines above the caret's, the nearest first. */
  readonly linesAbove: readonly string[];
  /** Identifiers near the caret but not on its line, with how near they stand, 0 to 1. */
  readonly nearNames: ReadonlyMap<string, number>;
  /** The words that those are made of, likewise. */
  readonly nearWords: ReadonlyMap<string, number>;
  readonly neighbours: readonly Neighbour[];
  /** The words of a neighbour's text. */
  wordsOf(neighbour: Neighbour): FileWords;
}

/** Lines above and below the caret's that tell what it is about. */
const linesAbove = 30;
const linesBelow = 10;
/** Characters that those lines are looked for in, so that a line without end costs nothing. */
const charactersAbove = 4000;
const charactersBelow = 2000;

/** Files whose words are kept: those around one file. The least recently used go. */
const maxFiles = maxNeighbours;
const fileWords = new Map<Outline, FileWords>();

/**
 * Puts together what the sources look at. The caret's own line is left out, so that what is found stays the same while it is
 * being typed.
 */
export function sceneOf(site: Site, own: Outline, ownNames: Names, neighbours: readonly Neighbour[]): Scene {
  const { text, caret } = site.snapshot;
  const lineStart = lineStartAt(text, caret);
  const newline = text.indexOf('\n', caret);
  const above = text
    .slice(Math.max(0, lineStart - charactersAbove), lineStart)
    .split('\n')
    .slice(0, -1)
    .reverse();
  const below = newline < 0 ? [] : text.slice(newline + 1, newline + 1 + charactersBelow).split('\n');
  const nearNames = new Map<string, number>();
  const nearWords = new Map<string, number>();
  for (const lines of [above.slice(0, linesAbove), below.slice(0, linesBelow)]) {
    for (const [i, line] of lines.entries()) {
      const weight = 1 / (1 + (i + 1) / 5);
      for (const name of identifiersOf(line)) {
        raise(nearNames, name, weight);
        for (const word of wordsOf(name)) raise(nearWords, word, weight);
      }
    }
  }
  return {
    site,
    own,
    ownNames,
    linesAbove: above,
    nearNames,
    nearWords,
    neighbours,
    wordsOf: wordsOfFile,
  };
}

/** The words of a neighbour's text, taken apart once; its outline stands for its version. */
export function wordsOfFile({ outline, source }: Neighbour): FileWords {
  const words = fileWords.get(outline) ?? fileWordsOf(source.text);
  fileWords.delete(outline);
  fileWords.set(outline, words);
  for (const oldest of fileWords.keys()) {
    if (fileWords.size <= maxFiles) break;
    fileWords.delete(oldest);
  }
  return words;
}

function raise(map: Map<string, number>, key: string, value: number): void {
  if (value > (map.get(key) ?? 0)) map.set(key, value);
}
