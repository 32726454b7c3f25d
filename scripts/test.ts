/**
 * npm test                    everything: types, lint, unit tests, the suite inside the extension host, the end-to-end tests
 * npm test -- unit host       only these stages
 *
 * Ends with one line: `N passed, N failed`.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { findChromium } from '../test/support/chromium.ts';
import { installEditor } from '../test/support/editorInstall.ts';
import { runHostSuite } from '../test/support/hostSuite.ts';
import { withProgress } from '../test/support/progress.ts';
import { projectRoot, runPackage } from '../test/support/run.ts';
import { packagedExtension } from './packaging.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const none: Counts = { passed: 0, failed: 0 };
const sum = (a: Counts, b: Counts): Counts => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

/** Types, lint and unused code: one test each. */
async function check(): Promise<Counts> {
  const programs: readonly (readonly [string, string, ...string[]])[] = [
    ['Types', 'typescript/bin/tsc'],
    ...(existsSync(path.join(projectRoot, 'src/webview/tsconfig.json'))
      ? ([['Types of the webviews', 'typescript/bin/tsc', '-p', 'src/webview']] as const)
      : []),
    ['Lint and format', '@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
    ['Unused exports and dependencies', 'knip/bin/knip.js'],
  ];
  let counts = none;
  for (const [label, file, ...args] of programs) {
    const { code, output } = await withProgress(label, () => runPackage(file, args));
    if (code !== 0) console.log(`${label}: failed\n${output}`);
    counts = sum(counts, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  }
  return counts;
}

/** A run of vitest by one of the project's configurations. */
async function vitest(config: string): Promise<Counts> {
  const report = path.join(projectRoot, '.vscode-test', `${config}.json`);
  await mkdir(path.dirname(report), { recursive: true });
  const args = [
    'run',
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const { code } = await runPackage('vitest/vitest.mjs', args, { echo: true });
  const { numPassedTests = 0, numFailedTests = 0 } = JSON.parse(await readFile(report, 'utf8')) as {
    numPassedTests?: number;
    numFailedTests?: number;
  };
  // A file that does not even load has no tests that could fail.
  const failed = code !== 0 && numFailedTests === 0 ? 1 : numFailedTests;
  return { passed: numPassedTests, failed };
}

async function host(): Promise<Counts> {
  const { ok, passed, failed } = await runHostSuite();
  return { passed, failed: !ok && failed === 0 ? 1 : failed };
}

const stages: Readonly<Record<string, { readonly title: string; readonly run: () => Promise<Counts> }>> = {
  check: { title: 'Types and lint', run: check },
  unit: { title: 'Unit tests', run: () => vitest('vitest.config.ts') },
  host: { title: 'Inside the extension host', run: host },
  e2e: { title: 'End to end, in the editor', run: () => vitest('vitest.e2e.config.ts') },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in stages));
if (unknown.length > 0) {
  console.error(`No such stage: ${unknown.join(', ')}. There are ${Object.keys(stages).join(', ')}.`);
  process.exit(2);
}
const chosen = Object.entries(stages).filter(([name]) => asked.length === 0 || asked.includes(name));

/** One stage; a stage that cannot run counts as one failure. */
async function runStage(title: string, run: () => Promise<Counts>): Promise<Counts> {
  console.log(`\n== ${title}`);
  try {
    const counts = await run();
    console.log(`== ${title}: ${counts.passed} passed, ${counts.failed} failed`);
    return counts;
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    console.log(`== ${title}: could not run`);
    return { passed: 0, failed: 1 };
  }
}

/** Installs what the chosen stages need before any of them runs: a browser, and for those in the editor VS Code and the package. */
async function prepare(): Promise<Counts> {
  await findChromium();
  if (chosen.some(([name]) => name === 'host' || name === 'e2e')) {
    await installEditor();
    await packagedExtension();
  }
  return none;
}

let total = none;
if (chosen.some(([name]) => name !== 'check')) total = await runStage('What the tests need', prepare);
for (const [, { title, run }] of chosen) total = sum(total, await runStage(title, run));
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
