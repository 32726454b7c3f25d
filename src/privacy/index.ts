import { strip } from '../core/hidden.ts';
import type { Clock, Guard } from '../core/ports.ts';
import { clearSite } from './clear.ts';
import { loadMaintainedRules } from './maintained.ts';
import { createPolicy, type Policy, type PolicyPorts } from './policy.ts';
import { createRedactor, type Redacted } from './redact.ts';
import { createSentLog, type SentLog } from './sent.ts';

/** Guards what leaves the machine. One for a window. */
export interface Privacy extends Guard {
  readonly policy: Policy;
  /** Settles when the maintained rules for secrets are in use; nothing leaves before. Asked for ahead, so that no key waits for it. */
  ready(): Promise<void>;
  /** What was sent last; its `watch` wraps the fetch that the backends are given. */
  readonly sent: SentLog;
  /** Replaces the secrets of a text by placeholders of the same length and shape. */
  redact(text: string): Redacted;
  /** Removes characters that a reader cannot see. */
  strip(text: string): string;
}

const warmUpRounds = 4;

/** A little of everything that the rules look at. */
const warmUpText = `import { get } from './http';
const token = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
export const options = { url: 'https://user:word@example.com/path?key=value', password: 'w0rd!' };
  headers: { authorization: \`Bearer \${options.token}\` },
API_KEY=0123456789abcdefghij
`;

/** Makes the privacy part of one window. */
export function createPrivacy(ports: PolicyPorts & { readonly clock: Pick<Clock, 'date'> }): Privacy {
  const policy = createPolicy(ports);
  const redactor = createRedactor();
  const sent = createSentLog(ports.clock);
  let loading: Promise<void> | undefined;

  /** Without the maintained rules our own still hold, so their loss is told and stops nothing. */
  function ready(): Promise<void> {
    loading ??= loadMaintainedRules()
      .then(redactor.use, (error: unknown) =>
        ports.log.error('The maintained rules for secrets could not be loaded.', error),
      )
      .then(warmUp);
    return loading;
  }

  /** Regular expressions are compiled at their first use and again, better, at a later one: not while a key waits. */
  function warmUp(): void {
    for (let round = 0; round < warmUpRounds; round += 1)
      redactor.redact(`${warmUpText}// ${round}\n`.repeat(4));
  }

  return {
    policy,
    ready,
    sent,
    redact: redactor.redact,
    strip,
    mayLeave: async (path, settings, signal) => {
      const [refusal] = await Promise.all([policy.ask(path, settings.exclude, signal), ready()]);
      return refusal === undefined;
    },
    clear: (site, snippets, settings, about) =>
      clearSite(
        redactor,
        { site, snippets, about, maxTokens: settings['context.maxTokens'] },
        (path) => policy.judge(path, settings.exclude)?.reason,
        sent.sealed,
      ),
  };
}
