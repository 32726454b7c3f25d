import { isAbort } from '../core/errors.ts';
import type { OutlineOf } from '../core/outline.ts';
import type { Clock, ContextSource, Gather, Log, Workspace } from '../core/ports.ts';
import type { Snippet } from '../core/prompt.ts';
import type { Site } from '../core/site.ts';
import type { Neighbour } from './candidate.ts';
import { createFiles } from './files.ts';
import { exploreNeighbourhood } from './neighbourhood.ts';
import { packDefinitions } from './pack.ts';
import { rankDefinitions } from './rank.ts';
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
      const { text, caret } = site.snapshot;
      const ranked = rankDefinitions({
        site,
        own,
        ownNames: identifiersOf(text),
        nearWords: nearWordsOf(text, caret),
        neighbours,
        openNames: new Map(
          neighbours
            .filter(({ isOpen }) => isOpen)
            .map(({ source }) => [source.path, identifiersOf(source.text)]),
        ),
      });
      return packDefinitions(ranked, maxChars);
    } catch (error) {
      if (!isAbort(error)) log.error('The context could not be gathered.', error);
      return [];
    } finally {
      stop.abort();
    }
  };
}

/** Words of the 30 lines above and 10 lines below the caret, nearer ones heavier. */
function nearWordsOf(text: string, caret: number): Map<string, number> {
  const words = new Map<string, number>();
  const above = text.slice(0, caret).split('\n').slice(-30).reverse();
  const below = text.slice(caret).split('\n').slice(0, 10);
  for (const lines of [above, below]) {
    for (const [i, line] of lines.entries()) {
      for (const name of identifiersOf(line)) {
        for (const word of wordsOf(name)) {
          const weight = 1 / (1 + i / 5);
          if (weight > (words.get(word) ?? 0)) words.set(word, weight);
        }
      }
    }
  }
  return words;
}
