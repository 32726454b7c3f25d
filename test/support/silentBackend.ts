import type { Backend } from '../../src/core/ports.ts';

/** A free backend that never has anything to say. */
export const silentBackend: Backend = {
  id: 'silent',
  kind: 'builtin',
  dialect: { kind: 'fill' },
  lanes: 1,
  metered: false,
  async *stream() {},
};
