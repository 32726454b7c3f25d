/** The worker thread that reads the workspace and answers for the built-in predictor: started by the extension, ended by `close`. */
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { createPredictor, type Prediction } from './builtin/index.ts';
import { Librarian, type Shelf } from './builtin/librarian.ts';
import type { AskMessage, FromIndexer, IndexedFolder, ToIndexer } from './builtin/messages.ts';
import { languageOf } from './core/languages.ts';
import { type FolderRules, folderRules, ignoredBy, patternMatcher } from './privacy/ignoreRules.ts';
import { ignoreFileNames, secretFile } from './privacy/policy.ts';

/** The memory is saved when nothing was learned for so long. */
const quietMs = 30_000;

if (!parentPort) throw new Error('The indexer runs as a worker thread.');
const port = parentPort;
const predictor = createPredictor();
const log = {
  info: (line: string) => tell({ op: 'log', level: 'info', line }),
  warn: (line: string) => tell({ op: 'log', level: 'warn', line }),
};
const stop = new AbortController();
let folders: readonly IndexedFolder[] = [];
let store: string | undefined;
let excluded = patternMatcher([]);
/** The rules of ignore files, by path. */
const ignoreFiles = new Map<string, FolderRules>();
let saving: NodeJS.Timeout | undefined;
let asked = { path: '', prefix: '', suffix: '' };

const shelf: Shelf = {
  async list(folder) {
    const entries = await orNothing(readdir(onDisk(folder), { withFileTypes: true }));
    return (entries ?? []).map((entry) => ({
      name: entry.name,
      kind: entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other',
    }));
  },
  async state(path) {
    const found = await orNothing(stat(onDisk(path)));
    return found?.isFile() ? { stamp: `${found.mtimeMs}:${found.size}`, bytes: found.size } : undefined;
  },
  text: (path) => orNothing(readFile(onDisk(path), 'utf8')),
  load: async () => (store === undefined ? undefined : orNothing(readFile(store))),
  async save(bytes) {
    if (store === undefined) return;
    await writeFile(`${store}.new`, bytes);
    await rename(`${store}.new`, store);
  },
};

const librarian = new Librarian(predictor, {
  shelf,
  rules: {
    async entered(folder, names) {
      for (const name of ignoreFileNames.filter((one) => names.includes(one))) {
        const path = within(folder, name);
        const text = await shelf.text(path);
        if (text !== undefined) ignoreFiles.set(path, folderRules(text));
      }
    },
    skips: (path) =>
      secretFile(path) !== undefined ||
      excluded.ignores(path) ||
      ignoreFileNames.some(
        (name) => ignoredBy(path, (folder) => ignoreFiles.get(within(folder, name))) !== undefined,
      ),
  },
  clock: { now: () => performance.now() },
  languageOf,
  breathe: () => setImmediate(),
  log,
});

port.on('message', (message: ToIndexer) => {
  switch (message.op) {
    case 'open':
      settle(open(message));
      break;
    case 'learn':
      settle(librarian.learn(message.source));
      break;
    case 'look':
      settle(librarian.look(message.path));
      break;
    case 'forget':
      settle(librarian.forget(message.path));
      break;
    case 'ask':
      answer(message);
      break;
    case 'close':
      settle(close());
      break;
  }
});

async function open(message: Extract<ToIndexer, { op: 'open' }>): Promise<void> {
  ({ folders, store } = message);
  excluded = patternMatcher(message.exclude);
  const started = performance.now();
  const roots = folders.map(({ prefix }) => prefix);
  const files = await librarian.index(roots, (files) => tell({ op: 'progress', files }), stop.signal);
  tell({ op: 'indexed', files, tokens: predictor.figures().tokens, ms: performance.now() - started });
  await librarian.keep();
}

async function close(): Promise<void> {
  stop.abort();
  clearTimeout(saving);
  await librarian.keep();
  tell({ op: 'closed' });
  port.close();
}

/** Watches over a task that nobody awaits; what was learned is saved in the next quiet minute. */
function settle(task: Promise<unknown>): void {
  task.catch((error: unknown) => log.warn(String(error instanceof Error ? error.stack : error)));
  clearTimeout(saving);
  if (!stop.signal.aborted) saving = setTimeout(() => settle(librarian.keep()), quietMs).unref();
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

function queryOf({ path, languageId, keep, add, suffix }: AskMessage) {
  asked = { path, prefix: asked.prefix.slice(0, keep) + add, suffix: suffix ?? asked.suffix };
  return { ...asked, languageId };
}

function tell(message: FromIndexer): void {
  port.postMessage(message);
}

function onDisk(path: string): string {
  const home = folders.find(
    ({ prefix }) => prefix === '' || path === prefix || path.startsWith(`${prefix}/`),
  );
  return home ? join(home.folder, path.slice(home.prefix.length)) : path;
}

/** What cannot be read is as good as not there: the folder may be changing while it is read. */
async function orNothing<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch {
    return undefined;
  }
}

function within(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
