/** The worker thread that reads the workspace and answers for the built-in predictor: started by the extension, ended by `close`. */
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { isForeign } from './builtin/crawl.ts';
import { createPredictor, type Prediction } from './builtin/index.ts';
import { Librarian } from './builtin/librarian.ts';
import type { AskMessage, FromIndexer, IndexedFolder, ToIndexer } from './builtin/messages.ts';
import { languageOf } from './core/languages.ts';
import { createDiskShelf } from './diskShelf.ts';
import { createIndexRules } from './indexRules.ts';
import { ignoreFileNames } from './privacy/policy.ts';

/** The memory is saved when nothing was learned for so long. */
const quietMs = 30_000;
/** Ignore files change in flocks when a branch is checked out: the workspace is read again when none did for so long. */
const settledMs = 1000;

if (!parentPort) throw new Error('The indexer runs as a worker thread.');
const port = parentPort;
const predictor = createPredictor();
const log = {
  info: (line: string) => tell({ op: 'log', level: 'info', line }),
  warn: (line: string) => tell({ op: 'log', level: 'warn', line }),
};
let folders: readonly IndexedFolder[] = [];
let store: string | undefined;
/** Ends the reading that goes on. */
let reading = new AbortController();
let closing = false;
let saving: NodeJS.Timeout | undefined;
let rereading: NodeJS.Timeout | undefined;
let asked = { path: '', prefix: '', suffix: '' };

const shelf = createDiskShelf(onDisk, () => store, log);

const rules = createIndexRules(shelf);

const librarian = new Librarian(predictor, {
  shelf,
  rules: { ...rules, skips: (path) => isForeign(path) || rules.skips(path) },
  clock: { now: () => performance.now() },
  languageOf,
  breathe: () => setImmediate(),
  log,
});

port.on('message', (message: ToIndexer) => {
  switch (message.op) {
    case 'open':
      ({ folders, store } = message);
      rules.exclude(message.exclude);
      settle(read());
      break;
    case 'learn':
      settle(librarian.learn(message.source));
      break;
    case 'look':
    case 'forget':
      change(message);
      break;
    case 'ask':
      answer(message);
      break;
    case 'close':
      settle(close());
      break;
  }
});

/** Reads the workspace, and what is new in it; a reading that still goes on is ended. */
async function read(): Promise<void> {
  reading.abort();
  reading = new AbortController();
  const { signal } = reading;
  const started = performance.now();
  const roots = folders.map(({ prefix }) => prefix);
  const files = await librarian.index(roots, (files) => tell({ op: 'progress', files }), signal);
  if (signal.aborted) return;
  tell({ op: 'indexed', files, tokens: predictor.figures().tokens, ms: performance.now() - started });
  await librarian.keep();
}

/** What an ignore file leaves out may lie anywhere below it: when one changes, all is looked at again. */
function change({ op, path }: Extract<ToIndexer, { op: 'look' | 'forget' }>): void {
  if (ignoreFileNames.some((name) => name === basename(path))) {
    clearTimeout(rereading);
    rereading = setTimeout(() => settle(read()), settledMs);
    rereading.unref();
  } else settle(op === 'look' ? librarian.look(path, reading.signal) : librarian.forget(path));
}

async function close(): Promise<void> {
  closing = true;
  reading.abort();
  clearTimeout(saving);
  clearTimeout(rereading);
  await librarian.keep();
  tell({ op: 'closed' });
  port.close();
}

/** Watches over a task that nobody awaits; what was learned is saved in the next quiet minute. */
function settle(task: Promise<unknown>): void {
  task.catch((error: unknown) => log.warn(String(error instanceof Error ? error.stack : error)));
  clearTimeout(saving);
  if (!closing) saving = setTimeout(() => settle(librarian.keep()), quietMs).unref();
}

/** A fault in one question must not end the thread. */
function answer(message: AskMessage): void {
  let prediction: Prediction | undefined;
  try {
    prediction = predictor.predict(queryOf(message));
  } catch (error) {
    log.warn(String(error instanceof Error ? error.stack : error));
  }
  tell({ op: 'answer', id: message.id, prediction });
}

function queryOf({ path, languageId, keep, add, suffix, zone }: AskMessage) {
  asked = { path, prefix: asked.prefix.slice(0, keep) + add, suffix: suffix ?? asked.suffix };
  return { ...asked, languageId, zone };
}

function tell(message: FromIndexer): void {
  port.postMessage(message);
}

/** No file has this name: what lies outside of the workspace is known as it was last saved in the editor. */
const nowhere = '';

function onDisk(path: string): string {
  const home = folders.find(
    ({ prefix }) => prefix === '' || path === prefix || path.startsWith(`${prefix}/`),
  );
  return home ? join(home.folder, path.slice(home.prefix.length)) : nowhere;
}
