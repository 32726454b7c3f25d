/** The disk as the built-in predictor's librarian sees it: bounded reads, and a file that its memory is kept in. */
import { mkdir, open, opendir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { maxBytes, type Shelf } from './builtin/shelf.ts';

/** Names taken of one folder: one with more is no source folder. */
const maxNames = 20_000;
/** Bytes of a saved memory: several times what the largest one takes. */
const maxStored = 200_000_000;
/** Names fetched at one go: a folder of 200,000 files takes as many goes as matter. */
const namesAtOnce = 512;

/**
 * @param onDisk where a workspace path lies
 * @param store gives the file of the saved memory; undefined if it is kept nowhere
 */
export function createDiskShelf(
  onDisk: (path: string) => string,
  store: () => string | undefined,
  log: { warn(line: string): void },
): Shelf {
  return {
    async list(folder) {
      const entries: { name: string; kind: 'file' | 'folder' | 'other' }[] = [];
      const opened = await orNothing(opendir(onDisk(folder), { bufferSize: namesAtOnce }));
      if (!opened) return entries;
      try {
        for await (const entry of opened) {
          const kind = entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other';
          entries.push({ name: entry.name, kind });
          if (entries.length === maxNames) {
            log.warn(`a folder has more than ${maxNames} files: the others are left out.`);
            break;
          }
        }
      } catch (error) {
        // A folder that goes while it is read has what was read of it.
        if (!isSystemError(error)) throw error;
      }
      return entries;
    },
    async state(path) {
      const found = await orNothing(stat(onDisk(path)));
      return found?.isFile() ? { stamp: `${found.mtimeMs}:${found.size}`, bytes: found.size } : undefined;
    },
    text: (path, bytes) => orNothing(textOf(onDisk(path), bytes)),
    async load() {
      const file = store();
      if (file === undefined) return undefined;
      try {
        const { size } = await stat(file);
        if (size <= maxStored) return await readFile(file);
        log.warn(`the saved index cannot be ours: it has ${size} bytes.`);
        return undefined;
      } catch (error) {
        if (!isSystemError(error)) throw error;
        if (error.code !== 'ENOENT') log.warn(`the saved index could not be read: ${error.message}`);
        return undefined;
      }
    },
    async save(bytes) {
      const file = store();
      if (file === undefined) return;
      const unfinished = `${file}.new`;
      try {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(unfinished, bytes);
        await rename(unfinished, file);
      } catch (error) {
        // Half of it would only help to keep a full disk full.
        await orNothing(rm(unfinished, { force: true }));
        throw error;
      }
    },
  };
}

/** A file's text; undefined if it is too long, or has bytes that no text has. It may have grown since its size was asked for. */
async function textOf(file: string, expected: number): Promise<string | undefined> {
  const handle = await open(file);
  try {
    // One byte more than there should be tells that there is more.
    let buffer = Buffer.allocUnsafe(expected + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
      if (bytesRead === 0) break;
      length += bytesRead;
      if (length > maxBytes) return undefined;
      if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(2 * length, maxBytes + 1));
    }
    const bytes = buffer.subarray(0, length);
    return bytes.includes(0) ? undefined : bytes.toString('utf8').replace(/^\uFEFF/, '');
  } finally {
    await handle.close();
  }
}

/** What cannot be read is as good as not there: the folder may be changing while it is read. */
async function orNothing<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return undefined;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'errno' in error;
}
