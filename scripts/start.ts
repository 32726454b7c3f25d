/**
 * npm start                       opens a VS Code in the browser with Foretype on a sample workspace
 * npm start -- --check            does so without a person: types, waits for ghost text, takes it, saves
 * npm start -- --desktop          opens a VS Code of its own on the desktop
 * npm start -- --model-server     runs a scripted model server, to try the cloud and local backends by hand
 */
import { parseArgs } from 'node:util';
import { startInBrowser } from './startBrowser.ts';
import { checkInBrowser } from './startCheck.ts';
import { startOnDesktop } from './startDesktop.ts';
import { startScriptedModel } from './startModel.ts';

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    desktop: { type: 'boolean', default: false },
    'model-server': { type: 'boolean', default: false },
    port: { type: 'string' },
    'first-token': { type: 'string' },
    'tokens-per-second': { type: 'string' },
  },
});

/** Settles at Ctrl+C, or when whoever started this ends it. */
const stop = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
});

try {
  if (values['model-server']) await startScriptedModel(process.argv.slice(2), stop);
  else if (values.check) process.exitCode = (await checkInBrowser(stop)) ? 0 : 1;
  else if (values.desktop) await startOnDesktop(stop);
  else await startInBrowser(stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
