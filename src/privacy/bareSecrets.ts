import type { Finding } from './finding.ts';
import { looksRandom } from './randomness.ts';

/** Long strings of mixed characters that stand alone between quotes, spaces or the signs of assignment. */
const standing = /(?<![\w+/=@#~-])[A-Za-z0-9+/_-]{24,2000}={0,2}(?![\w+/@])/g;

/** What makes a random string a digest, which is public: its own mark, or a name before it. */
const digestBefore =
  /(?:sha\d*|md5|h1|integrity|hash|digest|checksum|etag|commit|revision|rev|fingerprint|nonce|blob|base64|data)\W{0,4}\w{0,12}\W{0,4}$/i;

/**
 * Random by design and public all the same: addresses of Ethereum and IPFS, ULIDs and CUIDs, public keys of SSH, and the first bytes of
 * images, fonts, archives and programs in base64.
 */
const publicForm =
  /^\/*(?:0x[0-9a-fA-F]+$|Qm[1-9A-HJ-NP-Za-km-z]{44}$|baf[a-z2-7]{50,}$|0[0-7][0-9A-HJKMNP-TV-Z]{24}$|c[a-z0-9]{24}$|AAAA[A-Z]3Nza|iVBORw0KGgo|9j\/|R0lGOD|UklGR|PHN2Zy|PD94bW|AGFzbQ|d09GM|JVBERi|UEsDB|H4sI|T2dnUw|SUQz|AAEAAAA|T1RUTw)/;

/** Past this, characters of base64's `+` and `/` come up by chance in all but a few of a hundred, and make it data and not a token. */
const longestBase64 = 120;

/** Bits per character that random base62 of this length has in 99 of 100 cases and that no identifier has. */
const bitsFrom = 5;

/** Length from which a part of a token can tell for the whole, as behind a maker's own prefix. */
const tellingPart = 24;

/** Random strings that no name and no format explains, such as the second of two keys in a call. */
export function findBare(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(standing)) {
    const value = match[0];
    if (!/\d/.test(value) || /^[0-9a-fA-F-]+$/.test(value) || publicForm.test(value)) continue;
    if (value.length > longestBase64 && /[+/]/.test(value)) continue;
    if (/^(?:sha\d+-|h1:|data:)/.test(value) || /abcdef|ABCDEF|012345/.test(value)) continue;
    const parts = value.split(/[-/_]/);
    const longest = parts.reduce((one, other) => (other.length > one.length ? other : one));
    const told = longest.length >= tellingPart ? longest : parts.length > 5 ? '' : value;
    if (!/\d/.test(told) || /^[0-9a-f]*$/i.test(told) || !looksRandom(told, bitsFrom)) continue;
    if (digestBefore.test(text.slice(Math.max(0, match.index - 40), match.index))) continue;
    found.push({ start: match.index, end: match.index + value.length, kind: 'random string' });
  }
  return found;
}
