import { strip } from '../core/hidden.ts';
import type { Clock, Guard } from '../core/ports.ts';
import { clearSite } from './clear.ts';
import { createPolicy, type Policy, type PolicyPorts } from './policy.ts';
import { createRedactor, type Redacted } from './redact.ts';
import { createSentLog, type SentLog } from './sent.ts';

/** Guards what leaves the machine. One for a window. */
export interface Privacy extends Guard {
  readonly policy: Policy;
  /** What was sent last; its `watch` wraps the fetch that the backends are given. */
  readonly sent: SentLog;
  /** Replaces the secrets of a text by placeholders of the same length and shape. */
  redact(text: string): Redacted;
  /** Removes characters that a reader cannot see. */
  strip(text: string): string;
}

/** Makes the privacy part of one window. */
export function createPrivacy(ports: PolicyPorts & { readonly clock: Pick<Clock, 'date'> }): Privacy {
  const policy = createPolicy(ports);
  const redactor = createRedactor();
  const sent = createSentLog(ports.clock);
  return {
    policy,
    sent,
    redact: redactor.redact,
    strip,
    mayLeave: async (path, settings, signal) =>
      (await policy.ask(path, settings.exclude, signal)) === undefined,
    clear: (site, snippets, settings) =>
      clearSite(
        redactor,
        site,
        snippets,
        settings['context.maxTokens'],
        (path) => policy.judge(path, settings.exclude)?.reason,
        sent.sealed,
      ),
  };
}
