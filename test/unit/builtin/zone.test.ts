import { expect, test } from 'vitest';
import { zoneOf } from '../../../src/builtin/zone.ts';

const names = ['code', 'comment', 'string'];

test.each([
  ['typescript', 'const a = 1; █', 'code'],
  ['typescript', 'const a = 1; // as █', 'comment'],
  ['typescript', '/**\n * Gives █', 'comment'],
  ['typescript', '/* one */ const b█', 'code'],
  ['typescript', "glob('src/**/*.ts');\nconst c█", 'code'],
  ['typescript', "import x from './█", 'string'],
  ['typescript', "it('isn\\'t', () => {█", 'code'],
  ['c', '/*\n   the █', 'comment'],
  ['python', 'total = 7 // 2 █', 'code'],
  ['python', 'x = 1  # why █', 'comment'],
  ['python', 'def f():\n    """Gives █', 'comment'],
  ['python', 'def f():\n    """Gives."""\n    ret█', 'code'],
  ['markdown', 'Some words █', 'comment'],
])('in %s, %j ends in %s', (languageId, scene, expected) => {
  const prefix = scene.slice(0, scene.indexOf('█'));
  expect(names[zoneOf(prefix, prefix.slice(prefix.lastIndexOf('\n') + 1), languageId)]).toBe(expected);
});

test.each([
  ['typescript', 'const text = `it\n  goes on █', 'string', 'string'],
  ['typescript', 'const slashes = /[/]/; // as █', 'comment', 'comment'],
  ['typescript', 'const quote = /"/; cons█', 'code', 'code'],
  ['python', 'def f():\n    """Gives █', 'string', 'comment'],
  ['markdown', 'Some words █', 'code', 'comment'],
] as const)('in %s, %j, which the syntax calls %s, is %s', (languageId, prefix, told, expected) => {
  expect(names[zoneOf(prefix, prefix.slice(prefix.lastIndexOf('\n') + 1), languageId, told)]).toBe(expected);
});
