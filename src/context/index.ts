import { isAbort } from '../core/errors.ts';
import type { OutlineOf } from '../core/outline.ts';
import type { Clock, ContextSource, Gather, Log, Workspace } from '../core/ports.ts';
import type { Snippet } from '../core/prompt.ts';
import type { Site } from '../core/site.ts';
import { lineStartAt } from '../core/snapshot.ts';
import { placesAlike } from './alike.ts';
import type { Neighbour } from './candidate.ts';
import { createFiles } from './files.ts';
import { createOwnFile } from './ownFile.ts';
import { packDefinitions } from './pack.ts';
import { rankDefinitions, type Steady, weighSteady } from './rank.ts';
import { sceneOf } from './scene.ts';
import { createSurroundings } from './surroundings.ts';

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
  const life = new AbortController().signal;
  const files = createFiles(ports.workspace, clock, log);
  const lookAtOwnFile = createOwnFile(outline, clock, life);
  const lookAround = createSurroundings(files, outline, clock, log, life);
  const steadyOf = new WeakMap<readonly Neighbour[], Steady>();
  let last:
    | { readonly key: string; readonly neighbours: readonly Neighbour[]; readonly snippets: Snippet[] }
    | undefined;

  return async function gather(
    site: Site,
    maxChars: number,
    signal: AbortSignal,
  ): Promise<readonly Snippet[]> {
    const stop = new AbortController();
    const bounded = AbortSignal.any([signal, stop.signal]);
    const late = clock.sleep(ports.budgetMs, bounded).then(
      () => stop.abort(),
      () => undefined,
    );
    try {
      const own = await lookAtOwnFile(site.snapshot, bounded);
      const neighbours = await lookAround({ source: site.snapshot, outline: own.outline }, bounded);
      const key = `${maxChars} ${lineKeyOf(site)}`;
      if (last?.key === key && last.neighbours === neighbours) return last.snippets;
      const scene = sceneOf(site, own.outline, own.names, neighbours);
      let steady = steadyOf.get(neighbours);
      if (steady === undefined) {
        steady = weighSteady(scene);
        steadyOf.set(neighbours, steady);
      }
      const snippets = packDefinitions(rankDefinitions(scene, steady, placesAlike(scene)), maxChars);
      last = { key, neighbours, snippets };
      return snippets;
    } catch (error) {
      if (!isAbort(error)) log.error('The context could not be gathered.', error);
      return [];
    } finally {
      stop.abort();
      await late;
    }
  };
}

/** Names the line of the caret, whatever stands on it. */
function lineKeyOf({ snapshot: { uri, text, caret } }: Site): string {
  const start = lineStartAt(text, caret);
  return `${uri} ${start} ${text.slice(Math.max(0, start - 200), start)}`;
}
