import { LRUCache } from 'lru-cache';
import { findByName } from './assignments.ts';
import { findBare } from './bareSecrets.ts';
import { chunksOf } from './chunks.ts';
import { copied } from './copied.ts';
import type { Finding } from './finding.ts';
import { findAcrossJoints } from './joints.ts';
import type { FindSecrets } from './maintained.ts';
import { findByFormat } from './tokens.ts';
import { findInUrlsAndHeaders } from './urls.ts';

/** Finds the secrets that stand within some lines, and remembers what it found: a prompt is mostly the prompt before. */
export interface Finder {
  find(text: string): Finding[];
  /** Uses further rules from now on. */
  use(rules: FindSecrets): void;
}

/** Characters of text whose findings are remembered. */
const remembered = 2_000_000;

/** What a token of the maintained rules holds at least: they are many, and only lines with such a run are shown to them. */
const longToken = /(?<![\w+/=.-])(?=[A-Za-z+/=._-]*\d)[\w+/=.-]{16}/g;

const finders = [findByFormat, findInUrlsAndHeaders, findByName, findBare];

/** Makes the finder of a session. */
export function createFinder(): Finder {
  let further: FindSecrets = () => [];
  const cache = new LRUCache<string, readonly Finding[]>({
    maxSize: remembered,
    sizeCalculation: (_, text) => text.length + 1,
  });

  function findIn(text: string): readonly Finding[] {
    const own = finders.flatMap((find) => find(text));
    // Ours know which part of a token is public and stays, as a hint to the model what kind of value stands there.
    const others = findFurther(text).filter((other) => !own.some((one) => overlap(one, other)));
    return [...own, ...others];
  }

  function findFurther(text: string): Finding[] {
    let shown = '';
    const moves: { readonly from: number; readonly by: number }[] = [];
    let done = 0;
    for (const { index } of text.matchAll(longToken)) {
      if (index < done) continue;
      const start = text.lastIndexOf('\n', index) + 1;
      const newline = text.indexOf('\n', index);
      done = newline < 0 ? text.length : newline + 1;
      moves.push({ from: shown.length, by: start - shown.length });
      shown += text.slice(start, done);
    }
    if (shown === '') return [];
    return further(shown).map((finding) => {
      const move = moves.findLast(({ from }) => from <= finding.start);
      return moveBy(move?.by ?? 0)(finding);
    });
  }

  /** Chunks that are not remembered are looked at together where they follow each other: a call for each would cost more than the looking. */
  function find(text: string): Finding[] {
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
        cache.set(copied(chunk.key), own.map(moveBy(-chunk.start)));
      }
      found.push(...findings);
      const known = chunks[next];
      if (known !== undefined) found.push(...(cache.get(known.key) ?? []).map(moveBy(known.start)));
      at = next + 1;
    }
    return found;
  }

  return {
    find,
    use: (rules) => {
      further = rules;
      cache.clear();
    },
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
