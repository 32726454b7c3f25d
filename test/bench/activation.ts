/**
 * How long VS Code needs to activate Foretype: its own measure, from "Developer: Show Running Extensions", which counts reading and
 * compiling the file and the call of `activate`, by the clock. Each run has an extension host of its own. The extensions that come with
 * VS Code are printed as a yardstick for the machine: VS Code begins to load all that wait for the end of its start at once, so that
 * Foretype's time holds that of loading "Node Debug Auto-attach" and "Merge Conflict" before it.
 *
 * usage: npm run bench:activation [-- <runs, 9 if not given>]
 */
import { packagedExtension } from '../../scripts/packaging.ts';
import { type Editor, launchBrowser, openEditor } from '../support/editorDriver.ts';
import { launchEditor } from '../support/editorLaunch.ts';

const runs = Number(process.argv[2] ?? 9);

/** Name and activation time in ms of every extension that is active. */
async function activationTimes(editor: Editor): Promise<ReadonlyMap<string, number>> {
  await editor.command('Developer: Show Running Extensions');
  await editor.page.locator('.runtime-extensions-editor .monaco-list-row').first().waitFor();
  const rows = await editor.page.evaluate<[string, string][]>('foretypeScreen.runningExtensions()');
  return new Map(
    rows.flatMap(([name, time]) => {
      const ms = /(\d+)\s*ms/.exec(time)?.[1];
      return ms === undefined ? [] : [[name, Number(ms)]];
    }),
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const server = await launchEditor({ extension: { kind: 'vsix', file: await packagedExtension() } });
const browser = await launchBrowser();
const times = new Map<string, number[]>();
try {
  for (let run = 0; run < runs; run++) {
    const size = { width: 1200, height: 1600 };
    const editor = await openEditor(browser, server, { file: 'src/suppliers.ts', size });
    await editor.waitForStatus(/Foretype/);
    for (const [name, ms] of await activationTimes(editor)) times.set(name, [...(times.get(name) ?? []), ms]);
    await editor.close();
  }
} finally {
  await browser.close();
  await server.close();
}
for (const [name, values] of [...times].toSorted(
  ([a], [b]) => Number(b === 'Foretype') - Number(a === 'Foretype'),
)) {
  const range = `${Math.min(...values)}–${Math.max(...values)}`;
  console.log(`${name.padEnd(40)} median ${median(values)} ms (${range}, ${values.length} runs)`);
}
