import { isAbort } from '../core/errors.ts';
import type { OutlineOf } from '../core/outline.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Neighbour } from './candidate.ts';
import type { Files } from './files.ts';
import type { Importer } from './importer.ts';
import { exploreNeighbourhood } from './neighbourhood.ts';
import { wordsOfFile } from './scene.ts';

/** How long a look around is good for, ms, while imports and open files stay the same. */
const trusted = 10_000;

/** The neighbours of a file; the same array as long as nothing changed. */
export type LookAround = (from: Importer, signal: AbortSignal) => Promise<readonly Neighbour[]>;

interface Look {
  readonly key: string;
  readonly at: number;
  readonly neighbours: Neighbour[];
  readonly finished: Promise<void>;
  done: boolean;
}

/** Looks around once, and again in the background when that is old. A look that was too slow for one key is there for the next. */
export function createSurroundings(
  files: Files,
  outlineOf: OutlineOf,
  clock: Clock,
  log: Log,
  life: AbortSignal,
): LookAround {
  let last: Look | undefined;
  let next: Look | undefined;

  function start(from: Importer, key: string): Look {
    const neighbours: Neighbour[] = [];
    const found = async (neighbour: Neighbour) => {
      // Taking a file apart takes some milliseconds: one at a time, and others between.
      await clock.sleep(0, life);
      const words = wordsOfFile(neighbour);
      if (neighbour.isOpen) words.windows();
      neighbours.push(neighbour);
    };
    const explored = exploreNeighbourhood(from, files, outlineOf, found, life);
    const finished = explored
      .catch((error) => {
        if (!isAbort(error)) log.error('The files around could not be looked at.', error);
      })
      .then(() => {
        look.done = true;
        if (next === look) {
          last = look;
          next = undefined;
        }
      });
    const look: Look = { key, at: clock.now(), neighbours, finished, done: false };
    return look;
  }

  return async (from, signal) => {
    const tabs = [...files.open().values()].map(({ uri, version }) =>
      uri === from.source.uri ? uri : `${uri}@${version}`,
    );
    const imports = from.outline.imports.map(({ path }) => path);
    const key = [from.source.path, ...imports, '', ...tabs].join('\n');
    if (last?.key === key) {
      if (next === undefined && clock.now() - last.at > trusted) next = start(from, key);
      return last.neighbours;
    }
    if (next?.key !== key) next = start(from, key);
    const look = next;
    await Promise.race([look.finished, aborted(signal)]);
    return look.done ? look.neighbours : [...look.neighbours];
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
