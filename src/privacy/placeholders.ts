import { LRUCache } from 'lru-cache';
import { copied } from './copied.ts';

/** How many secrets of a session are remembered, so that the same secret keeps its placeholder and providers can cache prompts. */
const mostSecrets = 2_000;

/** Stands in for a secret: as long as it and of the same kinds of characters, so that no offset moves and the code stays what it was. */
export interface Placeholders {
  /** The placeholder of a secret; the same one for the session. It says nothing about the secret but its shape. */
  of(secret: string): string;
  /** True for text that is itself a placeholder, so that redacting twice changes nothing. */
  isOne(text: string): boolean;
  /** The secret behind a placeholder. */
  original(placeholder: string): string | undefined;
}

/** Makes the placeholders of a session. They are drawn from a counter and never from the secret, so that nothing of it can be worked out. */
export function createPlaceholders(): Placeholders {
  const secrets = new Map<string, string>();
  const placeholders = new LRUCache<string, string>({
    max: mostSecrets,
    dispose: (placeholder) => secrets.delete(placeholder),
  });
  let drawn = 0;

  function draw(secret: string): string {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      drawn += 1;
      const placeholder = shapedLike(secret, drawn);
      if (placeholder !== secret && !secrets.has(placeholder)) return placeholder;
    }
    // A value of signs only has no other of its shape.
    return 'x'.repeat(secret.length);
  }

  return {
    of: (found) => {
      const known = placeholders.get(found);
      if (known !== undefined) return known;
      const secret = copied(found);
      const placeholder = draw(secret);
      placeholders.set(secret, placeholder);
      secrets.set(placeholder, secret);
      return placeholder;
    },
    isOne: (text) => secrets.has(text),
    original: (placeholder) => secrets.get(placeholder),
  };
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';

function shapedLike(secret: string, seed: number): string {
  const isHex = /^[0-9a-fA-F-]+$/.test(secret);
  const letters = isHex ? 6 : 26;
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  let text = '';
  for (let at = 0; at < secret.length; at += 1) {
    const character = secret.charAt(at);
    // Escapes of line breaks belong to the code around the bytes of a key.
    const escaped = at > 0 && secret.charAt(at - 1) === '\\';
    // xorshift32 (Marsaglia 2003): the placeholders only have to differ.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const dice = state >>> 0;
    if (escaped) text += character;
    else if (digits.includes(character)) text += digits.charAt(dice % 10);
    else if (upper.includes(character)) text += upper.charAt(dice % letters);
    else if (lower.includes(character)) text += lower.charAt(dice % letters);
    else text += character.charCodeAt(0) < 128 ? character : 'x';
  }
  return text;
}
