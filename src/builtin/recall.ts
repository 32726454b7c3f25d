import type { Ballot } from './ballot.ts';
import { type Renaming, rename } from './rename.ts';
import { chainOrders, shapeChain, type Trail } from './trail.ts';
import { tokenKind, type Vocabulary } from './vocabulary.ts';

/** The longest context that is compared, in tokens. */
export const maxReach = 24;
/** Places looked at for each context length, most recent first. */
const liveVisits = [24, 24, 16, 12] as const;
const farVisits = [24, 32, 24, 16] as const;
const shapeVisits = 10;

/** The tokens before the one that is asked for: the last of them stands at `end`. */
export interface Context {
  readonly tokens: Int32Array;
  readonly end: number;
}

/** What is known of the files that a trail holds. */
export interface Files {
  /** The file in which a place lies; -1 if it may not be used (it may have been deleted since). */
  at(place: number): number;
  /** Whether a file lies in the folder of the current one. */
  isNear(file: number): boolean;
}

/** Lets every earlier place with the same context vote for the token that followed there, if `fits` lets it. */
export function recall(
  trail: Trail,
  context: Context,
  live: boolean,
  files: Files,
  fits: (token: number) => boolean,
  ballot: Ballot,
): void {
  const visits = live ? liveVisits : farVisits;
  const heads = trail.heads(context.tokens, context.end);
  for (let chain = chainOrders.length - 1; chain >= 0; chain--) {
    const order = chainOrders[chain] ?? 1;
    const above = chainOrders[chain + 1] ?? maxReach + 1;
    let place = heads[chain] ?? -1;
    for (let left = visits[chain] ?? 0; left > 0 && place >= 0; left--) {
      const next = place + 1;
      if (next < trail.length) {
        const reach = reachOf(trail.tokens, place, context);
        const token = trail.tokens[next] ?? 0;
        if (reach >= order && reach < above && fits(token)) {
          vote(ballot, token, reach, live ? trail.length - place : -1, files, files.at(place));
        }
      }
      place = trail.before(chain, place);
    }
  }
}

function vote(
  ballot: Ballot,
  token: number,
  reach: number,
  distance: number,
  files: Files,
  file: number,
): void {
  if (file === -1) return;
  const live = distance >= 0;
  const nominee = ballot.of(token);
  if (!nominee) return;
  const weight = reach * reach * (live ? 2 : 1);
  nominee.weight += weight;
  ballot.total += weight;
  ballot.places++;
  ballot.noteReach(nominee, reach);
  if (live) {
    nominee.live++;
    nominee.liveWeight += weight;
    ballot.liveTotal += weight;
    if (reach > nominee.liveReach) nominee.liveReach = reach;
    if (nominee.distance < 0 || distance < nominee.distance) nominee.distance = distance;
  } else {
    nominee.far++;
    if (files.isNear(file)) nominee.near++;
    if (reach > nominee.farReach) nominee.farReach = reach;
  }
  if (file !== nominee.lastFile) {
    nominee.files++;
    nominee.lastFile = file;
  }
}

/** How many tokens before the place equal those of the context. */
function reachOf(tokens: Int32Array, place: number, context: Context): number {
  const limit = Math.min(maxReach, place + 1, context.end + 1);
  let reach = 0;
  while (reach < limit) {
    if (((tokens[place - reach] ?? 0) ^ (context.tokens[context.end - reach] ?? 0)) >>> 1 !== 0) break;
    reach++;
  }
  return reach;
}

/**
 * Lets earlier places of the same shape vote, with the names that differ bound anew: after `user.id, user.name` the shape
 * `item.id, ` makes `item` out of `user`.
 */
export function recallShape(
  trail: Trail,
  context: Context,
  live: boolean,
  files: Files,
  vocabulary: Vocabulary,
  fits: (token: number) => boolean,
  ballot: Ballot,
): void {
  let place = trail.heads(context.tokens, context.end)[shapeChain] ?? -1;
  for (let left = shapeVisits; left > 0 && place >= 0; left--) {
    const next = place + 1;
    const file = files.at(place);
    if (next < trail.length && file !== -1) {
      const binding = bind(trail.tokens, place, context, vocabulary);
      if (binding.renamed > 0 && binding.reach >= 4) {
        const there = trail.tokens[next] ?? 0;
        const here = called(there >>> 1, binding, vocabulary);
        const token = (here ?? there >>> 1) * 2 + (there & 1);
        if (fits(token)) {
          const nominee = ballot.of(token);
          if (nominee) {
            const weight = binding.exact * (live ? 2 : 1);
            nominee.weight += weight;
            nominee.shapeWeight += weight;
            ballot.total += weight;
            if (binding.reach > nominee.shape) nominee.shape = binding.reach;
            if (here !== undefined && !binding.names.has(there >>> 1)) nominee.derived = 0.5;
          }
        }
      }
    }
    place = trail.before(shapeChain, place);
  }
}

/** What a word there is called here; undefined where it keeps its name. */
function called(there: number, { names }: Binding, vocabulary: Vocabulary): number | undefined {
  const bound = names.get(there);
  if (bound !== undefined) return bound;
  const kind = vocabulary.kindOf(there);
  if (kind !== tokenKind.word && kind !== tokenKind.number) return undefined;
  const renamings: Renaming[] = [];
  for (const [from, to] of names) {
    if (from !== to) renamings.push({ there: vocabulary.textOf(from), here: vocabulary.textOf(to) });
  }
  const renamed = rename(vocabulary.textOf(there), renamings);
  return renamed === undefined ? undefined : vocabulary.intern(renamed);
}

interface Binding {
  readonly reach: number;
  readonly exact: number;
  readonly renamed: number;
  readonly names: ReadonlyMap<number, number>;
}

/** Walks back from both places together as long as their shape agrees and no name would have to stand for two. */
function bind(tokens: Int32Array, place: number, context: Context, vocabulary: Vocabulary): Binding {
  const names = new Map<number, number>();
  const limit = Math.min(maxReach, place + 1, context.end + 1);
  let reach = 0;
  let exact = 0;
  let renamed = 0;
  for (; reach < limit; reach++) {
    const there = (tokens[place - reach] ?? 0) >>> 1;
    const here = (context.tokens[context.end - reach] ?? 0) >>> 1;
    const bound = names.get(there);
    if (bound !== undefined) {
      if (bound !== here) break;
      exact++;
      continue;
    }
    if (there === here) {
      if (vocabulary.kindOf(there) === tokenKind.word) names.set(there, here);
      exact++;
      continue;
    }
    if (vocabulary.shapeOf(there) !== vocabulary.shapeOf(here)) break;
    names.set(there, here);
    renamed++;
  }
  return { reach, exact, renamed, names };
}
