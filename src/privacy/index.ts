import type { Clearance, Log } from '../core/ports.ts';
import type { Snippet } from '../core/prompt.ts';
import type { Site } from '../core/site.ts';
import { clearSite } from './clear.ts';
import { strip } from './hidden.ts';
import { createPolicy, type PathFacts, type Policy, type ReadIgnoreFile } from './policy.ts';
import { createRedactor, type Redacted } from './redact.ts';

/** Guards what leaves the machine. One for a window. */
export interface Privacy extends Policy {
  /** Replaces the secrets of a text by placeholders of the same length and shape. */
  redact(text: string): Redacted;
  /** Removes characters that a reader cannot see. */
  strip(text: string): string;
  /** Makes what a request may be composed of. `facts` tells what is known of the snippets' paths. */
  clear(site: Site, snippets: readonly Snippet[], facts?: (path: string) => PathFacts): Clearance;
}

/** Makes the privacy part. `read` gives the text of an ignore file by workspace path, undefined where there is none. */
export function createPrivacy(options: { read: ReadIgnoreFile; log: Log }): Privacy {
  const policy = createPolicy(options);
  const redactor = createRedactor();
  return {
    ...policy,
    redact: redactor.redact,
    strip,
    clear: (site, snippets, facts = () => ({})) =>
      clearSite(redactor, site, snippets, (path) => policy.mayLeave(path, facts(path))?.reason),
  };
}
