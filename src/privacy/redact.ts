import { LRUCache } from 'lru-cache';
import { findControlTokens } from './controlTokens.ts';
import { copied } from './copied.ts';
import { createFinder } from './finder.ts';
import type { Finding } from './finding.ts';
import { findInKubernetesSecrets } from './kubernetes.ts';
import type { FindSecrets } from './maintained.ts';
import { findKeyBlocks } from './pem.ts';
import { createPlaceholders } from './placeholders.ts';
import { isName, looksRandom } from './randomness.ts';
import { findBegun } from './tokens.ts';

/** A text without its secrets, of the same length: each secret's characters are replaced by others of their kind. */
export interface Redacted {
  readonly text: string;
  /** What was replaced now, in order; offsets hold for both texts. */
  readonly findings: readonly Finding[];
}

/** Takes secrets out of text and puts them back. One for the session. */
export interface Redactor {
  redact(text: string): Redacted;
  /**
   * The same, and marks that a model would take for control tokens lose their meaning. Not for prompts that hold such tokens on purpose.
   * What stands before the `caret` may be the beginning of a token only.
   */
  redactData(text: string, caret?: number): Redacted;
  /**
   * Puts the originals back where an answer repeats placeholders of `redacted` texts. While the answer has not `ended`, an end that may
   * be the beginning of a placeholder is held back, so that text once given never changes.
   */
  restore(answer: string, placeholders: readonly string[], ended: boolean): string;
  /** Uses further rules from now on. */
  use(rules: FindSecrets): void;
  /** The placeholders in a redacted text. */
  placeholdersIn(redacted: Redacted): string[];
}

/** How many secrets of the session are looked for wherever they stand; each costs a look through every text. */
const mostKnown = 50;

/** Shorter ones might be a part of something else. */
const shortestKnown = 8;

/** Makes the session's redactor. */
export function createRedactor(): Redactor {
  const placeholders = createPlaceholders();
  const finder = createFinder();
  const recent = new LRUCache<string, string>({ max: mostKnown });

  /** Secrets of this session wherever else they stand, as in the message of a problem: there no name may tell. */
  function findKnown(text: string): Finding[] {
    const found: Finding[] = [];
    for (const [secret, kind] of recent) {
      for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length))
        found.push({ start: at, end: at + secret.length, kind });
    }
    return found;
  }

  function replaced(text: string, more: readonly Finding[]): Redacted {
    const found = merged(
      [...findKeyBlocks(text), ...findInKubernetesSecrets(text), ...finder.find(text), ...more],
      text,
    );
    for (const { start, end, kind } of found) remember(text.slice(start, end), kind);
    const all = recent.size === 0 ? found : merged([...found, ...findKnown(text)], text);
    const findings = all.filter(({ start, end }) => !placeholders.isOne(text.slice(start, end)));
    let clean = '';
    let from = 0;
    for (const { start, end } of findings) {
      clean += text.slice(from, start) + placeholders.of(text.slice(start, end));
      from = end;
    }
    return { text: clean + text.slice(from), findings };
  }

  function remember(secret: string, kind: string): void {
    const isTelling =
      /[A-Za-z]/.test(secret) &&
      !/\s/.test(secret) &&
      !isName(secret) &&
      (/[\d!@#$%^&*]/.test(secret) || looksRandom(secret));
    if (secret.length >= shortestKnown && isTelling && !placeholders.isOne(secret))
      recent.set(copied(secret), kind);
  }

  function restore(answer: string, used: readonly string[], ended: boolean): string {
    let text = answer;
    // The newest first: what was redacted twice is unwrapped from the outside.
    for (const placeholder of used.toReversed()) {
      const original = placeholders.original(placeholder);
      if (original !== undefined && text.includes(placeholder))
        text = text.replaceAll(placeholder, () => original);
    }
    if (ended) return text;
    const held = Math.max(0, ...used.map((placeholder) => begunAtEnd(text, placeholder)));
    return held === 0 ? text : text.slice(0, text.length - held);
  }

  return {
    use: finder.use,
    redact: (text) => replaced(text, []),
    redactData: (text, caret) =>
      replaced(text, [...findControlTokens(text), ...(caret === undefined ? [] : findBegun(text, caret))]),
    restore,
    placeholdersIn: ({ text, findings }) => [
      ...new Set(findings.map(({ start, end }) => text.slice(start, end))),
    ],
  };
}

/** Sorted, without overlaps: what overlaps is one secret, and its public prefix stays public for all who found it. */
function merged(findings: readonly Finding[], text: string): Finding[] {
  const bodies = new Map(findings.map(({ tokenStart, start }) => [tokenStart, start]));
  const sorted = findings
    .map((finding) => ({ ...finding, start: bodies.get(finding.start) ?? finding.start }))
    .filter(({ start, end }) => /[A-Za-z0-9]/.test(text.slice(start, end)))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const result: Finding[] = [];
  for (const finding of sorted) {
    const last = result.at(-1);
    if (last !== undefined && finding.start < last.end) {
      result[result.length - 1] = { ...last, end: Math.max(last.end, finding.end) };
    } else result.push(finding);
  }
  return result;
}

/** How many characters at the end of the text could be the beginning of the placeholder. */
function begunAtEnd(text: string, placeholder: string): number {
  for (let length = Math.min(placeholder.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(placeholder.slice(0, length))) return length;
  }
  return 0;
}
