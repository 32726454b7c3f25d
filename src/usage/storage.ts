import { keptRows, type Ledger, ledgersOf, ledgersText, newestOf } from './ledger.ts';

/** Small files that outlive the session and that all windows see. */
export interface UsageStorage {
  list(): Promise<readonly string[]>;
  /** Undefined if there is no such file. */
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** More files than this are gathered into one when a window opens. */
const mostFiles = 24;

const suffix = '.usage.json';

/** Writes the ledger of one window. */
export function writeLedger(storage: UsageStorage, ledger: Ledger): Promise<void> {
  return storage.write(`${ledger.id}${suffix}`, ledgersText([ledger]));
}

/** Removes the ledgers of all windows. */
export async function removeLedgers(storage: UsageStorage): Promise<void> {
  const names = (await storage.list()).filter((name) => name.endsWith(suffix));
  await Promise.all(names.map((name) => storage.remove(name)));
}

/**
 * The ledgers of all windows but one. Too many files are gathered into one of them; a ledger copied twice counts once.
 * @param damaged hears of files that hold no ledger
 */
export async function readOthers(
  storage: UsageStorage,
  id: string,
  today: string,
  damaged: (name: string) => void,
): Promise<readonly Ledger[]> {
  const names = (await storage.list()).filter((name) => name.endsWith(suffix));
  const files = await Promise.all(
    names.map(async (name) => ({ name, ledgers: ledgersOf((await storage.read(name)) ?? '') })),
  );
  for (const { name, ledgers } of files) if (ledgers.length === 0) damaged(name);
  if (names.length > mostFiles) await gather(storage, id, files, today);
  return newestOf(files.flatMap((file) => file.ledgers)).filter((ledger) => ledger.id !== id);
}

/**
 * Copies first and removes then: whatever happens in between, every ledger is somewhere. Files that were written today are left
 * alone, as their window may be writing; a window that wakes up after that writes its whole ledger again.
 */
async function gather(
  storage: UsageStorage,
  id: string,
  files: readonly { readonly name: string; readonly ledgers: readonly Ledger[] }[],
  today: string,
): Promise<void> {
  const old = files.filter(({ ledgers }) =>
    ledgers.every(({ rows }) => rows.every((row) => row.day < today)),
  );
  const kept = newestOf(old.flatMap((file) => file.ledgers))
    .map((ledger) => ({ ...ledger, rows: keptRows(ledger.rows, today) }))
    .filter((ledger) => ledger.rows.length > 0);
  const archive = `archive-${id}${suffix}`;
  await storage.write(archive, ledgersText(kept));
  for (const { name } of old) if (name !== archive) await storage.remove(name);
}
