import type { Meter } from '../../src/usage/meter.ts';

const tokens = { promptTokens: 0, cachedTokens: 0, completionTokens: 0, wastedTokens: 0 };

/** A meter that counts nothing, for benchmarks that ask no server. */
export const silentMeter: Meter = {
  record: () => undefined,
  spent: () => ({ today: 0, month: 0, tokens }),
  rows: () => [],
  refuse: () => undefined,
  refresh: async () => undefined,
  flush: async () => undefined,
  erase: async () => undefined,
};
