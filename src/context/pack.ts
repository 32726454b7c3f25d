import type { Snippet } from '../core/prompt.ts';
import type { Candidate, Neighbour } from './candidate.ts';

/** What a snippet costs besides its text: its path and the marks around it, in characters. */
export function overheadOf(path: string): number {
  return path.length + 24;
}

/** What the signature of a name is worth beside the name itself. */
const signatureValue = 0.25;

/** One thing that the budget can buy. */
interface Offer {
  readonly candidate: Candidate;
  readonly form: 'name' | 'signature';
  readonly cost: number;
  readonly density: number;
}

/** Shares the budget out by likelihood per character, between names and their signatures; one snippet a file. */
export function packDefinitions(candidates: readonly Candidate[], maxChars: number): Snippet[] {
  const chosen = new Map<Neighbour, Map<Candidate, 'name' | 'signature'>>();
  const seen = new Map<string, Candidate>();
  let left = maxChars;
  const offers: Offer[] = [];
  for (const candidate of candidates) {
    const { name, signature } = candidate.definition;
    const cost = name.length + 2;
    offers.push({ candidate, form: 'name', cost, density: candidate.weight / cost });
    const extra = signature.length - name.length;
    if (extra > 0)
      offers.push({
        candidate,
        form: 'signature',
        cost: extra,
        density: (signatureValue * candidate.weight) / extra,
      });
  }
  offers.sort((a, b) => b.density - a.density);
  for (const { candidate, form, cost } of offers) {
    const { neighbour, definition } = candidate;
    const picked = chosen.get(neighbour);
    if (form === 'signature') {
      if (picked?.get(candidate) !== 'name' || cost > left) continue;
      left -= cost;
      picked.set(candidate, 'signature');
      continue;
    }
    if (seen.has(definition.name)) continue;
    const whole = cost + (picked === undefined ? overheadOf(neighbour.source.path) + 2 : 0);
    if (whole > left) continue;
    left -= whole;
    seen.set(definition.name, candidate);
    if (picked === undefined) chosen.set(neighbour, new Map([[candidate, 'name']]));
    else picked.set(candidate, 'name');
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
