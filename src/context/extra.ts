import { isAbort } from '../core/errors.ts';
import type { ContextSource, Log } from '../core/ports.ts';
import type { Snippet } from '../core/prompt.ts';
import type { Site } from '../core/site.ts';

/** What the sources from outside find in time; one that fails or is late is left out. */
export async function gatherExtra(
  sources: readonly ContextSource[],
  site: Site,
  signal: AbortSignal,
  log: Log,
): Promise<readonly Snippet[]> {
  const found: Snippet[] = [];
  const all = sources.map(async (source) => {
    try {
      const snippets = await source.gather(site, signal);
      if (!signal.aborted) found.push(...snippets);
    } catch (error) {
      if (!isAbort(error)) log.error(`The context source ${source.name} failed.`, error);
    }
  });
  if (all.length === 0) return found;
  const ended = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([Promise.all(all), ended]);
  return [...found];
}
