import { LRUCache } from 'lru-cache';
import { findByName } from './assignments.ts';
import { findBare } from './bareSecrets.ts';
import { chunksOf } from './chunks.ts';
import { findControlTokens } from './controlTokens.ts';
import type { Finding } from './finding.ts';
import { findByFormat } from './formats.ts';
import { findInKubernetesSecrets } from './kubernetes.ts';
import type { FindSecrets } from './maintained.ts';
import { findKeyBlocks } from './pem.ts';
import { createPlaceholders } from './placeholders.ts';
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
  /** The same, and marks that a model would take for control tokens lose their meaning. Not for prompts that hold such tokens on purpose. */
  redactData(text: string): Redacted;
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

  function findInChunk(chunk: string): readonly Finding[] {
    const known = cache.get(chunk);
    if (known !== undefined) return known;
    const own = finders.flatMap((find) => find(chunk));
    // Ours know which part of a token is public and stays, as a hint to the model what kind of value stands there.
    const others = further(chunk).filter((other) => !own.some((one) => overlap(one, other)));
    const found = [...own, ...others];
    cache.set(chunk, found);
    return found;
  }

  function replaced(text: string, more: readonly Finding[]): Redacted {
    const inChunks = chunksOf(text).flatMap(({ start, seen }) =>
      findInChunk(text.slice(start, seen)).map((finding) => moved(finding, start)),
    );
    const found = merged(
      [...findKeyBlocks(text), ...findInKubernetesSecrets(text), ...inChunks, ...more],
      text,
    );
    const findings = found.filter(({ start, end }) => !placeholders.isOne(text.slice(start, end)));
    let clean = '';
    let from = 0;
    for (const { start, end } of findings) {
      clean += text.slice(from, start) + placeholders.of(text.slice(start, end));
      from = end;
    }
    return { text: clean + text.slice(from), findings };
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
    redactData: (text) => replaced(text, findControlTokens(text)),
    restore,
    placeholdersIn: ({ text, findings }) => [
      ...new Set(findings.map(({ start, end }) => text.slice(start, end))),
    ],
  };
}

function overlap(a: Finding, b: Finding): boolean {
  return a.start < b.end && b.start < a.end;
}

function moved(finding: Finding, by: number): Finding {
  const { start, end, tokenStart } = finding;
  const place = { ...finding, start: start + by, end: end + by };
  return tokenStart === undefined ? place : { ...place, tokenStart: tokenStart + by };
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
