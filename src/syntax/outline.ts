import type { Node, QueryMatch, Tree } from 'web-tree-sitter';
import type { Binding, Definition, DefinitionKind, Import, Outline } from '../core/outline.ts';
import type { Grammar } from './grammars.ts';

/** Longest signature kept, in characters: a long line of code twice over. */
const maxSignature = 200;
/** Characters of text that one query looks at, so that a long file does not hold the thread. */
const windowSize = 65_536;

interface Found {
  readonly name: string;
  readonly kind: DefinitionKind;
  readonly at: number;
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
}

const kinds: ReadonlySet<string> = new Set(['function', 'method', 'type', 'constant', 'field', 'module']);

/** What is collected from the matches of one file. */
interface Collected {
  readonly definitions: Map<number, Found>;
  readonly imports: Map<number, Import>;
  readonly bindings: Map<number, Binding>;
  readonly parents: Map<string, string[]>;
  packageName: string;
}

/** Reads the outline off a tree. Yields between parts of a long file, so that the caller can let others go first. */
export function* outlineTree(grammar: Grammar, tree: Tree, text: string): Generator<void, Outline> {
  const collected: Collected = {
    definitions: new Map(),
    imports: new Map(),
    bindings: new Map(),
    parents: new Map(),
    packageName: '',
  };
  for (let start = 0; start < text.length; start += windowSize) {
    if (start > 0) yield;
    const options = { startIndex: start, endIndex: Math.min(text.length, start + windowSize) };
    for (const match of grammar.names.matches(tree.rootNode, options)) collect(match, collected, text);
  }
  return {
    definitions: nest([...collected.definitions.values()], grammar, text),
    imports: [...collected.imports.values()],
    bindings: [...collected.bindings.values()].sort((a, b) => a.at - b.at),
    packageName: collected.packageName,
    parents: collected.parents,
  };
}

function collect(match: QueryMatch, into: Collected, text: string): void {
  const nodes = new Map<string, Node[]>();
  for (const { name, node } of match.captures) {
    const list = nodes.get(name);
    if (list === undefined) nodes.set(name, [node]);
    else list.push(node);
  }
  const textOf = (node: Node) => text.slice(node.startIndex, node.endIndex);
  const texts = (capture: string) => (nodes.get(capture) ?? []).map(textOf);
  const first = (capture: string) => nodes.get(capture)?.[0];

  const importNode = first('import');
  if (importNode !== undefined) {
    const path = first('path');
    const known = into.imports.get(importNode.startIndex);
    const written = path === undefined ? '' : textOf(path);
    into.imports.set(importNode.startIndex, {
      path: known?.path || written.replace(/^[<"'`]+|[>"'`]+$/g, ''),
      names: [...new Set([...(known?.names ?? []), ...texts('imported')])],
      near: known?.near ?? written.startsWith('"'),
    });
    return;
  }
  const bound = first('bound');
  if (bound !== undefined) {
    const type = first('type');
    if (type !== undefined) {
      into.bindings.set(bound.startIndex, { name: textOf(bound), type: bareType(textOf(type)), at: bound.startIndex });
    }
    return;
  }
  const heir = first('heir');
  if (heir !== undefined) {
    const name = textOf(heir);
    const list = into.parents.get(name) ?? [];
    for (const parent of texts('parent').map(bareType)) if (!list.includes(parent)) list.push(parent);
    into.parents.set(name, list);
    return;
  }
  const packageNode = first('package');
  if (packageNode !== undefined) into.packageName ||= textOf(packageNode);

  for (const { name: capture, node } of match.captures) {
    if (!capture.startsWith('definition.')) continue;
    const kind = capture.slice('definition.'.length);
    const nameNode = first('name');
    if (nameNode === undefined || !isKind(kind) || into.definitions.has(nameNode.startIndex)) continue;
    const body = first('body');
    into.definitions.set(nameNode.startIndex, {
      name: textOf(nameNode),
      kind,
      at: nameNode.startIndex,
      start: node.startIndex,
      end: node.endIndex,
      bodyStart: body?.startIndex ?? node.endIndex,
    });
  }
}

function isKind(word: string): word is DefinitionKind {
  return kinds.has(word);
}

/** `Promise<Foo>[]` and `pkg.Foo` to `Foo`-like bare names: the last plain name before any brackets. */
function bareType(written: string): string {
  const plain = written.replace(/[<[({].*$/s, '').replace(/^[\s:&*?]+|[\s&*?!]+$/g, '');
  return /[A-Za-z_$][\w$]*$/.exec(plain)?.[0] ?? plain;
}

/** Puts the definitions in order, finds what contains them, and leaves out what only a function body sees. */
function nest(found: Found[], grammar: Grammar, text: string): Definition[] {
  found.sort((a, b) => a.start - b.start || b.end - a.end || a.at - b.at);
  const definitions: Definition[] = [];
  const around: { readonly end: number; readonly index: number; readonly kind: DefinitionKind }[] = [];
  for (const one of found) {
    while ((around.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= one.start) around.pop();
    const inFunction = around.some(({ kind }) => kind === 'function' || kind === 'method');
    // What only a function body sees is of no use elsewhere; a function in a function may be handed out.
    if (inFunction && one.kind === 'constant') continue;
    const holder = around.findLast(({ kind }) => kind === 'type' || kind === 'module' || kind === 'constant');
    const { hidden, hiddenName } = grammar.header;
    const signature = signatureOf(one, text);
    const container = holder?.index ?? -1;
    definitions.push({
      name: one.name,
      kind: one.kind,
      span: { start: one.start, end: one.end },
      signature,
      container,
      open: !(hidden?.test(signature) ?? false) && !(hiddenName?.test(one.name) ?? false),
      // A field is assigned in a constructor and belongs to the type.
      local: inFunction && one.kind !== 'field',
    });
    if (one.end > one.at) around.push({ end: one.end, index: definitions.length - 1, kind: one.kind });
  }
  return definitions;
}

function signatureOf(one: Found, text: string): string {
  const lineStart = text.lastIndexOf('\n', one.start - 1) + 1;
  const before = text.slice(Math.max(lineStart, one.start - 60), one.start);
  // `export`, `pub` or a keyword that stands outside of the node belongs to what a reader calls the signature.
  const start = /^\s*(?:[\w@(][\w@()]*\s+)*$/.test(before) ? one.start - before.trimStart().length : one.start;
  const end = Math.min(one.bodyStart, one.end, start + 4 * maxSignature);
  const line = text.slice(start, end).replace(/\s+/g, ' ').trim();
  const bare = line.replace(/\s*(?:=>|[={:;,])$/, '').replace(/([([]) | (?=[)\]])/g, '$1');
  return bare.length <= maxSignature ? bare : `${bare.slice(0, maxSignature - 1)}…`;
}
