import { expect, test } from 'vitest';
import { createPolicy, type PolicyPorts } from '../../../src/privacy/policy.ts';

const never = new AbortController().signal;

function policyOf(ports: Partial<PolicyPorts> = {}) {
  return createPolicy({
    read: async () => undefined,
    realPath: async (path) => path,
    openedByUser: () => false,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    ...ports,
  });
}

interface Case {
  readonly files?: Record<string, string>;
  readonly exclude?: readonly string[];
  readonly opened?: boolean;
  readonly realPath?: string;
}

async function ruleFor(path: string, { files = {}, exclude = [], opened = false, realPath }: Case = {}) {
  const policy = policyOf({
    read: async (file) => files[file],
    realPath: async (from) => realPath ?? from,
    openedByUser: () => opened,
  });
  return (await policy.ask(path, exclude, never))?.rule;
}

test('an ordinary source file may leave', async () => {
  expect(await ruleFor('src/app.ts')).toBeUndefined();
});

test.each([
  '.env',
  '.env.local',
  'app/.env.production',
  'prod.env',
  '.envrc',
  '.ENV',
  '.env.',
  '.env::$DATA',
  'src/../.env',
  'deploy/server.pem',
  'id_rsa',
  'home/.ssh/config',
  'home/.aws/credentials',
  '.kube/config',
  '.npmrc',
  'infra/prod.tfvars',
  'C:\\work\\app\\.env',
])('%s never leaves, whatever the ignore files say', async (path) => {
  const open = { '.gitignore': '!**', '.foretypeignore': `!${path}\n!.env\n!**` };
  expect(await ruleFor(path, { files: open, opened: true })).toBe('secret-file');
});

test.each([
  'config.json',
  'settings.json',
  'src/environment.ts',
  'docs/keys.md',
  'src/credentials/form.tsx',
  'config.yaml',
])('%s has a harmless name and may leave', async (path) => {
  expect(await ruleFor(path)).toBeUndefined();
});

test('what .gitignore excludes stays, and the reason names the line', async () => {
  const policy = policyOf({ read: async (file) => ({ '.gitignore': '*.log\ndist/\n' })[file] });
  expect(await policy.ask('dist/app.js', [], never)).toEqual({
    rule: 'gitignore',
    reason: '.gitignore excludes it: “dist/”.',
  });
});

test('a nearer ignore file wins over a farther one', async () => {
  const files = { '.gitignore': '*.gen.ts', 'lib/.gitignore': '!keep.gen.ts' };
  expect(await ruleFor('lib/a.gen.ts', { files })).toBe('gitignore');
  expect(await ruleFor('lib/keep.gen.ts', { files })).toBeUndefined();
});

test('a file in an excluded folder cannot be re-included from inside of it', async () => {
  expect(await ruleFor('out/a.ts', { files: { '.gitignore': 'out/', 'out/.gitignore': '!a.ts' } })).toBe(
    'gitignore',
  );
});

test('.foretypeignore cannot re-include what .gitignore excludes', async () => {
  expect(await ruleFor('a.log', { files: { '.gitignore': '*.log', '.foretypeignore': '!a.log' } })).toBe(
    'gitignore',
  );
});

test('the exclude setting holds without any ignore file', async () => {
  expect(await ruleFor('src/secret/plan.ts', { exclude: ['**/secret/**'] })).toBe('exclude-setting');
});

test.each([
  '../other/a.ts',
  '/etc/hosts',
  'a/../../b.ts',
  'C:\\Users\\x\\a.ts',
  '\\\\host\\share\\a.ts',
  '~/a.ts',
])('%s is outside and stays unless the user opened it', async (path) => {
  expect(await ruleFor(path)).toBe('outside-workspace');
  expect(await ruleFor(path, { opened: true })).toBeUndefined();
});

test('a symbolic link is judged by what it points at as well', async () => {
  expect(await ruleFor('notes.txt', { realPath: '/home/me/.ssh/id_rsa' })).toBe('secret-file');
  expect(await ruleFor('notes.txt', { realPath: '/srv/other/notes.txt' })).toBe('outside-workspace');
  expect(
    await ruleFor('notes.txt', { files: { '.gitignore': 'private/' }, realPath: 'private/notes.txt' }),
  ).toBe('gitignore');
});

test('before the ignore files are read nothing leaves', () => {
  const policy = policyOf({ read: () => new Promise(() => {}) });
  expect(policy.judge('src/app.ts', [])?.rule).toBe('not-read-yet');
});

test('an ignore file that cannot be read keeps its folder shut, and opens it once it can', async () => {
  let broken = true;
  const read = async () => {
    if (broken) throw new Error('EIO');
    return undefined;
  };
  const policy = policyOf({ read });
  expect((await policy.ask('a.ts', [], never))?.rule).toBe('not-read-yet');
  broken = false;
  expect(await policy.ask('a.ts', [], never)).toBeUndefined();
});

test('a changed ignore file holds at the next question', async () => {
  const files: Record<string, string> = {};
  const policy = policyOf({ read: async (file) => files[file] });
  expect(await policy.ask('a.ts', [], never)).toBeUndefined();
  files['.foretypeignore'] = 'a.ts';
  policy.changed('.foretypeignore');
  expect((await policy.ask('a.ts', [], never))?.rule).toBe('foretypeignore');
});

test('a text that was being read while the file changed is not believed', async () => {
  let answer = (_: string): void => {};
  const policy = policyOf({
    read: (file) =>
      file === '.gitignore' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve(undefined),
  });
  const first = policy.ask('a.ts', [], never);
  await Promise.resolve();
  policy.changed('.gitignore');
  answer('');
  expect((await first)?.rule).toBe('not-read-yet');
});
