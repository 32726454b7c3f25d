import type { Backend } from '../core/ports.ts';
import { prefixOf, suffixOf } from '../core/snapshot.ts';
import type { Prediction, Query } from './prediction.ts';

/** The predictor as a backend: one chunk, at once, or none. The prompt is not read. */
export function createBuiltinBackend(predictor: {
  predict(query: Query): Prediction | undefined | Promise<Prediction | undefined>;
}): Backend {
  return {
    id: 'builtin',
    kind: 'builtin',
    dialect: { kind: 'fill' },
    lanes: 1,
    metered: false,
    async *stream(request, signal) {
      signal.throwIfAborted();
      const { snapshot, zone } = request.site;
      const { path, languageId } = snapshot;
      const prefix = prefixOf(snapshot);
      const found = await predictor.predict({ path, languageId, prefix, suffix: suffixOf(snapshot), zone });
      signal.throwIfAborted();
      if (found) yield { text: found.text };
    },
  };
}
