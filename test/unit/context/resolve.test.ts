import { expect, test } from 'vitest';
import { gathered, type Tree } from './support.ts';

// In each case the file `declares` declares something with `found` in its name, and only the import in `from` leads there.
const cases: readonly (readonly [
  title: string,
  from: string,
  code: string,
  declares: string,
  files: Tree,
])[] = [
  [
    'TypeScript: the ending of the output',
    'src/a.ts',
    "import { x } from './b.js';\n█",
    'src/b.ts',
    { 'src/b.ts': 'export const foundIt = 1;' },
  ],
  [
    'TypeScript: a folder with an index',
    'src/a.ts',
    "import { x } from './b';\n█",
    'src/b/index.ts',
    { 'src/b/index.ts': 'export const foundIt = 1;' },
  ],
  [
    'TypeScript: what an index hands on',
    'src/a.ts',
    "import { foundIt } from './b';\n█",
    'src/b/c.ts',
    { 'src/b/index.ts': "export * from './c';", 'src/b/c.ts': 'export function foundIt(): void {}' },
  ],
  [
    'TypeScript: paths of a tsconfig with comments that extends another',
    'app/src/a.ts',
    "import { x } from '@shop/cart';\n█",
    'app/lib/cart.ts',
    {
      'app/tsconfig.json': '{ "extends": "../base.json" }',
      'base.json': '{ // all\n "compilerOptions": { "paths": { "@shop/*": ["./app/lib/*"], } } }',
      'app/lib/cart.ts': 'export const foundIt = 1;',
    },
  ],
  [
    'TypeScript: another package of the workspace',
    'packages/a/src/a.ts',
    "import { x } from '@shop/cart';\n█",
    'packages/cart/src/index.ts',
    {
      'packages/cart/package.json': '{ "name": "@shop/cart" }',
      'packages/cart/src/index.ts': 'export const foundIt = 1;',
    },
  ],
  [
    'TypeScript: imports of package.json',
    'src/a.ts',
    "import { x } from '#cart';\n█",
    'src/cart.ts',
    {
      'package.json': '{ "imports": { "#cart": "./src/cart.ts" } }',
      'src/cart.ts': 'export const foundIt = 1;',
    },
  ],
  [
    'JavaScript: require',
    'a.js',
    "const { x } = require('./lib/b');\n█",
    'lib/b.js',
    { 'lib/b.js': 'exports.foundIt = () => 1;' },
  ],
  [
    'Python: a relative module',
    'shop/a.py',
    'from .b import x\n█',
    'shop/b.py',
    { 'shop/b.py': 'def foundIt(): pass' },
  ],
  [
    'Python: a module two packages up',
    'shop/cart/a.py',
    'from ..b import x\n█',
    'shop/b.py',
    { 'shop/b.py': 'def foundIt(): pass' },
  ],
  [
    'Python: an absolute module under src',
    'src/shop/a.py',
    'import store.b as c\n█',
    'src/store/b.py',
    { 'src/store/b.py': 'class foundIt: pass' },
  ],
  [
    'Python: a submodule imported by name',
    'a.py',
    'from shop import b\n█',
    'shop/b.py',
    { 'shop/__init__.py': '', 'shop/b.py': 'foundIt = 1' },
  ],
  [
    'Go: a package of the same module',
    'cmd/a.go',
    'package main\nimport "shop.example/store/internal/cart"\n█',
    'internal/cart/b.go',
    { 'go.mod': 'module shop.example/store', 'internal/cart/b.go': 'package cart\nfunc FoundIt() {}' },
  ],
  [
    'Go: the same package needs no import',
    'cart/a.go',
    'package cart\n█',
    'cart/b.go',
    { 'cart/b.go': 'package cart\nfunc foundIt() {}' },
  ],
  [
    'Rust: a module of the crate',
    'src/a.rs',
    'use crate::cart::{Item, b::X};\n█',
    'src/cart/b.rs',
    { 'src/lib.rs': 'mod cart;', 'src/cart/mod.rs': 'pub mod b;', 'src/cart/b.rs': 'pub fn foundIt() {}' },
  ],
  [
    'Rust: a module beside',
    'src/shop/a.rs',
    'use super::b::X;\n█',
    'src/shop/b.rs',
    { 'src/shop/b.rs': 'pub fn foundIt() {}' },
  ],
  [
    'Rust: a submodule that is declared',
    'src/shop.rs',
    'mod b;\n█',
    'src/shop/b.rs',
    { 'src/shop/b.rs': 'pub fn foundIt() {}' },
  ],
  [
    'Rust: another crate of the workspace',
    'crates/a/src/lib.rs',
    'use shop_cart::X;\n█',
    'crates/shop-cart/src/lib.rs',
    { 'crates/shop-cart/src/lib.rs': 'pub fn foundIt() {}' },
  ],
  [
    'Java: a class of another package',
    'src/main/java/shop/A.java',
    'package shop;\nimport store.cart.B;\n█',
    'src/main/java/store/cart/B.java',
    { 'src/main/java/store/cart/B.java': 'package store.cart;\nclass B { void foundIt() {} }' },
  ],
  [
    'Java: a test sees the class it tests',
    'src/test/java/shop/ATest.java',
    'package shop;\nclass ATest {\n█\n}',
    'src/main/java/shop/A.java',
    { 'src/main/java/shop/A.java': 'package shop;\nclass A { void foundIt() {} }' },
  ],
  [
    'Kotlin: a class of another package',
    'src/shop/A.kt',
    'package shop\nimport store.B\n█',
    'src/store/B.kt',
    { 'src/store/B.kt': 'package store\nfun foundIt() {}' },
  ],
  [
    'Scala: several at once',
    'src/shop/A.scala',
    'package shop\nimport store.{B, C}\n█',
    'src/store/C.scala',
    { 'src/store/C.scala': 'package store\nobject C { def foundIt = 1 }' },
  ],
  ['C: a header beside', 'src/a.c', '#include "b.h"\n█', 'src/b.h', { 'src/b.h': 'int foundIt(void);' }],
  [
    'C: a header that a header includes, in the include folder',
    'src/a.c',
    '#include <shop/b.h>\n█',
    'include/shop/c.h',
    { 'include/shop/b.h': '#include "c.h"', 'include/shop/c.h': 'int foundIt(void);' },
  ],
  ['C++: a header', 'src/a.cpp', '#include "b.hpp"\n█', 'src/b.hpp', { 'src/b.hpp': 'class FoundIt {};' }],
  [
    'PHP: a class by its namespace',
    'src/Shop/A.php',
    '<?php\nuse Store\\Cart\\B;\n█',
    'src/Store/Cart/B.php',
    { 'src/Store/Cart/B.php': '<?php class B { function foundIt() {} }' },
  ],
  [
    'Ruby: require_relative',
    'lib/a.rb',
    "require_relative 'shop/b'\n█",
    'lib/shop/b.rb',
    { 'lib/shop/b.rb': 'def foundIt; end' },
  ],
  [
    'Lua: require',
    'a.lua',
    'local b = require("shop.b")\n█',
    'shop/b.lua',
    { 'shop/b.lua': 'function foundIt() end' },
  ],
  ['Bash: source', 'a.sh', 'source ./lib/b.sh\n█', 'lib/b.sh', { 'lib/b.sh': 'foundIt() { :; }' }],
];

for (const [title, from, code, declares, files] of cases) {
  test(title, async () => {
    const { snippets, log } = await gathered({ ...files, [from]: `${code}\n` }, from);
    const snippet = snippets.find(({ path }) => path === declares);
    expect(snippet?.text).toMatch(/foundIt/i);
    expect(log).toEqual([]);
  });
}
