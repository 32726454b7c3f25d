import type { Finding } from './finding.ts';
import { looksRandom } from './randomness.ts';

/** Long strings of mixed characters that stand alone between quotes, spaces or the signs of assignment. */
const standing = /(?<![\w+/=.@#~-])[A-Za-z0-9+/_-]{24,120}={0,2}(?![\w+/@])/g;

/** What makes a random string a digest, which is public: its own mark, or a name before it. */
const digestBefore =
  /(?:sha\d*|md5|h1|integrity|hash|digest|checksum|etag|commit|revision|rev|fingerprint|nonce|blob|base64|data)\W{0,4}\w{0,12}\W{0,4}$/i;

/** Bits per character that random base62 of this length has in 99 of 100 cases and that no identifier has. */
const bitsFrom = 5;

/** Random strings that no name and no format explains, such as the second of two keys in a call. */
export function findBare(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(standing)) {
    const value = match[0];
    if (!/\d/.test(value) || /^[0-9a-fA-F-]+$/.test(value)) continue;
    if (/^(?:sha\d+-|h1:|data:)/.test(value) || (value.match(/[-/_]/g)?.length ?? 0) > 4) continue;
    if (!looksRandom(value, bitsFrom) || /abcdef|ABCDEF|012345/.test(value)) continue;
    if (digestBefore.test(text.slice(Math.max(0, match.index - 40), match.index))) continue;
    found.push({ start: match.index, end: match.index + value.length, kind: 'random string' });
  }
  return found;
}
