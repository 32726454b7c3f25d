import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeNotices } from '../../../scripts/notices.ts';

/** A project with three packages, one of which uses another. */
async function project(): Promise<string> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'foretype-notices-'));
  const files: Record<string, string> = {
    'package.json': '{"name":"foretype","version":"1.2.3"}',
    'package-lock.json': JSON.stringify({
      packages: {
        'node_modules/a': {
          version: '1.0.0',
          integrity: 'sha512-AAEC',
          dependencies: { '@s/b': '^2.0.0', c: '*' },
        },
        'node_modules/@s/b': { version: '2.0.0', integrity: 'sha512-/w==' },
      },
    }),
    'node_modules/a/package.json': '{"name":"a","version":"1.0.0","license":"MIT"}',
    'node_modules/a/LICENSE.md': 'Do as you like.\r\n',
    'node_modules/@s/b/package.json': '{"name":"@s/b","version":"2.0.0","license":"(MIT OR Apache-2.0)"}',
    'node_modules/c/package.json': '{"name":"c","version":"3.0.0","license":"MIT"}',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
  return root;
}

const inputs = [
  'src/extension.ts',
  'node_modules/a/index.js',
  'node_modules/@s/b/lib/x.js',
  'node_modules/@s/b/y.js',
];

test('the notices hold the licence of every package that was bundled, and of no other', async () => {
  const root = await project();
  await writeNotices(root, inputs, root);
  const notices = await readFile(path.join(root, 'ThirdPartyNotices.txt'), 'utf8');
  expect(notices).toContain('a 1.0.0 (MIT)');
  expect(notices).toContain('Do as you like.\n');
  expect(notices).toContain('@s/b 2.0.0 ((MIT OR Apache-2.0))');
  expect(notices).not.toContain('c 3.0.0');
});

test('the bill of materials names what is bundled, its hash and what uses it', async () => {
  const root = await project();
  await writeNotices(root, inputs, root);
  const bom: unknown = JSON.parse(await readFile(path.join(root, 'bom.cdx.json'), 'utf8'));
  expect(bom).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { component: { name: 'foretype', version: '1.2.3' } },
    components: [
      { purl: 'pkg:npm/%40s/b@2.0.0', licenses: [{ expression: '(MIT OR Apache-2.0)' }] },
      { purl: 'pkg:npm/a@1.0.0', hashes: [{ alg: 'SHA-512', content: '000102' }] },
    ],
    dependencies: [
      { ref: 'pkg:npm/foretype@1.2.3' },
      { ref: 'pkg:npm/%40s/b@2.0.0', dependsOn: [] },
      { ref: 'pkg:npm/a@1.0.0', dependsOn: ['pkg:npm/%40s/b@2.0.0'] },
    ],
  });
});

test('the order of the inputs changes nothing', async () => {
  const root = await project();
  await writeNotices(root, inputs, root);
  const first = await readFile(path.join(root, 'bom.cdx.json'), 'utf8');
  await writeNotices(root, inputs.toReversed(), root);
  expect(await readFile(path.join(root, 'bom.cdx.json'), 'utf8')).toBe(first);
});
