import { LRUCache } from 'lru-cache';
import { findByName } from './assignments.ts';
import { findBare } from './bareSecrets.ts';
import { chunksOf } from './chunks.ts';
import { findControlTokens } from './controlTokens.ts';
import type { Finding } from './finding.ts';
import { findAcrossJoints } from './joints.ts';
import { findInKubernetesSecrets } from './kubernetes.ts';
import type { FindSecrets } from './maintained.ts';
import { findKeyBlocks } from './pem.ts';
import { createPlaceholders } from './placeholders.ts';
import { isName, looksRandom } from './randomness.ts';
import { findBegun, findByFormat } from './tokens.ts';
import { findInUrlsAndHeaders } from './urls.ts';

/** A text without its secrets, of the same length: each secret's characters are replaced by others of their kind. */
export interface Redacted {
  readonly text: string;
  /** What was replaced now, in order; offsets hold for both texts. */
  readonly findings: readonly Finding[];
}

/** Takes secrets out of text and puts them back. One for the session. */
export interface Redactor {
  redact(text: string): Redacted;
  /** The same, and marks that a model would take for control tokens lose their meaning. Not for prompts that hold such tokens on purpose.
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

/** Characters of text whose findings are remembered: a prompt is mostly the prompt before. */
const remembered = 2_000_000;

/** How many secrets of the session are looked for wherever they stand; each costs a look through every text. */
const mostKnown = 50;

/** Shorter ones might be a part of something else. */
const shortestKnown = 8;

/** Everything but key blocks and Kubernetes' secrets stands within a line or two, so findings are remembered per chunk of lines. */
const finders = [findByFormat, findInUrlsAndHeaders, findByName, findBare];

/** Makes the session's redactor. */
export function createRedactor(): Redactor {
  const placeholders = createPlaceholders();
  let further: FindSecrets = () => [];
  const cache = new LRUCache<string, readonly Finding[]>({
    maxSize: remembered,
    sizeCalculation: (_, text) => text.length + 1,
  });
  const recent = new LRUCache<string, string>({ max: mostKnown });

  function findIn(text: string): readonly Finding[] {
    const own = finders.flatMap((find) => find(text));
    // Ours know which part of a token is public and stays, as a hint to the model what kind of value stands there.
    const others = further(text).filter((other) => !own.some((one) => overlap(one, other)));
    return [...own, ...others];
  }

  /** Chunks that are not remembered are looked at together where they follow each other: a call for each would cost more than the looking. */
  function findInChunks(text: string): Finding[] {
    const chunks = chunksOf(text).map((chunk) => ({ ...chunk, key: text.slice(chunk.start, chunk.seen) }));
    const found: Finding[] = [];
    for (let at = 0; at < chunks.length; ) {
      let next = at;
      while (next < chunks.length && !cache.has(chunks[next]?.key ?? '')) next += 1;
      const run = chunks.slice(at, next);
      const start = run[0]?.start ?? 0;
      const looked = text.slice(start, run.at(-1)?.seen ?? 0);
      const findings =
        looked === '' ? [] : [...findIn(looked), ...findAcrossJoints(looked, findIn)].map(moveBy(start));
      for (const chunk of run) {
        const own = findings
          .filter((finding) => finding.start >= chunk.start && finding.start < chunk.seen)
          .map((finding) => ({ ...finding, end: Math.min(finding.end, chunk.seen) }));
        cache.set(chunk.key, own.map(moveBy(-chunk.start)));
      }
      found.push(...findings);
      const known = chunks[next];
      if (known !== undefined) found.push(...(cache.get(known.key) ?? []).map(moveBy(known.start)));
      at = next + 1;
    }
    return found;
  }

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
      [...findKeyBlocks(text), ...findInKubernetesSecrets(text), ...findInChunks(text), ...more],
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
    if (secret.length >= shortestKnown && isTelling && !placeholders.isOne(secret)) recent.set(secret, kind);
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
    use: (rules) => {
      further = rules;
      cache.clear();
    },
    redact: (text) => replaced(text, []),
    redactData: (text, caret) =>
      replaced(text, [...findControlTokens(text), ...(caret === undefined ? [] : findBegun(text, caret))]),
    restore,
    placeholdersIn: ({ text, findings }) => [
      ...new Set(findings.map(({ start, end }) => text.slice(start, end))),
    ],
  };
}

function overlap(a: Finding, b: Finding): boolean {
  return a.start < b.end && b.start < a.end;
}

function moveBy(by: number): (finding: Finding) => Finding {
  return (finding) => {
    const { start, end, tokenStart } = finding;
    const place = { ...finding, start: start + by, end: end + by };
    return tokenStart === undefined ? place : { ...place, tokenStart: tokenStart + by };
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
