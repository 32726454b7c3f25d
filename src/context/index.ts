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
import { sceneOf } from './scene.ts';

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
