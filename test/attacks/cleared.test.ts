import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const src = path.resolve(import.meta.dirname, '../../src');

/** The files in which words stand, imports aside. */
function filesWith(words: RegExp): string[] {
  return globSync('**/*.ts', { cwd: src })
    .filter((file) => words.test(readFileSync(path.join(src, file), 'utf8').replace(/^import .*$/gm, '')))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

test('a prompt that may leave is made in one place, and claimed to hold nothing of the user’s in three', () => {
  expect(filesWith(/as (?:unknown as )?Cleared</)).toEqual(['core/cleared.ts', 'privacy/clear.ts']);
  expect(filesWith(/withoutUserText\(/)).toEqual(['backends/trial.ts', 'core/cleared.ts', 'core/opener.ts']);
});

test('the network is reached through the one fetch that is watched', () => {
  expect(filesWith(/globalThis\.fetch\(|node:https?'|node:net'|XMLHttpRequest|WebSocket\(/)).toEqual([
    'editor/network.ts',
  ]);
});
