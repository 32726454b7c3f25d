import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Parser, Tree } from 'web-tree-sitter';
import { createGrammars, type Grammars } from '../../../src/syntax/grammars.ts';
import { createTrees } from '../../../src/syntax/trees.ts';
import { grammarFiles } from '../../bench/grammarFiles.ts';
import { keepingLog, stillClock } from './support.ts';

const signal = new AbortController().signal;

/** Trees that were made and not deleted. */
let alive = 0;
const { parse } = Parser.prototype;
const { copy, delete: remove } = Tree.prototype;

beforeEach(() => {
  alive = 0;
  Parser.prototype.parse = function (...args) {
    const tree = parse.apply(this, args);
    if (tree !== null) alive++;
    return tree;
  };
  Tree.prototype.copy = function () {
    alive++;
    return copy.call(this);
  };
  Tree.prototype.delete = function () {
    alive--;
    remove.call(this);
  };
});

afterEach(() => {
  Parser.prototype.parse = parse;
  Tree.prototype.copy = copy;
  Tree.prototype.delete = remove;
});

async function loaded(languageId: string): Promise<Grammars> {
  const grammars = createGrammars(grammarFiles, keepingLog());
  await grammars.load(languageId);
  return grammars;
}

const sourceOf = (text: string, version: number, uri = 'file:///a') => ({
  uri,
  path: 'a',
  languageId: 'typescript',
  version,
  text,
});

test('a tree that was edited step by step is the tree of the text', async () => {
  const grammars = await loaded('typescript');
  const grammar = grammars.now('typescript');
  const pieces = ['{', '}', '\n', 'class A ', 'a();', '"', '`${', '/*', '*/', 'é😀', '\r\n', ' '];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom(...pieces)), { maxLength: 40 }),
      (edits) => {
        const trees = createTrees(grammars, stillClock(), keepingLog());
        let text = 'export class Cart {\n  total() { return [1]; }\n}\n';
        for (const [i, [at, length, piece]] of edits.entries()) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + piece + text.slice(start + length);
          const edited = trees.now(sourceOf(text, i))?.tree.rootNode;
          const parser = grammar?.newParser();
          const fresh = parser?.parse(text);
          expect(edited?.endIndex).toBe(fresh?.rootNode.endIndex);
          if (fresh?.rootNode.hasError === false) expect(edited?.toString()).toBe(fresh.rootNode.toString());
          fresh?.delete();
          parser?.delete();
        }
        trees.dispose();
      },
    ),
    { numRuns: 40, seed: 1 },
  );
});

test('ten thousand edits with documents opened and closed leave no tree behind', async () => {
  const trees = createTrees(await loaded('typescript'), stillClock(), keepingLog());
  const texts = Array.from({ length: 20 }, (_, i) => `const a${i} = [1, 2];\n`);
  let random = 1;
  let most = 0;
  for (let i = 0; i < 10_000; i++) {
    random = (random * 48_271) % 2_147_483_647;
    const number = random % texts.length;
    const uri = `file:///${number}`;
    if (random % 17 === 0) {
      trees.close(uri);
      continue;
    }
    const text = texts[number] ?? '';
    const at = random % (text.length + 1);
    texts[number] =
      text.length > 400 ? text.slice(0, 200) : `${text.slice(0, at)}f(${i});\n${text.slice(at)}`;
    trees.now(sourceOf(texts[number] ?? '', i, uri));
    most = Math.max(most, alive);
  }
  expect(most).toBe(16);
  trees.dispose();
  expect(alive).toBe(0);
}, 60_000);

test('a parse that takes too long for a key goes on by itself', async () => {
  const grammars = await loaded('typescript');
  const clock = stillClock(2);
  const trees = createTrees(grammars, clock, keepingLog());
  const text = 'export function walk(node: Node) { return node.children.map((one) => walk(one)); }\n'.repeat(
    300,
  );
  expect(trees.now(sourceOf(text, 1))).toBeUndefined();
  expect((await trees.settled(sourceOf(text, 1), signal))?.tree.rootNode.endIndex).toBe(text.length);
  trees.dispose();
  expect(alive).toBe(0);
});

test('closing a document ends the parse that was going on', async () => {
  const trees = createTrees(await loaded('typescript'), stillClock(2), keepingLog());
  trees.now(sourceOf('let a = [1, 2, 3];\n'.repeat(2000), 1));
  trees.close('file:///a');
  await new Promise((resolve) => setImmediate(resolve));
  expect(trees.has('file:///a')).toBe(false);
  expect(alive).toBe(0);
});

test('a document whose language changes is parsed anew', async () => {
  const grammars = await loaded('typescript');
  await grammars.load('python');
  const trees = createTrees(grammars, stillClock(), keepingLog());
  trees.now(sourceOf('a = 1', 1));
  const parsed = trees.now({ ...sourceOf('a = 1', 2), languageId: 'python' });
  expect(parsed?.tree.rootNode.type).toBe('module');
  trees.dispose();
  expect(alive).toBe(0);
});
