import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withProgress } from '../test/support/progress.ts';
import { projectRoot, run, runOrThrow } from '../test/support/run.ts';

/** Builds and packages, saying so, and answers the VSIX's path. */
export async function packagedExtension(): Promise<string> {
  await withProgress('Build Foretype', buildExtension);
  return withProgress('Package it', packageExtension);
}

/** Bundles the sources into dist/. */
export async function buildExtension(): Promise<void> {
  await runOrThrow(process.execPath, ['esbuild.mjs']);
}

/**
 * Packages what is in dist/ as a VSIX in the project's folder and answers its path. The same commit gives the same bytes: every file in the
 * archive has the time of the commit, and the same access rights, whatever the machine's clock, time zone and umask.
 */
export async function packageExtension(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(path.join(projectRoot, 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
  const file = path.join(projectRoot, `foretype-${version}.vsix`);
  const commit = await run('git', ['log', '-1', '--format=%ct']);
  const time = commit.code === 0 ? commit.output.trim() : '1700000000';
  const vsce = path.join(projectRoot, 'node_modules/@vscode/vsce/vsce');
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  await runOrThrow(process.execPath, [vsce, ...args, '--out', file], {
    env: { ...process.env, SOURCE_DATE_EPOCH: time, TZ: 'UTC', LC_ALL: 'C' },
  });
  await writeFile(file, withUsualRights(await readFile(file)));
  return file;
}

/**
 * A ZIP archive in which every entry is a plain file that all may read (rw-r--r--).
 * The field is at offset 38 of each header of the central directory (PKWARE's APPNOTE 4.3.12), which the record at the end finds (4.3.16).
 */
function withUsualRights(archive: Buffer): Buffer {
  const changed = Buffer.from(archive);
  const end = changed.lastIndexOf('PK\x05\x06');
  let header = changed.readUInt32LE(end + 16);
  for (let entry = changed.readUInt16LE(end + 10); entry > 0; entry--) {
    changed.writeUInt32LE(0o100644 * 0x10000, header + 38);
    const lengths = [28, 30, 32].map((offset) => changed.readUInt16LE(header + offset));
    header += 46 + lengths.reduce((sum, length) => sum + length, 0);
  }
  return changed;
}
