import type { Candidate, Neighbour } from './candidate.ts';

/** A definition that is sent, and how. */
export interface Picked {
  readonly candidate: Candidate;
  readonly form: 'name' | 'signature';
}

/** The picked definitions of a file as its outline: members in braces behind their type, bare names together at the end. */
export function render(neighbour: Neighbour, picked: ReadonlyMap<number, Picked>): string {
  const { definitions } = neighbour.outline;
  const members = new Map<number, Picked[]>();
  const alone: Picked[] = [];
  for (const index of [...picked.keys()].sort((a, b) => a - b)) {
    const one = picked.get(index);
    if (one === undefined) continue;
    const holder = one.candidate.definition.container;
    if (holder < 0) alone.push(one);
    else if (members.has(holder)) members.get(holder)?.push(one);
    else members.set(holder, [one]);
  }
  const lines: { readonly at: number; readonly text: string }[] = [];
  for (const [index, list] of members) {
    const holder = definitions[index];
    if (holder === undefined) continue;
    const head = picked.get(index)?.form === 'signature' ? holder.signature : holder.name;
    lines.push({ at: index, text: `${head} { ${list.map(textOf).join('; ')} }` });
  }
  const names: string[] = [];
  for (const one of alone) {
    if (members.has(one.candidate.index)) continue;
    if (one.form === 'signature') lines.push({ at: one.candidate.index, text: textOf(one) });
    else names.push(textOf(one));
  }
  // A type that is itself a member and has members of its own stands on its own line.
  const text = lines.sort((a, b) => a.at - b.at).map((line) => line.text);
  if (names.length > 0) text.push(names.join(', '));
  return text.join('\n');
}

function textOf({ candidate, form }: Picked): string {
  return form === 'signature' ? candidate.definition.signature : candidate.definition.name;
}
