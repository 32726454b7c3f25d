import { expect, test } from 'vitest';
import { realSyntax, snapshotAt } from './support.ts';

const cases: readonly (readonly [languageId: string, code: string])[] = [
  ['typescript', 'const cart = new Cart();\nfunction a() { cart.█ }'],
  ['typescript', 'function a(cart: Cart | undefined) { cart.█ }'],
  ['typescript', 'class Shop { private readonly cart: Cart;\n a() { this.cart.█ } }'],
  ['javascript', 'class Shop { constructor() { this.cart = new Cart(1); }\n a() { this.cart.█ } }'],
  ['python', 'def a():\n    cart = shop.Cart()\n    cart.█\n'],
  ['python', 'def a(cart: Cart, other):\n    cart.█\n'],
  ['go', 'package a\nfunc a() {\n\tcart := &Cart{}\n\tcart.█\n}\n'],
  ['go', 'package a\nfunc a(other int, cart *shop.Cart) {\n\tcart.█\n}\n'],
  ['rust', 'fn a(cart: &mut Cart) {\n    cart.█\n}\n'],
  ['rust', 'fn a() {\n    let cart = Cart::new();\n    cart.█\n}\n'],
  ['java', 'class A { void a() { Cart cart = load(); cart.█ } }'],
  ['java', 'class A { void a(final Cart cart) { cart.█ } }'],
  ['c', 'void a(struct Cart *cart) { cart->█ }'],
  ['cpp', 'void a(const Cart& cart) { cart.█ }'],
  ['csharp', 'class A { void B() { var cart = new Cart(); cart.█ } }'],
  ['kotlin', 'fun a(cart: Cart) { cart.█ }'],
  ['scala', 'def a(cart: Cart) = { cart.█ }'],
  ['php', '<?php function a(Cart $cart) { $cart->█ }'],
  ['ruby', 'def a\n  cart = Cart.new\n  cart.█\nend\n'],
];

for (const [languageId, code] of cases) {
  test(`${languageId}: the type of a variable is read from ${code.split('cart')[0]?.trim().split('\n').at(-1)}cart…`, async () => {
    const syntax = realSyntax();
    await syntax.ready(languageId);
    expect(syntax.typeOf(snapshotAt(code, languageId), 'cart')).toBe('Cart');
    syntax.dispose();
  });
}

test('of two declarations of a name, the nearer one above the caret counts', async () => {
  const syntax = realSyntax();
  await syntax.ready('typescript');
  const code = 'let cart: Basket;\nfunction a() { let cart: Cart; cart.█ }\nlet cart: Late;';
  expect(syntax.typeOf(snapshotAt(code, 'typescript'), 'cart')).toBe('Cart');
  syntax.dispose();
});
