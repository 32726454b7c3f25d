import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createRedactor } from '../../src/privacy/redact.ts';

/** Finds a password as one writes it down at first: every part may be missing, and white space may be anywhere. */
const careless = /password\s*["']?\s*:?\s*=?\s*\n?\s*value\s*=/;

const blank = ' \n';

test('blank lines behind a name stop a careless client', () => {
  const text = `password${blank.repeat(2_000)}`;
  const stop = () => runInNewContext('attack()', { attack: () => careless.test(text) }, { timeout: 500 });
  expect(stop).toThrow(/timed out/);
});

/** Each would take minutes where the time grows with a power of the length. */
test.each([
  ['blank lines behind a name', `password${blank.repeat(20_000)}`],
  ['names with blanks behind them', `"password"${'\t'.repeat(300)}`.repeat(80)],
  ['names in one word', 'password'.repeat(4_000)],
  ['names and signs in one run', 'token='.repeat(5_000)],
  ['colons behind names', `password${':'.repeat(300)}`.repeat(80)],
  ['beginnings of tokens', 'sk-'.repeat(10_000)],
  ['users without an end', 'user=a password='.repeat(2_000)],
  ['log-ins without an end', 'auth("a", '.repeat(3_000)],
  ['literals without an end', 'password="'.repeat(3_000)],
  ['literals that go on and on', 'a" + "'.repeat(5_000)],
  ['key blocks that only begin', '-----BEGIN A-----\n'.repeat(1_500)],
])('%s do not stop Foretype', (_, text) => {
  expect(createRedactor().redact(text).text).toHaveLength(text.length);
});
