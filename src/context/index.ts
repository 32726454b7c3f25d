import { isAbort } from '../core/errors.ts';
import type { Outline, OutlineOf } from '../core/outline.ts';
import type { Clock, ContextSource, Gather, Log, Workspace } from '../core/ports.ts';
import type { Snippet } from '../core/prompt.ts';
import type { Site } from '../core/site.ts';
import type { Neighbour } from './candidate.ts';
import { createFiles } from './files.ts';
import { type FileWords, fileWordsOf } from './fileWords.ts';
import { exploreNeighbourhood } from './neighbourhood.ts';
import { packDefinitions } from './pack.ts';
import { rankDefinitions } from './rank.ts';
import type { Scene } from './scene.ts';
import { identifiersOf, wordsOf } from './words.ts';

/** What the context part needs from outside. */
export interface ContextPorts {
  readonly outline: OutlineOf;
  readonly workspace: Workspace;
  readonly clock: Clock;
  readonly log: Log;
  /** Sources later than this, ms, are dropped. */
  readonly budgetMs: number;
  /** What only the editor can ask: the language server's definitions, diagnostics. */
  readonly extraSources?: readonly ContextSource[];
}

/** Makes the one function that finds what else the model should see. */
export function createGather(ports: ContextPorts): Gather {
  const { clock, log, outline } = ports;
  const files = createFiles(ports.workspace, clock, log);

  return async function gather(
    site: Site,
    maxChars: number,
    signal: AbortSignal,
  ): Promise<readonly Snippet[]> {
    const stop = new AbortController();
    const bounded = AbortSignal.any([signal, stop.signal]);
    const neighbours: Neighbour[] = [];
    try {
      const own = await outline(site.snapshot, bounded);
      const explored = exploreNeighbourhood(
        { source: site.snapshot, outline: own },
        files,
        outline,
        (neighbour) => neighbours.push(neighbour),
        bounded,
      );
      const late = clock.sleep(ports.budgetMs, bounded).catch((error) => {
        if (!isAbort(error)) throw error;
      });
      await Promise.race([explored, late]);
      const ranked = rankDefinitions(sceneOf(site, own, neighbours));
      return packDefinitions(ranked, maxChars);
    } catch (error) {
      if (!isAbort(error)) log.error('The context could not be gathered.', error);
      return [];
    } finally {
      stop.abort();
    }
  };
}

/** Lines above and below the caret that tell what it is about. */
const linesAbove = 30;
const linesBelow = 10;

const fileWords = new WeakMap<Outline, FileWords>();

function sceneOf(site: Site, own: Outline, neighbours: readonly Neighbour[]): Scene {
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
