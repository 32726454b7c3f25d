import { expect, test } from 'vitest';
import type { Neighbour } from '../../../src/context/candidate.ts';
import { gatherMembers } from '../../../src/context/members.ts';
import { sceneOf } from '../../../src/context/scene.ts';
import { languageOf } from '../../../src/core/languages.ts';
import { snapshotAt } from '../syntax/support.ts';
import { sourceOf, syntax, type Tree } from './support.ts';

const cart = {
  'cart.ts':
    'export class Cart extends Base {\n  total(tax: number): number { return 0; }\n  toggle(): void {}\n  private hidden = 1;\n}\n',
  'base.ts': 'export class Base { close(): void {} }\n',
};
const signal = new AbortController().signal;
let questions = 0;

async function membersAt(
  code: string,
  files: Tree = cart,
  path = 'main.ts',
  maxChars = 1000,
): Promise<string[]> {
  const languageId = languageOf(path) ?? 'plaintext';
  await syntax.ready(languageId);
  const home = `file:///members${++questions}/`;
  const snapshot = { ...snapshotAt(code, languageId, `${home}${path}`), path };
  const neighbours: Neighbour[] = [];
  for (const name of Object.keys(files)) {
    const source = sourceOf(files, name, home);
    if (source === undefined) continue;
    neighbours.push({
      source,
      outline: await syntax.outline(source, signal),
      relation: 'open',
      isOpen: true,
    });
  }
  const scene = sceneOf(
    syntax.survey(snapshot),
    await syntax.outline(snapshot, signal),
    new Set(),
    neighbours,
  );
  return gatherMembers(scene, syntax.typeOf, maxChars).map((one) => `${one.path}: ${one.text}`);
}

test('after a dot come the members of the variable, then those of the types it extends', async () => {
  expect(await membersAt('const cart = new Cart();\ncart.█\n')).toEqual([
    'cart.ts: Cart { total(tax: number): number; toggle(): void }',
    'base.ts: Base { close(): void }',
  ]);
});

test('what is typed of the member narrows them down', async () => {
  expect(await membersAt('function a(cart: Cart) {\n  cart.tog█\n}\n')).toEqual([
    'cart.ts: Cart { toggle(): void }',
  ]);
});

test('after this come the members that the type around inherits', async () => {
  expect(await membersAt('class Shop extends Cart {\n  a() {\n    this.clo█\n  }\n}\n')).toEqual([
    'base.ts: Base { close(): void }',
  ]);
});

test('a name that is a type itself shows its members', async () => {
  expect(await membersAt('Base.█\n')).toEqual(['base.ts: Base { close(): void }']);
});

const made: readonly (readonly [string, string, string, Tree])[] = [
  [
    'TypeScript',
    'main.ts',
    "const cart = await openCart('a');\ncart.█\n",
    { 'a.ts': 'class Cart { total(): void {} }\nasync function openCart(a: string): Promise<Cart> {}\n' },
  ],
  [
    'Python',
    'main.py',
    'cart = open_cart(1)\ncart.█\n',
    { 'a.py': 'class Cart:\n    def total(self): pass\n\ndef open_cart(a: int) -> Cart: pass\n' },
  ],
  [
    'Go',
    'main.go',
    'package a\nfunc b() {\n\tcart := openCart(1)\n\tcart.█\n}\n',
    { 'a.go': 'package a\ntype Cart struct { total int }\nfunc openCart(a int) *Cart { return nil }\n' },
  ],
  [
    'Rust',
    'main.rs',
    'fn b() {\n    let cart = open_cart(1);\n    cart.█\n}\n',
    { 'a.rs': 'pub struct Cart { pub total: u8 }\npub fn open_cart(a: u8) -> Cart { todo!() }\n' },
  ],
];

test.each(made)('%s: what a function returns has the members of its type', async (_, path, code, files) => {
  expect((await membersAt(code, files, path)).join()).toContain('total');
});

test('without a dot there are none', async () => {
  expect(await membersAt('const cart = new Cart();\n█\n')).toEqual([]);
});

test('members stop where the characters end', async () => {
  const sent = await membersAt('const cart = new Cart();\ncart.█\n', cart, 'main.ts', 80);
  expect(sent).toEqual(['cart.ts: Cart { total(tax: number): number }']);
});

test('types that extend each other end the search', async () => {
  const files = { 'a.ts': 'class A extends B { one(): void {} }\nclass B extends A { two(): void {} }\n' };
  expect(await membersAt('const a = new A();\na.█\n', files)).toEqual([
    'a.ts: A { one(): void }',
    'a.ts: B { two(): void }',
  ]);
});

test('Go: methods that stand outside of their type', async () => {
  const files = {
    'cart.go': 'package a\ntype Cart struct { Owner string }\nfunc (c *Cart) Total() int { return 0 }\n',
  };
  expect(await membersAt('package a\nfunc b(cart *Cart) {\n\tcart.█\n}\n', files, 'main.go')).toEqual([
    'cart.go: Cart { Owner string; func (c *Cart) Total() int }',
  ]);
});

test('C: the fields behind an arrow', async () => {
  const files = { 'cart.h': 'struct cart { int total; const char *owner; };\n' };
  expect(await membersAt('void a(struct cart *cart) {\n  cart->█\n}\n', files, 'main.c')).toEqual([
    'cart.h: cart { int total; const char *owner }',
  ]);
});
