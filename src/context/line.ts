import type { Snippet } from '../core/prompt.ts';
import type { Site } from '../core/site.ts';
import { lineStartAt } from '../core/snapshot.ts';
import { placesAlike } from './alike.ts';
import { gatherBodies } from './bodies.ts';
import type { Neighbour } from './candidate.ts';
import type { Edits } from './edits.ts';
import { gatherExamples } from './examples.ts';
import type { OwnFile } from './ownFile.ts';
import { gatherOwnOutline } from './ownOutline.ts';
import { overheadOf, packDefinitions } from './pack.ts';
import { rankDefinitions, type Steady, weighSteady } from './rank.ts';
import { type Scene, sceneOf } from './scene.ts';
import { gatherSimilar, similarWindows } from './similar.ts';

/** What is sent for a line, whatever is typed on it. */
export interface LineContext {
  readonly scene: Scene;
  readonly snippets: readonly Snippet[];
}

/** The most that a source may take of the budget; the definitions get all that is left. */
const shares = { own: 0.05, examples: 0.15, edits: 0.05 } as const;

/** Finds what stays the same while a line is typed; remembers the last line. */
export function createLine(
  edits: Edits,
): (site: Site, own: OwnFile, neighbours: readonly Neighbour[], maxChars: number) => LineContext {
  const steadyOf = new WeakMap<readonly Neighbour[], Steady>();
  let last:
    | { readonly key: string; readonly neighbours: readonly Neighbour[]; readonly line: LineContext }
    | undefined;

  return (site, own, neighbours, maxChars) => {
    const key = `${maxChars} ${keyOf(site)}`;
    if (last?.key === key && last.neighbours === neighbours) {
      return { scene: { ...last.line.scene, site }, snippets: last.line.snippets };
    }
    const scene = sceneOf(site, own.outline, own.names, neighbours);
    let steady = steadyOf.get(neighbours);
    if (steady === undefined) {
      steady = weighSteady(scene);
      steadyOf.set(neighbours, steady);
    }
    const places = placesAlike(scene);
    const windows = similarWindows(scene);
    const { path, caret } = site.snapshot;
    const texts = [
      ...gatherOwnOutline(scene, maxChars * shares.own),
      ...gatherExamples(places, maxChars * shares.examples),
      ...edits.snippets(path, caret, maxChars * shares.edits),
    ];
    const ranked = rankDefinitions(scene, steady, places, windows);
    const definitions = packDefinitions(ranked, maxChars - costOf(texts));
    const bodies = gatherBodies(scene, maxChars - costOf([...texts, ...definitions]));
    const told = [...definitions, ...bodies, ...texts];
    const similar = gatherSimilar(windows, scene, told, maxChars - costOf(told));
    const line = { scene, snippets: [...told, ...similar] };
    last = { key, neighbours, line };
    return line;
  };
}

function costOf(snippets: readonly Snippet[]): number {
  return snippets.reduce((sum, { text, path }) => sum + text.length + overheadOf(path), 0);
}

/** Names the line of the caret, whatever stands on it. */
function keyOf({ snapshot: { uri, text, caret } }: Site): string {
  const start = lineStartAt(text, caret);
  return `${uri} ${start} ${text.slice(Math.max(0, start - 200), start)}`;
}
