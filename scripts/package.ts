import { stat } from 'node:fs/promises';
import { projectRoot, runPackage } from '../test/support/run.ts';
import { buildExtension, packageExtension } from './packaging.ts';

// Builds the extension and packages it, then says what is in the package.
await buildExtension();
const file = await packageExtension();
const listing = await runPackage('@vscode/vsce/vsce', ['ls', '--no-dependencies'], { cwd: projectRoot });
const names = listing.output.trim().split('\n');
for (const name of names.filter((line) => line !== '')) {
  const { size } = await stat(`${projectRoot}/${name}`);
  console.log(`${(size / 1024).toFixed(1).padStart(9)} kB  ${name}`);
}
const { size } = await stat(file);
console.log(`${file}: ${(size / 1024 / 1024).toFixed(2)} MB packed`);
