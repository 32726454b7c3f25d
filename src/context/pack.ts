import type { Snippet } from '../core/prompt.ts';
import type { Candidate, Neighbour } from './candidate.ts';

/** What a snippet costs besides its text: its path and the marks around it, in characters. */
export function overheadOf(path: string): number {
  return path.length + 24;
}

/** Shares the budget out: names first, likeliest first, then signatures in the same order; one snippet a file. */
export function packDefinitions(ranked: readonly Candidate[], maxChars: number): Snippet[] {
  const chosen = new Map<Neighbour, Map<Candidate, 'name' | 'signature'>>();
  const seen = new Set<string>();
  let left = maxChars;
  for (const candidate of ranked) {
    const { name } = candidate.definition;
    if (seen.has(name)) continue;
    const known = chosen.get(candidate.neighbour);
    const cost =
      name.length + 2 + (known === undefined ? overheadOf(candidate.neighbour.source.path) + 2 : 0);
    if (cost > left) continue;
    left -= cost;
    seen.add(name);
    if (known === undefined) chosen.set(candidate.neighbour, new Map([[candidate, 'name']]));
    else known.set(candidate, 'name');
  }
  for (const candidate of ranked) {
    const picked = chosen.get(candidate.neighbour);
    if (picked?.get(candidate) !== 'name') continue;
    const cost = candidate.definition.signature.length + 1 - candidate.definition.name.length;
    if (cost > left) continue;
    left -= cost;
    picked.set(candidate, 'signature');
  }
  return [...chosen].map(([neighbour, picked]) => ({
    source: neighbour.relation,
    path: neighbour.source.path,
    text: render(picked),
    weight: Math.max(...[...picked.keys()].map(({ weight }) => weight)),
  }));
}

function render(picked: ReadonlyMap<Candidate, 'name' | 'signature'>): string {
  const inOrder = [...picked].sort(([a], [b]) => a.definition.span.start - b.definition.span.start);
  const signatures = inOrder
    .filter(([, form]) => form === 'signature')
    .map(([{ definition }]) => definition.signature);
  const names = inOrder.filter(([, form]) => form === 'name').map(([{ definition }]) => definition.name);
  return [...signatures, ...(names.length > 0 ? [names.join(', ')] : [])].join('\n');
}
