import type { Node, QueryMatch, Tree } from 'web-tree-sitter';
import type { Definition, DefinitionKind, Import, Outline } from '../core/outline.ts';
import type { Span } from '../core/site.ts';
import type { Found } from './found.ts';
import { type Grammar, queryRange } from './grammars.ts';
import { reachOf, signatureOf } from './signature.ts';

/** Characters of text that one query looks at, so that a long file does not hold the thread. */
const windowSize = 65_536;

const kinds: ReadonlySet<string> = new Set(['function', 'method', 'type', 'constant', 'field', 'module']);

interface FoundImport {
  readonly path: string;
  readonly near: boolean;
  readonly span: Span;
  readonly names: Set<string>;
}

/** What is collected from the matches of one file; definitions by the offset of the name, imports by that of the path. */
interface Collected {
  readonly definitions: Map<number, Found>;
  readonly imports: Map<number, FoundImport>;
  readonly imported: Map<number, string>;
  readonly parents: Map<string, string[]>;
  packageName: string;
}

/** Reads the outline off a tree. Yields between parts of a long file, so that the caller can let others go first. */
export function* outlineTree(grammar: Grammar, tree: Tree, text: string): Generator<void, Outline> {
  const collected: Collected = {
    definitions: new Map(),
    imports: new Map(),
    imported: new Map(),
    parents: new Map(),
    packageName: '',
  };
  for (let start = 0; start < text.length; start += windowSize) {
    if (start > 0) yield;
    const range = queryRange(start, Math.min(text.length, start + windowSize));
    for (const match of grammar.names().matches(tree.rootNode, range)) collect(match, collected, text);
  }
  return {
    definitions: nest([...collected.definitions.values()], grammar, text),
    imports: withNames(collected),
    packageName: collected.packageName,
    parents: collected.parents,
  };
}

function collect(match: QueryMatch, into: Collected, text: string): void {
  const textOf = (node: Node) => text.slice(node.startIndex, node.endIndex);
  const first = (capture: string) => match.captures.find(({ name }) => name === capture)?.node;

  const importNode = first('import');
  const path = first('path');
  if (importNode !== undefined && path !== undefined) {
    const written = textOf(path);
    const known = into.imports.get(path.startIndex);
    const taken = first('taken');
    into.imports.set(path.startIndex, {
      path: written.replace(/^[<"'`]+|[>"'`]+$/g, ''),
      near: written.startsWith('"'),
      span: { start: importNode.startIndex, end: importNode.endIndex },
      names: known?.names ?? new Set(),
    });
    const keys =
      taken === undefined ? [] : textOf(taken).matchAll(/([\w$]+)\s*(?::[^,}]*)?(?:=[^,}]*)?[,}]/g);
    for (const [, key] of keys) if (key !== undefined) into.imports.get(path.startIndex)?.names.add(key);
    return;
  }
  const imported = first('imported');
  if (imported !== undefined) into.imported.set(imported.startIndex, textOf(imported));
  const heir = first('heir');
  if (heir !== undefined) {
    const list = into.parents.get(textOf(heir)) ?? [];
    for (const { name, node } of match.captures) {
      const parent = name === 'parent' ? bareType(textOf(node)) : '';
      if (parent !== '' && !list.includes(parent)) list.push(parent);
    }
    into.parents.set(textOf(heir), list);
  }
  const packageNode = first('package');
  if (packageNode !== undefined) into.packageName ||= textOf(packageNode);

  for (const { name: capture, node } of match.captures) {
    if (!capture.startsWith('definition.')) continue;
    const kind = capture.slice('definition.'.length);
    const nameNode = first('name') ?? innermostName(first('declarator') ?? node.childForFieldName('name'));
    if (nameNode === null || !isKind(kind)) continue;
    const known = into.definitions.get(nameNode.startIndex);
    if (known !== undefined && known.pattern <= match.patternIndex) continue;
    into.definitions.set(nameNode.startIndex, {
      name: textOf(nameNode).replace(/^[:@]+/, ''),
      kind,
      at: nameNode.startIndex,
      start: node.startIndex,
      end: node.endIndex,
      bodyStart: first('body')?.startIndex ?? bodyStartOf(node),
      pattern: match.patternIndex,
    });
  }
}

/** The imports in the order of the text, each path once, with the names that stand inside of them. */
function withNames(collected: Collected): Import[] {
  const byPath = new Map<string, FoundImport>();
  const imported = [...collected.imported];
  const inOrder = [...collected.imports.values()].sort((a, b) => a.span.start - b.span.start);
  for (const one of inOrder) {
    for (const [at, name] of imported) if (one.span.start <= at && at < one.span.end) one.names.add(name);
    const known = byPath.get(one.path);
    if (known === undefined) byPath.set(one.path, one);
    else for (const name of one.names) known.names.add(name);
  }
  return [...byPath.values()].map(({ path, near, names }) => ({ path, near, names: [...names] }));
}

/** Follows `*(*name)(int)` and `Outer::name` down to the bare name. */
export function innermostName(node: Node | null): Node | null {
  let at = node;
  while (at !== null && at.namedChildCount > 0) {
    const within =
      at.childForFieldName('declarator') ??
      at.childForFieldName('name') ??
      (/declarator$/.test(at.type) ? at.firstNamedChild : null);
    if (within === null) break;
    at = within;
  }
  return at;
}

/** Longest value of a constant that is told with it, in characters. */
const maxValue = 40;

/** Where the body of a definition starts, by the names that grammars give their fields; its end where it has none. */
function bodyStartOf(node: Node): number {
  const value = node.childForFieldName('value') ?? node.childForFieldName('right');
  const body = node.childForFieldName('body') ?? value?.childForFieldName('body') ?? null;
  if (body !== null) return body.startIndex;
  if (value === null || value.endIndex - value.startIndex <= maxValue) return node.endIndex;
  return value.startIndex;
}

function isKind(word: string): word is DefinitionKind {
  return kinds.has(word);
}

/** What only says how a value is held: its members are those of what is inside. */
const wrappers =
  /^(?:[\w.]+(?:::|\.))?(?:Optional|Option|Box|Rc|Arc|RefCell|Readonly|unique_ptr|shared_ptr)\s*[<[]\s*/;

/** `Foo<T>[]`, `pkg.Foo`, `Foo | undefined` and `Option<Foo>` to the bare name. */
export function bareType(written: string): string {
  const inner = written
    .replace(/^[\s:&*?]+/, '')
    .replace(wrappers, '')
    .replace(/^(?:mut|const|final|readonly)\s+/, '');
  const plain = inner.replace(/[<[({|].*$/s, '').replace(/[\s&*?!]+$/g, '');
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
    const signature = signatureOf(one, text);
    const container = holder?.index ?? -1;
    definitions.push({
      name: one.name,
      kind: one.kind,
      span: { start: one.start, end: one.end },
      signature,
      container,
      reach: reachOf(one.name, signature, grammar.header),
      // A field is assigned in a constructor and belongs to the type.
      local: inFunction && one.kind !== 'field',
    });
    if (one.end > one.at) around.push({ end: one.end, index: definitions.length - 1, kind: one.kind });
  }
  return definitions;
}
