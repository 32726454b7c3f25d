import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { silentReasons } from '../../../src/core/outcome.ts';

const root = path.join(import.meta.dirname, '../../..');
const code = globSync('src/{core,filters,builtin,syntax}/**/*.ts', { cwd: root })
  .filter((file) => !file.endsWith('outcome.ts'))
  .map((file) => readFileSync(path.join(root, file), 'utf8'))
  .join('\n');

test.each(Object.keys(silentReasons))('something answers with the reason “%s”', (reason) => {
  expect(code.includes(`'${reason}'`)).toBe(true);
});
