import type { Log } from '../core/ports.ts';
import { commonLength } from './commonLength.ts';
import type { LearnedText } from './memory.ts';
import type { FromIndexer, IndexedFolder, ToIndexer } from './messages.ts';
import type { Prediction, Query } from './prediction.ts';

/** The other thread, as far as it matters here. */
export interface Line {
  post(message: ToIndexer): void;
  /** Called with every message that comes. */
  listen(hear: (message: FromIndexer) => void): void;
}

/** A predictor that lives in another thread, so that indexing never holds up the keys. */
export interface RemotePredictor {
  open(folders: readonly IndexedFolder[], store: string | undefined, exclude: readonly string[]): void;
  learn(source: LearnedText): void;
  /** A file was made, changed or deleted on disk. */
  look(path: string): void;
  forget(path: string): void;
  predict(query: Query): Promise<Prediction | undefined>;
  /** Settles when everything is saved. */
  close(): Promise<void>;
  /** To be called when the other thread has ended for good: open questions are answered with nothing, and later ones too. */
  lost(): void;
  /** To be called when another thread has taken the place of one that died: it is told what the first was told, and knows no question. */
  restarted(): void;
}

/** `indexing` hears the files read so far, and undefined when all are. */
export function connectPredictor(
  line: Line,
  log: Log,
  indexing: (files: number | undefined) => void,
): RemotePredictor {
  let opened: ToIndexer | undefined;
  const open = new Map<number, (prediction: Prediction | undefined) => void>();
  let last: { path: string; prefix: string; suffix: string } = { path: '', prefix: '', suffix: '' };
  let count = 0;
  let gone = false;
  let closed: (() => void) | undefined;
  const letGo = (): void => {
    for (const answer of open.values()) answer(undefined);
    open.clear();
    indexing(undefined);
  };
  const lost = (): void => {
    gone = true;
    letGo();
    closed?.();
  };
  line.listen((message) => {
    switch (message.op) {
      case 'answer':
        open.get(message.id)?.(message.prediction);
        open.delete(message.id);
        break;
      case 'progress':
        indexing(message.files);
        break;
      case 'indexed': {
        const { files, tokens, ms } = message;
        log.info(`Built-in: ${files} files, ${tokens} tokens in ${Math.round(ms)} ms.`);
        indexing(undefined);
        break;
      }
      case 'log':
        log[message.level](`Built-in: ${message.line}`);
        break;
      case 'closed':
        lost();
        break;
    }
  });
  return {
    open(folders, store, exclude) {
      opened = { op: 'open', folders, store, exclude };
      line.post(opened);
    },
    learn: (source) => line.post({ op: 'learn', source }),
    look: (path) => line.post({ op: 'look', path }),
    forget: (path) => line.post({ op: 'forget', path }),
    predict({ path, languageId, prefix, suffix, zone }) {
      if (gone) return Promise.resolve(undefined);
      const id = count++;
      const keep = path === last.path ? commonLength(last.prefix, prefix) : 0;
      const sameSuffix = path === last.path && suffix === last.suffix;
      last = { path, prefix, suffix };
      return new Promise((resolve) => {
        open.set(id, resolve);
        const add = prefix.slice(keep);
        const posted = sameSuffix ? undefined : suffix;
        line.post({ op: 'ask', id, path, languageId, keep, add, suffix: posted, zone });
      });
    },
    close() {
      if (gone) return Promise.resolve();
      return new Promise((resolve) => {
        closed = resolve;
        line.post({ op: 'close' });
      });
    },
    lost,
    restarted() {
      letGo();
      last = { path: '', prefix: '', suffix: '' };
      if (closed) lost();
      else if (opened) line.post(opened);
    },
  };
}
