import type { Node } from 'web-tree-sitter';
import type { Snapshot } from '../core/snapshot.ts';
import { queryRange } from './grammars.ts';
import { bareType, innermostName } from './outline.ts';
import type { Parsed } from './trees.ts';

/** Characters above the caret in which the declaration of a variable is looked for. */
const reach = 20_000;
/** The fields in which grammars keep what a declaration is called. */
const nameFields = ['declarator', 'name', 'pattern', 'left', 'property'];

/** The type of a name by the nearest declaration above the caret that tells one. */
export function typeOfName(parsed: Parsed, { caret }: Snapshot, name: string): string | undefined {
  const { text, grammar, tree } = parsed;
  const textOf = (node: Node) => text.slice(node.startIndex, node.endIndex);
  let found: string | undefined;
  let at = -1;
  for (const { node } of grammar
    .types()
    .captures(tree.rootNode, queryRange(Math.max(0, caret - reach), caret))) {
    if (node.startIndex < at || node.startIndex > caret) continue;
    if (!namesOf(node).some((one) => textOf(one).replace(/^[$@&*]+/, '') === name)) continue;
    const type = typeNodeOf(node);
    const bare = type === null ? '' : bareType(textOf(type));
    if (bare === '') continue;
    found = bare;
    at = node.startIndex;
  }
  return found;
}

/** What a declaration may be called by: `this.cart` counts as `cart`. */
function namesOf(node: Node): Node[] {
  const names: Node[] = [];
  for (const field of nameFields) {
    for (const child of node.childrenForFieldName(field)) {
      const last =
        child.childForFieldName('property') ?? child.childForFieldName('attribute') ?? innermostName(child);
      if (last === null) continue;
      names.push(last);
      if (/list$/.test(last.type)) names.push(...last.namedChildren);
    }
  }
  // C# has the names in declarators without a field.
  for (const child of node.namedChildren) {
    const name = child.type === 'variable_declarator' ? child.childForFieldName('name') : null;
    if (name !== null) names.push(name);
  }
  // Python's and Kotlin's parameters have their name in no field.
  if (names.length === 0 && node.firstNamedChild !== null) {
    names.push(node.firstNamedChild, ...node.firstNamedChild.namedChildren.slice(0, 1));
  }
  return names;
}

/** The written type, else what the value is made by: `new Cart()`, `Cart()`, `&Cart{}`, `Cart::new()`. */
function typeNodeOf(node: Node): Node | null {
  const written =
    node.childForFieldName('type') ??
    node.namedChildren.find((child) => /(?:^|_)type$/.test(child.type)) ??
    null;
  if (written !== null && !/^(?:implicit|placeholder)/.test(written.type)) return written;
  const declarator = node.namedChildren.find((child) => child.type === 'variable_declarator');
  let value =
    node.childForFieldName('value') ?? node.childForFieldName('right') ?? declarator?.lastNamedChild ?? null;
  for (let i = 0; i < 4 && value !== null; i++) {
    const made = value.childForFieldName('constructor') ?? value.childForFieldName('type');
    if (made !== null) return made;
    const receiver = value.childForFieldName('receiver');
    if (receiver !== null) return receiver;
    const called = value.childForFieldName('function');
    if (called !== null)
      return called.childForFieldName('path') ?? called.childForFieldName('operand') ?? called;
    value =
      value.childForFieldName('operand') ?? value.childForFieldName('argument') ?? value.firstNamedChild;
  }
  return null;
}
