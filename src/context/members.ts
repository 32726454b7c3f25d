import type { Definition, Outline, TypeOf } from '../core/outline.ts';
import type { Snippet } from '../core/prompt.ts';
import { linePrefixOf } from '../core/snapshot.ts';
import type { Scene } from './scene.ts';

/** What stands before the caret with the operator that asks for a member, and the part of the member's name that is typed. */
const asking = /(?:^|[^\w$])(@?[\p{L}_$][\p{L}\p{N}_$]*)\s*(?:\(\))?(?:\?\.|\.|->|::)\s*([\p{L}\p{N}_$]*)$/u;
/** Characters before the caret in which that stands: more is no name. */
const askingReach = 200;
const ownType = /^(?:this|self|cls|super|Self|@)$/;
/** Types whose own types are looked at: longer chains of inheritance rarely matter. */
const maxParents = 4;

/**
 * The members of what stands before the caret: of the type around for `this.`, else of the variable's type, of what the function
 * returns that made it, or of the name itself. Members that `told` shows with their signatures are left out.
 */
export function gatherMembers(
  scene: Scene,
  typeOf: TypeOf,
  maxChars: number,
  told: readonly Snippet[] = [],
): Snippet[] {
  const { snapshot } = scene.site;
  const match = asking.exec(linePrefixOf(snapshot).slice(-askingReach));
  const receiver = match?.[1];
  if (receiver === undefined) return [];
  const own = ownType.test(receiver);
  const named = own ? typeAround(scene) : (typeOf(snapshot, receiver) ?? receiver);
  if (named === undefined) return [];
  const type = own ? named : (typeReturnedBy(scene, named) ?? named);
  const typed = match?.[2]?.toLowerCase() ?? '';

  const snippets: Snippet[] = [];
  let left = maxChars;
  const seen = new Set<string>();
  let types = [type];
  for (let depth = 0; depth < maxParents && types.length > 0; depth++) {
    const next: string[] = [];
    for (const name of types) {
      for (const { path, outline } of outlinesOf(scene)) {
        next.push(...(outline.parents.get(name) ?? []));
        // The current file's own members need no telling while the type stands in view.
        if (path === snapshot.path) continue;
        const members = membersOf(outline, name).filter((one) => !seen.has(one.name) && one.reach !== 'file');
        const shown = told.filter((one) => one.path === path).map(({ text }) => text);
        const fitting = members.filter(
          ({ name: member, signature }) =>
            member.toLowerCase().startsWith(typed) && !shown.some((text) => text.includes(signature)),
        );
        const lines: string[] = [];
        left -= path.length + 24 + name.length + 4;
        for (const { name: member, signature } of fitting) {
          if (signature.length + 2 > left) continue;
          left -= signature.length + 2;
          lines.push(signature);
          seen.add(member);
        }
        if (lines.length > 0) {
          snippets.push({ source: 'members', path, text: `${name} { ${lines.join('; ')} }`, weight: 0.9 });
        } else left += path.length + 24 + name.length + 4;
      }
    }
    types = next.filter((name) => !types.includes(name));
  }
  return snippets;
}

function outlinesOf(scene: Scene): { readonly path: string; readonly outline: Outline }[] {
  const near = scene.neighbours.map(({ source, outline }) => ({ path: source.path, outline }));
  return [{ path: scene.site.snapshot.path, outline: scene.own }, ...near];
}

/** The first type of the files around that a function of that name says it returns; undefined where the name is a type or unknown. */
function typeReturnedBy(scene: Scene, name: string): string | undefined {
  const definitions = outlinesOf(scene).flatMap(({ outline }) => outline.definitions);
  const types = new Set(definitions.filter(({ kind }) => kind === 'type').map((one) => one.name));
  if (types.has(name)) return undefined;
  for (const { name: made, kind, signature } of definitions) {
    if (made !== name || (kind !== 'function' && kind !== 'method')) continue;
    // What is returned stands behind the parameters, or before the name as in C and Java.
    const behind = signature.slice(signature.lastIndexOf(')') + 1);
    const before = signature.slice(0, signature.indexOf(name));
    const returned = `${behind} ${before.startsWith('func') ? '' : before}`.match(
      /[\p{L}_$][\p{L}\p{N}_$]*/gu,
    );
    const type = returned?.find((one) => types.has(one));
    if (type !== undefined) return type;
  }
  return undefined;
}

/** The innermost type that the caret stands in. */
function typeAround({ own, site }: Scene): string | undefined {
  const { caret } = site.snapshot;
  return own.definitions.findLast(
    ({ kind, span }) => kind === 'type' && span.start < caret && caret <= span.end,
  )?.name;
}

/** The definitions whose container has that name; Go's and C++'s methods stand outside of the type and name it in their signature. */
function membersOf(outline: Outline, type: string): Definition[] {
  const outside = new RegExp(`^func \\([^)]*\\b${type}\\)|\\b${type}::`);
  return outline.definitions.filter(({ container, kind, signature }) => {
    const holder = outline.definitions[container];
    return holder?.name === type || ((kind === 'method' || kind === 'function') && outside.test(signature));
  });
}
