import type { Snippet } from '../core/prompt.ts';
import type { Candidate, Neighbour } from './candidate.ts';
import { type Picked, render } from './render.ts';

/** What a snippet costs besides its text: its path and the marks around it, in characters. */
export function overheadOf(path: string): number {
  return path.length + 24;
}

/** What the signature of a name is worth beside the name itself. */
const signatureValue = 0.22;
/** Definitions that have a chance at all: more never fit. */
const maxOffers = 1000;

/** One thing that the budget can buy. */
interface Offer {
  readonly candidate: Candidate;
  readonly form: 'name' | 'signature';
  readonly cost: number;
  readonly density: number;
}

/**
 * Shares the budget out by likelihood per character, between names and their signatures. One snippet a file, in an order that does
 * not depend on the place of the caret.
 */
export function packDefinitions(candidates: readonly Candidate[], maxChars: number): Snippet[] {
  const chosen = new Map<Neighbour, Map<number, Picked>>();
  /** The holders that a file's snippet names already. */
  const named = new Map<Neighbour, Set<number>>();
  const seen = new Set<string>();
  let left = maxChars;
  for (const { candidate, form, cost } of offersOf(candidates)) {
    const { neighbour, definition, index } = candidate;
    const picked = chosen.get(neighbour);
    if (form === 'signature') {
      if (picked?.get(index)?.form !== 'name' || cost > left) continue;
      left -= cost;
      picked.set(index, { candidate, form });
      continue;
    }
    if (seen.has(definition.name)) continue;
    const holder = neighbour.outline.definitions[definition.container];
    const holders = named.get(neighbour) ?? new Set();
    let whole = cost;
    if (picked === undefined) whole += overheadOf(neighbour.source.path);
    if (holder !== undefined && !holders.has(definition.container)) whole += holder.name.length + 6;
    if (whole > left) continue;
    left -= whole;
    seen.add(definition.name);
    named.set(neighbour, holders.add(definition.container));
    if (picked === undefined) chosen.set(neighbour, new Map([[index, { candidate, form }]]));
    else picked.set(index, { candidate, form });
  }
  return [...chosen]
    .map(([neighbour, picked]) => ({
      source: neighbour.relation,
      path: neighbour.source.path,
      text: render(neighbour, picked),
      weight: Math.max(...[...picked.values()].map(({ candidate }) => candidate.weight)),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** All offers, the best first. */
function offersOf(candidates: readonly Candidate[]): Offer[] {
  const names = candidates.map((candidate): Offer => {
    const cost = candidate.definition.name.length + 2;
    return { candidate, form: 'name', cost, density: candidate.weight / cost };
  });
  const best = withOverhead(names).sort(byDensity).slice(0, maxOffers);
  const signatures = best.flatMap(({ candidate, density: ofName }): Offer[] => {
    const { name, signature } = candidate.definition;
    const cost = signature.length - name.length;
    // Never before its name.
    const density = Math.min(ofName, (signatureValue * candidate.weight) / cost);
    return cost > 0 ? [{ candidate, form: 'signature', cost, density }] : [];
  });
  return [...best, ...signatures].sort(byDensity);
}

const byDensity = (a: Offer, b: Offer) => Number(b.density > a.density) - Number(b.density < a.density);

/**
 * A file's first names pay for its path and marks as well: as many of its best as make the most of a character, all of these at
 * that density.
 */
function withOverhead(names: readonly Offer[]): Offer[] {
  const files = new Map<Neighbour, Offer[]>();
  for (const offer of names) {
    const list = files.get(offer.candidate.neighbour);
    if (list === undefined) files.set(offer.candidate.neighbour, [offer]);
    else list.push(offer);
  }
  return [...files].flatMap(([neighbour, offers]) => {
    offers.sort(byDensity);
    let cost = overheadOf(neighbour.source.path);
    let weight = 0;
    let count = 0;
    for (const offer of offers) {
      if (offer.density * cost < weight) break;
      cost += offer.cost;
      weight += offer.candidate.weight;
      count++;
    }
    const density = weight / cost;
    return offers.map((offer, i) => (i < count ? { ...offer, density } : offer));
  });
}
