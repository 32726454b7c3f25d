/**
 * How long VS Code needs to activate Foretype: its own measure, from "Developer: Show Running Extensions", which counts reading and
 * compiling the file and the call of `activate`, by the clock. Each run has an extension host of its own. The extensions that come with
 * VS Code are printed as a yardstick for the machine. VS Code starts the clocks of all extensions that wait for the end of its start before
 * it loads the first of them, so that Foretype's time holds the loading of those before it; so it is measured without them as well.
 *
 * usage: npm run bench:activation [-- <runs, 9 if not given>]
 */
import { packagedExtension } from '../../scripts/packaging.ts';
import { type Editor, launchBrowser, openEditor } from '../support/editorDriver.ts';
import { launchEditor } from '../support/editorLaunch.ts';

/** The extensions that VS Code loads before Foretype in the same turn. */
const sameTurn = ['debug-auto-launch', 'merge-conflict'];
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

/** The times of all runs, by the names of the extensions. */
async function measure(without: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
  const server = await launchEditor({ extension: { kind: 'vsix', file: vsix }, without });
  const browser = await launchBrowser();
  const times = new Map<string, number[]>();
  try {
    for (let run = 0; run < runs; run++) {
      const size = { width: 1200, height: 1600 };
      const editor = await openEditor(browser, server, { file: 'src/suppliers.ts', size });
      await editor.waitForStatus(/Foretype/);
      for (const [name, ms] of await activationTimes(editor)) {
        times.set(name, [...(times.get(name) ?? []), ms]);
      }
      await editor.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return times;
}

function print(name: string, values: readonly number[]): void {
  const range = `${Math.min(...values)}–${Math.max(...values)}`;
  console.log(`${name.padEnd(45)} median ${median(values)} ms (${range}, ${values.length} runs)`);
}

const vsix = await packagedExtension();
const alone = await measure(sameTurn);
const all = await measure([]);
print('Foretype, alone in its turn', alone.get('Foretype') ?? []);
for (const [name, values] of [...all].toSorted(
  ([a], [b]) => Number(b === 'Foretype') - Number(a === 'Foretype'),
)) {
  print(name, values);
}
