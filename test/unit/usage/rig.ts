import type { LedgerRow } from '../../../src/usage/ledger.ts';
import { createMeter, type Meter } from '../../../src/usage/meter.ts';
import { realClock } from '../backends/rig.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A meter whose files are in memory. */
export function freshMeter(): Meter {
  const files = new Map<string, string>();
  const storage = {
    list: async () => [...files.keys()],
    read: async (name: string) => files.get(name),
    write: async (name: string, text: string) => void files.set(name, text),
    remove: async (name: string) => void files.delete(name),
  };
  return createMeter(storage, realClock, log, 'test');
}

/** The meter's rows, as soon as they are of so many requests; what is counted behind an answer takes a while. */
export async function rowsOf(meter: Meter, requests: number): Promise<readonly LedgerRow[]> {
  const signal = AbortSignal.timeout(15_000);
  for (;;) {
    const rows = meter.rows();
    if (rows.reduce((sum, row) => sum + row.requests, 0) >= requests) return rows;
    signal.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The first of the meter's rows, which is the only one where everything was asked alike. */
export async function rowOf(meter: Meter, requests: number): Promise<LedgerRow> {
  const [row] = await rowsOf(meter, requests);
  if (row === undefined) throw new Error('The meter recorded nothing.');
  return row;
}
