import { isAbort } from '../core/errors.ts';
import type { Clock, Log, Workspace } from '../core/ports.ts';
import type { SourceText } from '../core/snapshot.ts';

/** How long a listing or a file read from disk is trusted, ms; a file that changes on disk without an editor is rare. */
const trusted = 10_000;
/** Files kept from disk; the least recently read go. */
const maxFiles = 200;
/** Characters of a file beyond which it is generated or data. */
const maxCharacters = 500_000;

/** The workspace with a memory, so that a keystroke does not go to the disk. Never throws but the signal's AbortError. */
export interface Files {
  /** Whether there is such a file. */
  has(path: string, signal: AbortSignal): Promise<boolean>;
  /** The names in a folder, folders with a trailing slash. */
  list(folder: string, signal: AbortSignal): Promise<ReadonlySet<string>>;
  /** The file's text, from the open document where there is one. */
  read(path: string, signal: AbortSignal): Promise<SourceText | undefined>;
  /** The open documents by path. */
  open(): ReadonlyMap<string, SourceText>;
}

interface Remembered<T> {
  readonly at: number;
  readonly value: Promise<T>;
}

/** Remembers listings and files for some seconds. */
export function createFiles(workspace: Workspace, clock: Clock, log: Log): Files {
  const folders = new Map<string, Remembered<ReadonlySet<string>>>();
  const texts = new Map<string, Remembered<SourceText | undefined>>();

  function remembered<T>(memory: Map<string, Remembered<T>>, key: string, ask: () => Promise<T>): Promise<T> {
    const known = memory.get(key);
    const now = clock.now();
    if (known !== undefined && now - known.at < trusted) return known.value;
    memory.delete(key);
    const value = ask();
    memory.set(key, { at: now, value });
    // What was cut short is not an answer for the next one.
    value.catch(() => memory.delete(key));
    for (const oldest of memory.keys()) {
      if (memory.size <= maxFiles) break;
      memory.delete(oldest);
    }
    return value;
  }

  /** Paths whose failure was told: once is enough, as they are asked for again and again. */
  const told = new Set<string>();

  async function orNothing<T>(what: string, work: Promise<T>, nothing: T): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (isAbort(error)) throw error;
      if (!told.has(what) && told.size < maxFiles) {
        told.add(what);
        log.warn(`${what} cannot be read and is left out of the context: ${reasonOf(error)}`);
      }
      return nothing;
    }
  }

  const open = () => new Map(workspace.open().map((source) => [source.path, source]));

  function list(folder: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
    return remembered(folders, folder, async () => {
      const names = await orNothing(`The folder ${folder || '.'}`, workspace.list(folder, signal), []);
      return new Set(names);
    });
  }

  return {
    list,
    open,
    async has(path, signal) {
      const slash = path.lastIndexOf('/');
      return (await list(path.slice(0, Math.max(0, slash)), signal)).has(path.slice(slash + 1));
    },
    read(path, signal) {
      return remembered(texts, path, async () => {
        const source = await orNothing(path, workspace.read(path, signal), undefined);
        return source !== undefined && source.text.length <= maxCharacters ? source : undefined;
      });
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
