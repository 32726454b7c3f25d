import { type LedgerRow, sumOf } from './ledger.ts';

/** Rows summed by one of their names, the largest sum of dollars, then of tokens, first. */
export function totalsBy(
  rows: readonly LedgerRow[],
  name: 'day' | 'backend' | 'model' | 'language',
): readonly (readonly [string, LedgerRow])[] {
  const totals = new Map<string, LedgerRow>();
  for (const row of rows) {
    const present = totals.get(row[name]);
    totals.set(row[name], present === undefined ? row : sumOf(present, row));
  }
  const weight = (row: LedgerRow): number => row.dollars * 1e9 + row.promptTokens + row.completionTokens;
  return [...totals].sort(([, one], [, other]) => weight(other) - weight(one));
}
